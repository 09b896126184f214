import { alive, type Container } from './container.ts';
import { EV } from './events.ts';
import { nodeOf, storeNode } from './legs.ts';
import { DATA_RTO_MS, barrier, reachable } from './network.ts';
import type { StoreService } from './scenario.ts';
import type { Store } from './store.ts';
import type { World } from './world.ts';

/** What a container's client knows of one store. A value, replaced and never changed. */
export interface Link {
  /** 0 = connected, or in no need of a connection; n = the n-th attempt to connect comes next. */
  readonly attempts: number;
  /** When that attempt is made, or a vanished packet is sent again; -1 = with the next command. */
  readonly dueAt: number;
  /** Connections that it holds. */
  readonly held: number;
  /** The store has let it in no more (`tooMany`). */
  readonly refused: boolean;
  /** Since when packets between the two vanish; -1 = they get through. */
  readonly silentSince: number;
  /** Journal entry of what stands in the way; -1 = nothing does. */
  readonly entry: number;
}

const READY: Link = { attempts: 0, dueAt: -1, held: 0, refused: false, silentSince: -1, entry: -1 };
/** Wait of a client before it connects again: longer by this with every attempt that fails, up to the longest. */
const RECONNECT_MS = 50;
const LONGEST_RECONNECT_MS = 2000;
const AWAY: Link = { ...READY, attempts: 1 };

function setLink(c: Container, store: Store, link: Link): void {
  c.links = c.links.with(store.id, link);
}

/** A process starts: it connects to the stores that it uses, where connections are kept (S-112). */
export function openLinks(w: World, c: Container): void {
  c.links = w.stores.map((s) => (s.kind.client === 'resends' ? READY : AWAY));
  for (const store of w.stores)
    if (c.links[store.id].attempts > 0 && c.homes.includes(store.place) && !connect(w, c, store))
      loseLink(w, c, store);
}

/** A process has ended: its connections are free for others. */
export function closeLinks(w: World, c: Container): void {
  for (const store of w.stores) store.connections -= c.links[store.id]?.held ?? 0;
  c.links = [];
}

/** Tries to connect, all of the pool or nothing: a pool that cannot be filled does not open (S-112). */
export function connect(w: World, c: Container, store: Store): boolean {
  if (!store.up || !reachable(w, nodeOf(c.id), storeNode(store.id))) return false;
  const link = c.links[store.id];
  const def = w.services[store.service].def as StoreService;
  const pool = store.kind.connectionsOf(w.app);
  if (store.connections + pool > store.kind.ceiling(def)) {
    if (link.refused) return false;
    const entry = w.journal.add(
      w.now,
      'store-refused',
      c.lifeEntry,
      c.id,
      -1,
      -1,
      store.id,
      store.kind.tooMany,
    );
    setLink(c, store, { ...link, refused: true, entry });
    return false;
  }
  store.connections += pool;
  setLink(c, store, { ...READY, held: pool });
  return true;
}

/** The connection is broken, or could not be made. Who waits tries again after 50 ms, 100 ms, … up to 2 s apart. */
export function loseLink(w: World, c: Container, store: Store): void {
  const link = c.links[store.id];
  store.connections -= link.held;
  const retries = store.kind.client === 'waits';
  setLink(c, store, {
    attempts: 1,
    dueAt: retries ? w.now + RECONNECT_MS : -1,
    held: 0,
    refused: link.refused,
    silentSince: -1,
    entry: link.refused ? link.entry : store.up ? because(w, c, store) : store.entry,
  });
  if (retries) w.at(w.now + RECONNECT_MS, EV.reconnect, c.id, store.id);
}

/** The attempt that is due: -1 = it is not, 0 = connected, else how many have failed. */
export function attempt(w: World, c: Container, store: Store): number {
  const link = c.links[store.id];
  if (!alive(c) || link === undefined || link.attempts === 0 || link.dueAt !== w.now) return -1;
  if (!c.frozen && connect(w, c, store)) return 0;
  const attempts = link.attempts + 1;
  const dueAt = w.now + Math.min(LONGEST_RECONNECT_MS, RECONNECT_MS * attempts);
  setLink(c, store, { ...c.links[store.id], attempts, dueAt });
  w.at(dueAt, EV.reconnect, c.id, store.id);
  return attempts;
}

const because = (w: World, c: Container, store: Store): number =>
  barrier(w, nodeOf(c.id), storeNode(store.id));

/** A packet of this connection has vanished: TCP sends it again after 0.2 s, then after twice that, and so on. */
export function goSilent(w: World, c: Container, store: Store, entry: number): void {
  const link = c.links[store.id];
  if (link.silentSince >= 0) return;
  const dueAt = w.now + DATA_RTO_MS;
  setLink(c, store, { ...link, silentSince: w.now, dueAt, entry });
  w.at(dueAt, EV.linkResent, c.id, store.id);
}

/** The packet that is due to be sent again: 0 = it gets through, 1 = it is not due, 2 = it has vanished too. */
export function resendPacket(w: World, c: Container, store: Store): 0 | 1 | 2 {
  const link = c.links[store.id];
  if (!alive(c) || link === undefined || link.silentSince < 0 || link.dueAt !== w.now) return 1;
  if (because(w, c, store) >= 0) {
    const dueAt = w.now + (w.now - link.silentSince + DATA_RTO_MS);
    setLink(c, store, { ...link, dueAt });
    w.at(dueAt, EV.linkResent, c.id, store.id);
    return 2;
  }
  setLink(c, store, { ...link, silentSince: -1, dueAt: -1, entry: link.refused ? link.entry : -1 });
  return 0;
}
