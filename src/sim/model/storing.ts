import { EV } from './events.ts';
import { alive, type Container } from './container.ts';
import { nodeOf, storeNode } from './legs.ts';
import { DATA_RTO_MS, barrier, reachable } from './network.ts';
import { STORE_TRIP, STORE_WAIT } from './requests.ts';
import type { StoreService } from './scenario.ts';
import { forgetKinds, loseItem } from './state.ts';
import type { Store } from './store.ts';
import type { World } from './world.ts';

const DONE = 0;
const STALE = 1;
const STILL_AWAY = 2;

export const storeDef = (w: World, store: Store): StoreService =>
  w.services[store.service].def as StoreService;

/**
 * A command to a store. Returns ms until its answer, -1 if it waits for the store to come back, -2 if it fails now.
 * `write` matters to snapshots only.
 */
export function storeCommand(w: World, c: Container, r: number, id: number, write: boolean): number {
  const q = w.requests;
  const store = w.stores[id];
  const client = w.app.storeClient;
  const silence = barrier(w, nodeOf(c.id), storeNode(id));
  if (c.silentSince >= 0 || silence >= 0) {
    linkSilent(w, c, silence);
    if (client.timeoutMs !== Infinity) w.after(client.timeoutMs, EV.storeCommandTimeout, r, ++q.stamp[r]);
    return -1;
  }
  if (!store.up) {
    noticeLoss(w, c);
    if (!client.offlineQueue) return -2;
    if (client.timeoutMs !== Infinity) w.after(client.timeoutMs, EV.storeCommandTimeout, r, ++q.stamp[r]);
    return -1;
  }
  if (c.reconnects > 0) {
    // The store is back, but this container's client has not tried again yet.
    if (!client.offlineQueue) return -2;
    if (client.timeoutMs !== Infinity) w.after(client.timeoutMs, EV.storeCommandTimeout, r, ++q.stamp[r]);
    return -1;
  }
  if (store.paused) {
    if (client.timeoutMs !== Infinity) w.after(client.timeoutMs, EV.storeCommandTimeout, r, ++q.stamp[r]);
    return -1;
  }
  if (write) store.changes++;
  return 2 * w.hop + storeDef(w, store).latencyMs * store.slow;
}

/** A command, or its answer, has vanished between a container and a store: the connection is sent over again, ever later. */
export function linkSilent(w: World, c: Container, because: number): void {
  if (c.silentSince >= 0) return;
  c.silentEntry = because;
  c.silentSince = w.now;
  w.after(DATA_RTO_MS, EV.linkResent, c.id, c.life);
}

/** The container's connection to its stores sends again what vanished; what waited goes on if it gets through. */
export function onLinkResent(w: World, id: number, life: number): number {
  const c = w.containers[id];
  if (c.life !== life || c.silentSince < 0) return STALE;
  for (const store of w.stores) {
    if (!c.homes.includes(store.place) || barrier(w, nodeOf(id), storeNode(store.id)) < 0) continue;
    w.after(w.now - c.silentSince + DATA_RTO_MS, EV.linkResent, id, life);
    return STILL_AWAY;
  }
  c.silentSince = -1;
  if (c.reconnects === 0 && w.stores.every((s) => s.up && !s.paused)) wake(w, c);
  return DONE;
}

/** A client whose connection broke tries again after 50 ms, 100 ms, … up to 2 s apart. */
function noticeLoss(w: World, c: Container): void {
  if (c.reconnects > 0) return;
  c.reconnects = 1;
  w.after(50, EV.reconnect, c.id, ++c.linkInc);
}

export function onReconnect(w: World, id: number, inc: number): number {
  const c = w.containers[id];
  if (c.linkInc !== inc || !alive(c)) return STALE;
  const back = w.stores.every(
    (s) => !s.kind.connected || (s.up && reachable(w, nodeOf(id), storeNode(s.id))),
  );
  if (back) {
    c.reconnects = 0;
    wake(w, c);
    return DONE;
  }
  c.reconnects++;
  if (c.reconnects > w.app.storeClient.attempts && c.reconnects % (w.app.storeClient.attempts + 1) === 0)
    failWaiting(w, c);
  w.after(Math.min(2000, 50 * c.reconnects), EV.reconnect, c.id, ++c.linkInc);
  return STILL_AWAY;
}

