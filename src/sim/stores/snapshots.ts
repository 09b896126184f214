import { EV } from '../model/events.ts';
import type { Store } from '../model/store.ts';
import { storeDef } from '../model/storing.ts';
import type { World } from '../model/world.ts';

/** Outcome codes. */
const SAVED = 0;
const STALE = 1;

/** Snapshots at save points (S-104): one is due when so many changes have come and so long has passed since the last. */
export function planSave(w: World, store: Store): void {
  for (const { afterMs, changes } of storeDef(w, store).savePoints) {
    if (store.changes !== changes) continue;
    const due = Math.max(w.now, Math.max(0, store.savedAt) + afterMs);
    if (due >= store.saveDueAt) continue;
    store.saveDueAt = due;
    w.at(due, EV.storeSave, store.id);
  }
}

/** Everything held is on disk: a snapshot was taken, or the process has loaded what there was. */
export function savedNow(w: World, store: Store): void {
  store.savedAt = w.now;
  store.changes = 0;
  store.saveDueAt = Infinity;
}

export function onStoreSave(w: World, id: number): number {
  const store = w.stores[id];
  if (store.saveDueAt !== w.now || !store.up) return STALE;
  savedNow(w, store);
  return SAVED;
}
