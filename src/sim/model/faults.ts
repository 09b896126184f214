import { resumeStore, storeUp } from './storing.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const OVER = 0;
const STALE = 1;

/** A store's fault with `--for` is over. */
export function onFaultOver(w: World, id: number, inc: number): number {
  const store = w.stores[id];
  if (store.inc !== inc) return STALE;
  if (store.slow !== 1 || store.full) {
    store.slow = 1;
    store.full = false;
    w.journal.add(w.now, 'store-resumed', store.entry, -1, -1, -1, store.id);
    store.entry = -1;
  }
  if (store.paused) resumeStore(w, store);
  if (!store.up) storeUp(w, store);
  w.version++;
  return OVER;
}
