import { alive } from './container.ts';
import { EV } from './events.ts';
import type { Store } from './store.ts';
import { loseSince, storeDef, storeDown, storeUp } from './storing.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const PROMOTED = 0;
const STALE = 1;

/** Sentinel's time is up: a primary that has not answered since is given up, and its replica promoted (S-110). */
export function onFailover(w: World, id: number): number {
  const store = w.stores[id];
  if (store.failoverDueAt !== w.now || (store.up && !store.paused) || !store.standby) return STALE;
  promote(w, store, store.entry);
  return PROMOTED;
}

/**
 * The replica takes over. It was told of writes `replication-lag` after they were acknowledged, so the last of them are
 * lost (S-110, S-112); what the old primary has on its disk counts no more.
 */
export function promote(w: World, store: Store, cause: number): void {
  const { replicationLagMs } = storeDef(w, store);
  const { inc, troubleAt } = store;
  const last = store.up && !store.paused ? w.now : troubleAt;
  const entry = w.journal.add(w.now, 'store-failed-over', cause, -1, -1, -1, store.id);
  store.standby = false;
  if (store.up) storeDown(w, store, entry);
  store.entry = entry;
  store.unsettled = null;
  store.elsewhere = true;
  ownPlace(w, store);
  loseSince(w, store, last - replicationLagMs, entry);
  storeUp(w, store, entry);
  // A fault of the old primary goes on, and ends when it was to end.
  store.inc = inc;
}

/** What the replica holds is on a disk of its own, whatever becomes of the old primary's volume. */
function ownPlace(w: World, store: Store): void {
  for (const c of w.containers)
    if (c.service === store.service) c.mounts = c.mounts.filter((m) => m.place !== store.place);
  for (const [key, serial] of w.volumes) if (serial === store.place) w.volumes.delete(key);
}

/** The process of the old primary is there again: it follows the new one, copying everything, and may take over in its turn. */
export function rejoin(w: World, store: Store, cause: number): void {
  if (storeDef(w, store).failover === 'none' || store.standby) return;
  if (!w.containers.some((c) => c.service === store.service && alive(c) && !c.frozen)) return;
  store.standby = true;
  w.journal.add(w.now, 'store-rejoined', cause, -1, -1, -1, store.id);
}

/** The primary has stopped answering: Sentinel gives it `down-after`, and needs a while to agree (S-110). */
export function planFailover(w: World, store: Store): void {
  const { failover, downAfterMs, electionMs } = storeDef(w, store);
  if (failover !== 'sentinel' || !store.standby) return;
  store.failoverDueAt = w.now + downAfterMs + electionMs;
  w.at(store.failoverDueAt, EV.storeFailover, store.id);
}
