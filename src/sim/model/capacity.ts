import { extendLifetime } from './lifetimes.ts';
import { loseItem } from './state.ts';
import type { Place } from './places.ts';
import type { Store } from './store.ts';
import { storeDef } from './storing.ts';
import type { World } from './world.ts';

/** Keys that a store holds: sessions, uploads, orders, and what others have filled it with. */
export function keysIn(w: World, store: Store): number {
  const place = w.places.get(store.place);
  return store.filler + (place === undefined ? 0 : place.sessions + place.uploads + place.records);
}

/** Whether it is at its `maxmemory`. */
export const isFull = (w: World, store: Store): boolean => keysIn(w, store) >= storeDef(w, store).maxmemory;

/** Below this share of its limit a store that was full is so no more; the next time begins a new entry in the journal. */
const RELIEVED = 0.9;

/**
 * Room for one key more in a place, made by evicting as the policy says (S-108). False = a write fails: the store is full
 * and there is nothing that it may evict.
 */
export function roomIn(w: World, serial: number): boolean {
  const place = w.places.get(serial);
  if (place?.bound !== 'store') return true;
  const store = w.stores[place.owner];
  const { maxmemory, policy } = storeDef(w, store);
  if (maxmemory === Infinity) return true;
  const keys = keysIn(w, store);
  if (keys < maxmemory) {
    if (keys < RELIEVED * maxmemory) store.fullEntry = -1;
    return true;
  }
  if (store.fullEntry < 0)
    store.fullEntry = w.journal.add(w.now, 'store-full', store.fillEntry, -1, -1, -1, store.id, policy);
  for (let over = keys - maxmemory; over >= 0; over--) if (!evict(w, store, place, policy)) return false;
  return true;
}

/** Evicts one key. False = none may go. */
function evict(w: World, store: Store, place: Place, policy: string): boolean {
  const victim = VICTIMS[policy]?.(w, store, place) ?? NOBODY;
  if (victim === NOBODY) return false;
  store.evicted++;
  if (victim === FILLER) store.filler--;
  else loseItem(w, victim, store.fullEntry, -1);
  return true;
}

const NOBODY = -1;
const FILLER = -2;

type Pick = (w: World, store: Store, place: Place) => number;

/** Who goes first. The filler was all written at one time, and has no lifetime. */
const VICTIMS: Readonly<Record<string, Pick>> = {
  'allkeys-lru': (w, store, place) => {
    const i = place.tail;
    const older = i < 0 || store.filledAt < w.items.usedAt[i];
    return store.filler > 0 && older ? FILLER : i;
  },
  'allkeys-random': (w, store, place) => {
    let k = w.random.stores.below(Math.max(1, keysIn(w, store)));
    if (k < store.filler) return FILLER;
    let i = place.head;
    for (k -= store.filler; k > 0 && i >= 0; k--) i = w.items.next[i];
    return i;
  },
  'volatile-lru': (w, _store, place) => {
    for (let i = place.tail; i >= 0; i = w.items.prev[i]) if (w.items.expiresAt[i] < Infinity) return i;
    return NOBODY;
  },
  'volatile-random': (w, _store, place) => {
    let n = 0;
    for (let i = place.head; i >= 0; i = w.items.next[i]) if (w.items.expiresAt[i] < Infinity) n++;
    if (n === 0) return NOBODY;
    let k = w.random.stores.below(n);
    for (let i = place.head; i >= 0; i = w.items.next[i])
      if (w.items.expiresAt[i] < Infinity && k-- === 0) return i;
    return NOBODY;
  },
  'volatile-ttl': (w, _store, place) => {
    let first = NOBODY;
    for (let i = place.head; i >= 0; i = w.items.next[i])
      if (w.items.expiresAt[i] < (first < 0 ? Infinity : w.items.expiresAt[first])) first = i;
    return first;
  },
};

/** A request has found its session: it was used just now, and lasts longer if it slides (S-108, S-109). */
export function sessionUsed(w: World, r: number): void {
  const q = w.requests;
  const id = q.store[r];
  const bounded = id >= 0 && storeDef(w, w.stores[id]).maxmemory !== Infinity;
  const i = q.session[r];
  if ((!bounded && !w.app.sessions.sliding) || w.items.gen[i] !== q.sessionGen[r]) return;
  if (w.app.sessions.sliding) extendLifetime(w, i);
  if (bounded && w.items.place[i] === w.stores[id].place) w.places.touch(w.items, i, w.now);
}

/** Somebody else's data takes what is left of it. False = it has no limit. */
export function fillStore(w: World, store: Store, cause: number): boolean {
  const { maxmemory } = storeDef(w, store);
  if (maxmemory === Infinity) return false;
  store.filler += Math.max(0, maxmemory - keysIn(w, store));
  store.filledAt = w.now;
  store.fillEntry = w.journal.add(w.now, 'fault', cause, -1, -1, -1, store.id, `${store.name} was filled`);
  store.fullEntry = -1;
  store.inc++;
  return true;
}

/** Takes out again what `fillStore` put in. */
export function unfillStore(store: Store): void {
  store.filler = 0;
  store.fillEntry = -1;
  store.fullEntry = -1;
}