/** Commands that waited are sent now. */
function wake(w: World, c: Container): void {
  if (c.silentSince >= 0) return;
  const q = w.requests;
  for (let r = c.work.head; r >= 0; r = q.next[r]) {
    if (q.state[r] !== STORE_WAIT) continue;
    q.state[r] = STORE_TRIP;
    q.due[r] = w.now + 2 * w.hop;
    w.after(2 * w.hop, EV.storeDone, r, ++q.stamp[r]);
  }
  w.version++;
}

/** Too many attempts: the waiting commands fail (`attempts`). */
function failWaiting(w: World, c: Container): void {
  const q = w.requests;
  for (let r = c.work.head; r >= 0; r = q.next[r]) {
    if (q.state[r] === STORE_WAIT) w.after(0, EV.storeCommandTimeout, r, ++q.stamp[r]);
  }
}

/** The store stops answering: its process ended, or a fault took it away. Commands under way wait or fail like new ones. */
export function storeDown(w: World, store: Store, entry: number): void {
  store.up = false;
  store.entry = entry;
  store.inc++;
  const client = w.app.storeClient;
  const q = w.requests;
  for (const c of w.containers) {
    if (c.service !== w.herd || !alive(c)) continue;
    if (usesStore(c, store)) noticeLoss(w, c);
    for (let r = c.work.head; r >= 0; r = q.next[r]) {
      if (q.state[r] !== STORE_TRIP && q.state[r] !== STORE_WAIT) continue;
      q.state[r] = STORE_WAIT;
      q.stamp[r]++;
      if (!client.offlineQueue) w.after(0, EV.storeCommandTimeout, r, q.stamp[r]);
      else if (client.timeoutMs !== Infinity)
        w.after(client.timeoutMs, EV.storeCommandTimeout, r, q.stamp[r]);
    }
  }
  w.version++;
}

const usesStore = (c: Container, store: Store): boolean =>
  store.kind.connected && c.homes.includes(store.place);

/** The store answers again; each client finds out at its next attempt. */
export function storeUp(w: World, store: Store): void {
  store.up = true;
  store.paused = false;
  store.inc++;
  w.journal.add(w.now, 'store-up', store.entry, -1, -1, -1, store.id);
  store.entry = -1;
  if (!store.kind.connected) for (const c of w.containers) if (c.service === w.herd && alive(c)) wake(w, c);
  w.version++;
}

export function pauseStore(w: World, store: Store, entry: number): void {
  store.paused = true;
  store.entry = entry;
  store.inc++;
  const q = w.requests;
  const timeout = w.app.storeClient.timeoutMs;
  for (const c of w.containers) {
    for (let r = c.service === w.herd ? c.work.head : -1; r >= 0; r = q.next[r]) {
      if (q.state[r] !== STORE_TRIP) continue;
      q.state[r] = STORE_WAIT;
      q.stamp[r]++;
      if (timeout !== Infinity) w.after(timeout, EV.storeCommandTimeout, r, q.stamp[r]);
    }
  }
  w.version++;
}

export function resumeStore(w: World, store: Store): void {
  store.paused = false;
  store.inc++;
  w.journal.add(w.now, 'store-resumed', store.entry, -1, -1, -1, store.id);
  store.entry = -1;
  for (const c of w.containers) if (c.service === w.herd && alive(c) && c.reconnects === 0) wake(w, c);
  w.version++;
}

/** Everything that came into a store at `sinceMs` or later is gone, the rest is on its disk; -1 = nothing is. */
export function loseSince(w: World, store: Store, sinceMs: number, entry: number): void {
  const place = w.places.get(store.place);
  if (place === undefined) return;
  forgetKinds(w, store.place, entry, sinceMs);
  for (let i = place.head; i >= 0;) {
    const next = w.items.next[i];
    if (w.items.createdAt[i] >= sinceMs) loseItem(w, i, entry, -1);
    i = next;
  }
}
