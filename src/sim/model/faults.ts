import { alive } from './container.ts';
import { startProcess } from './lifecycle.ts';
import { unfillStore } from './capacity.ts';
import type { Store } from './store.ts';
import { rejoin } from './failover.ts';
import { resumeStore, storeUp } from './storing.ts';
import { tellKinds } from './kinds.ts';
import type { Container } from './container.ts';
import { EV } from './events.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const OVER = 0;
const STALE = 1;

/** A store's fault with `--for` is over. */
export function onFaultOver(w: World, id: number, inc: number): number {
  const store = w.stores[id];
  if (store.inc !== inc) return STALE;
  recover(w, store, store.entry);
  return OVER;
}

const lastContainer = (w: World, store: Store): Container | undefined =>
  w.containers.findLast((k) => k.service === store.service && k.phase !== 'removed');

/** Ends what is wrong with a store, starting its process if it has ended. False = its container is gone for good. */
export function recover(w: World, store: Store, cause: number): boolean {
  if (store.slow !== 1 || store.filler > 0) {
    store.slow = 1;
    unfillStore(store);
    w.journal.add(w.now, 'store-resumed', cause, -1, -1, -1, store.id);
    store.entry = -1;
  }
  if (store.paused) resumeStore(w, store, cause);
  if (store.up) {
    const old = lastContainer(w, store);
    if (old?.phase === 'exited') startProcess(w, old, cause);
    else rejoin(w, store, cause);
    return true;
  }
  const c = lastContainer(w, store);
  if (c === undefined) return false;
  if (alive(c)) storeUp(w, store, cause);
  else if (c.phase !== 'waiting') startProcess(w, c, cause);
  return true;
}

/** The disk under a container's layer is full: writes there fail, and the process lives on. It stays so for as long as the layer. */
export function fillDisk(w: World, c: Container, forMs: number | null, cause: number): boolean {
  if (c.diskEntry >= 0) return false;
  if (c.service === w.herd) tellKinds(w, (kind) => kind.flush?.(w, c));
  c.diskEntry = w.journal.add(w.now, 'disk-full', cause, c.id);
  if (forMs !== null) w.after(forMs, EV.diskFreed, c.id, c.diskEntry);
  return true;
}

export function freeDisk(w: World, c: Container, cause: number): boolean {
  if (c.diskEntry < 0) return false;
  if (c.service === w.herd) tellKinds(w, (kind) => kind.flush?.(w, c));
  c.diskEntry = -1;
  w.journal.add(w.now, 'disk-freed', cause, c.id);
  return true;
}

/** A full disk with `--for` has room again. */
export function onDiskFreed(w: World, id: number, entry: number): number {
  const c = w.containers[id];
  return c.diskEntry === entry && freeDisk(w, c, entry) ? OVER : STALE;
}
