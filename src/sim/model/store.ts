import type { Container } from './container.ts';
import type { StoreEnd, StoreKind } from '../stores/store-kind.ts';
import type { StoreService } from './scenario.ts';
import type { World } from './world.ts';

/** A store as its clients meet it. The process that runs it is a container; this is what the process keeps. */
export interface Store {
  readonly id: number;
  readonly service: number;
  name: string;
  /** What differs between Redis, S3 and the others. */
  readonly kind: StoreKind;
  /** Answers commands: its process runs and no fault keeps it away. */
  up: boolean;
  paused: boolean;
  slow: number;
  /** Place of everything it holds, in memory and on disk together. */
  place: number;
  /** Connections that clients hold. */
  connections: number;
  /** When its process last started, and ended. */
  startedAt: number;
  endedAt: number;
  /** What was written up to this instant is in the last snapshot; -1 = there is none. */
  savedAt: number;
  /** Writes since then. */
  changes: number;
  /** When the next snapshot is due; Infinity = not while nothing more is written. */
  saveDueAt: number;
  /** Keys evicted so far. */
  evicted: number;
  /** Keys that somebody else has filled it with, since when, and by which entry. */
  filler: number;
  filledAt: number;
  fillEntry: number;
  /** Journal entry of its being full; -1 = it is not. */
  fullEntry: number;
  /** A replica follows, and could take over. */
  standby: boolean;
  /** A replica has taken over: the process in its container is not the one that serves. */
  elsewhere: boolean;
  /** Since when it does not answer. */
  troubleAt: number;
  failoverDueAt: number;
  /** How its process ended, while it is open whether it comes back or its replica takes over; else null. */
  unsettled: StoreEnd | null;
  /** Commands that it takes before it says to slow down, as of an instant; entry and time of having said so (S-114). */
  readTokens: number;
  writeTokens: number;
  tokensAt: number;
  throttleEntry: number;
  throttledAt: number;
  /** Cancels timers of faults. */
  inc: number;
  /** Journal entry of its present trouble. */
  entry: number;
}

export function newStore(
  id: number,
  service: number,
  def: StoreService,
  kind: StoreKind,
  place: number,
): Store {
  return {
    id,
    service,
    name: def.name,
    kind,
    up: true,
    paused: false,
    slow: 1,
    place,
    connections: 0,
    startedAt: 0,
    endedAt: -1,
    savedAt: -1,
    changes: 0,
    saveDueAt: Infinity,
    evicted: 0,
    filler: 0,
    filledAt: -1,
    fillEntry: -1,
    fullEntry: -1,
    standby: def.failover !== 'none',
    elsewhere: false,
    troubleAt: -1,
    failoverDueAt: -1,
    unsettled: null,
    readTokens: 0,
    writeTokens: 0,
    tokensAt: -Infinity,
    throttleEntry: -1,
    throttledAt: -1,
    inc: 0,
    entry: -1,
  };
}

/** The store that the process of a container is, or undefined. */
export const storeIn = (w: World, c: Container): Store | undefined =>
  w.stores.find((s) => s.service === c.service);

/** Something was written into a place: a change more for the store that it is in. */
export function wroteTo(w: World, serial: number): void {
  const place = w.places.get(serial);
  if (place?.bound !== 'store') return;
  const store = w.stores[place.owner];
  store.changes++;
  store.kind.wrote?.(w, store);
}
