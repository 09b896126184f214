import type { StoreEnd } from '../stores/store-kind.ts';
import { alive, type Container } from './container.ts';
import { EV } from './events.ts';
import { nodeOf, storeNode } from './legs.ts';
import { attempt, connect, goSilent, loseLink, resendPacket } from './links.ts';
import { barrier } from './network.ts';
import { SLOWED, STORE_TRIP, STORE_WAIT, VIEW_UPLOAD, WORK_DONE } from './requests.ts';
import type { StoreService } from './scenario.ts';
import { forgetKinds, loseItem } from './state.ts';
import type { Store } from './store.ts';
import type { World } from './world.ts';

const DONE = 0;
const STALE = 1;
const STILL_AWAY = 2;

/** Instead of ms until the answer: the command waits for the store to come back, or fails now. */
export const WAITS = -1;
export const FAILS = -2;

/** Attempts at a command, and back-off before the first further one in ms, of a client that sends again (S-114). */
const TRIES = 3;
const BACKOFF_MS = 100;
const SLOW_BACKOFF_MS = 500;

export const storeDef = (w: World, store: Store): StoreService =>
  w.services[store.service].def as StoreService;

/** A command to a store. Returns ms until its answer, or WAITS, or FAILS. */
export function storeCommand(w: World, c: Container, r: number, id: number): number {
  w.requests.edit(r).store[r] = id;
  w.requests.tries[r] = 0;
  return issue(w, c, r);
}

/** Sends a command, for the first time or again. */
function issue(w: World, c: Container, r: number): number {
  const store = w.stores[w.requests.store[r]];
  // Its trouble may be over before the time is that it costs.
  if (store.entry >= 0) w.requests.edit(r).because[r] = store.entry;
  if (!waitsForLink(w, c, store)) {
    if (w.silent !== 0 && linkCut(w, c, r)) return WAITS;
    if (!store.up && store.kind.client === 'resends') return sendLater(w, r, BACKOFF_MS);
    if (c.links[store.id].attempts !== 0 && !connect(w, c, store)) return FAILS;
    if (!store.paused) return admitted(w, store, r);
  } else if (!w.app.storeClient.offlineQueue) return FAILS;
  hold(w, r);
  return WAITS;
}

/** A store that is asked too much answers, and says to slow down (S-114). */
function admitted(w: World, store: Store, r: number): number {
  const { admit } = store.kind;
  if (admit !== undefined && !admit(w, store, isWrite(w, r))) w.requests.flags[r] |= SLOWED;
  return roundTrip(w, store);
}

const isWrite = (w: World, r: number): boolean => {
  const { flags, kind } = w.requests;
  return (flags[r] & WORK_DONE) !== 0 && kind[r] !== VIEW_UPLOAD;
};

/** The store has said to slow down: the command is sent again later, and later than after an error. */
export function slowedDown(w: World, r: number): number {
  w.requests.flags[r] &= ~SLOWED;
  return sendLater(w, r, SLOW_BACKOFF_MS);
}

/** The client reconnects by itself and has not done so yet; the first command of all connects at once. */
function waitsForLink(w: World, c: Container, store: Store): boolean {
  if (store.kind.client !== 'waits' || c.links[store.id].attempts === 0) return false;
  if (c.links[store.id].dueAt >= 0) return true;
  if (connect(w, c, store)) return false;
  loseLink(w, c, store);
  return true;
}

/** Packets between a container and its store vanish: its command, or the answer, waits until they get through again. */
export function linkCut(w: World, c: Container, r: number): boolean {
  const store = w.stores[w.requests.store[r]];
  const silence = barrier(w, nodeOf(c.id), storeNode(store.id));
  if (silence < 0 && c.links[store.id].silentSince < 0) return false;
  goSilent(w, c, store, silence);
  hold(w, r);
  return true;
}

/** A connection sends again what vanished; what waited goes on if it gets through. */
export function onLinkResent(w: World, id: number, storeId: number): number {
  const c = w.containers[id];
  const store = w.stores[storeId];
  const outcome = resendPacket(w, c, store);
  if (outcome !== 0) return outcome;
  if (c.links[storeId].attempts !== 0 && !connect(w, c, store)) forWaiting(w, c, store, failNow);
  else if (!store.up) forCommands(w, c, store, (_, r) => interrupt(w, c, store, r));
  else if (!store.paused) wake(w, c, store);
  return DONE;
}

const roundTrip = (w: World, store: Store): number => 2 * w.hop + storeDef(w, store).latencyMs * store.slow;

/** A command waits for its store for as long as its client lets it. */
function hold(w: World, r: number): void {
  const q = w.requests;
  q.due[r] = 0;
  q.state[r] = STORE_WAIT;
  q.stamp[r]++;
  if (w.app.storeClient.timeoutMs !== Infinity)
    w.after(w.app.storeClient.timeoutMs, EV.storeCommandTimeout, r, q.stamp[r]);
}

/** Full jitter: a random part of a back-off that doubles (S-114). */
function sendLater(w: World, r: number, backoffMs: number): number {
  const q = w.requests;
  if (++q.tries[r] >= TRIES) return FAILS;
  const ms = w.random.stores.uniform() * backoffMs * (1 << q.tries[r]);
  q.state[r] = STORE_WAIT;
  q.due[r] = w.now + ms;
  w.after(ms, EV.storeResend, r, ++q.stamp[r]);
  return WAITS;
}

/** A command will be sent again by itself when its back-off is over. */
export const backsOff = (w: World, r: number): boolean =>
  w.requests.state[r] === STORE_WAIT && w.requests.due[r] > 0;

/** What `due` says of a command whose time was over while its process was frozen. */
const EXPIRED = -1;

/** A frozen process does not see that a command has taken too long; it will, once it goes on. */
export function expire(w: World, r: number): void {
  w.requests.due[r] = EXPIRED;
}

/** A process goes on: commands whose time was over meanwhile fail before anything else. */
export function failExpired(w: World, r: number): void {
  if (isExpired(w, r)) failNow(w, r);
}

const isExpired = (w: World, r: number): boolean =>
  w.requests.state[r] === STORE_WAIT && w.requests.due[r] === EXPIRED;

/** The back-off is over: as `storeCommand`. */
export const resend = (w: World, c: Container, r: number): number => issue(w, c, r);

/** What a frozen process was doing: keeps what is left of it, and cancels its event. */
export function suspend(w: World, r: number): void {
  w.requests.due[r] -= w.now;
  w.requests.stamp[r]++;
}

/** Journal entry that explains why a request's command to its store failed. */
export function storeTrouble(w: World, c: Container, r: number): number {
  const store = w.stores[w.requests.store[r]];
  if (store === undefined) return -1;
  const link = c.links[store.id];
  return link !== undefined && (link.attempts > 0 || link.silentSince >= 0)
    ? link.entry
    : store.entry >= 0
      ? store.entry
      : store.throttleEntry;
}

/** A client's attempt to connect again. */
export function onReconnect(w: World, id: number, storeId: number): number {
  const c = w.containers[id];
  const store = w.stores[storeId];
  const failed = attempt(w, c, store);
  if (failed < 0) return STALE;
  if (failed === 0) {
    if (!store.paused) wake(w, c, store);
    return DONE;
  }
  const { attempts } = w.app.storeClient;
  // Too many: what waits fails (`attempts`).
  if (failed > attempts && failed % (attempts + 1) === 0) forWaiting(w, c, store, failNow);
  return STILL_AWAY;
}

/** Calls `f` for every command of a container that is on its way to a store, or waits for it. */
function forCommands(w: World, c: Container, store: Store, f: (w: World, r: number) => void): void {
  const q = w.requests;
  for (let r = c.work.head; r >= 0; r = q.next[r])
    if ((q.state[r] === STORE_TRIP || q.state[r] === STORE_WAIT) && q.store[r] === store.id) f(w, r);
}

/** Only those that wait for the store to come back; what will be sent again by itself does not, nor what is too late. */
function forWaiting(w: World, c: Container, store: Store, f: (w: World, r: number) => void): void {
  forCommands(w, c, store, (_, r) => {
    if (w.requests.state[r] === STORE_WAIT && w.requests.due[r] === 0) f(w, r);
  });
}

function failNow(w: World, r: number): void {
  w.requests.state[r] = STORE_WAIT;
  w.requests.due[r] = 0;
  w.after(0, EV.storeCommandTimeout, r, ++w.requests.stamp[r]);
}

/** Commands that waited are sent now; a frozen process sends them when it goes on. */
function wake(w: World, c: Container, store: Store): void {
  if (c.links[store.id].silentSince >= 0) return;
  const q = w.requests;
  const ms = roundTrip(w, store);
  forWaiting(w, c, store, (_, r) => {
    q.state[r] = STORE_TRIP;
    q.edit(r).reachedAt[r] = w.now + w.hop;
    q.due[r] = c.frozen ? ms : w.now + ms;
    q.stamp[r]++;
    if (!c.frozen) w.after(ms, EV.storeDone, r, q.stamp[r]);
  });
}

/** Containers of the herd whose process runs; one that still waits for its image has no links. */
const herd = (w: World): Container[] =>
  w.containers.filter((c) => c.service === w.herd && alive(c) && c.links.length > 0);

/** The store stops answering: its process ended, or a fault took it away. Commands under way fare like new ones. */
export function storeDown(w: World, store: Store, entry: number): void {
  store.up = false;
  store.entry = entry;
  store.endedAt = w.now;
  store.troubleAt = w.now;
  store.inc++;
  for (const c of herd(w)) {
    if (store.kind.client !== 'resends' && c.links[store.id].attempts === 0) loseLink(w, c, store);
    forCommands(w, c, store, (_, r) => interrupt(w, c, store, r));
  }
}

/** The connection that a command was sent on has broken. */
function interrupt(w: World, c: Container, store: Store, r: number): void {
  if (isExpired(w, r)) return;
  switch (store.kind.client) {
    case 'waits':
      if (w.app.storeClient.offlineQueue) hold(w, r);
      else failNow(w, r);
      break;
    case 'fails':
      failNow(w, r);
      break;
    case 'resends':
      if (backsOff(w, r)) break;
      if (sendLater(w, r, BACKOFF_MS) === FAILS) failNow(w, r);
      else if (c.frozen) suspend(w, r);
  }
}

/** What the process of a store keeps when it ends. */
export function storeEnded(w: World, store: Store, how: StoreEnd, entry: number): void {
  storeDown(w, store, entry);
  if (store.standby) store.unsettled = how;
  else store.kind.ended(w, store, how, entry);
}

/** The store answers again, because of `cause`; each client finds out at its next attempt. */
export function storeUp(w: World, store: Store, cause: number): void {
  store.up = true;
  store.paused = false;
  // It is back before a replica took over: what it has on disk is what there is, and the replica copies that.
  if (store.unsettled !== null) store.kind.ended(w, store, store.unsettled, store.entry);
  store.unsettled = null;
  store.startedAt = w.now;
  store.savedAt = w.now;
  store.inc++;
  w.journal.add(w.now, 'store-up', cause, -1, -1, -1, store.id);
  store.entry = -1;
}

export function pauseStore(w: World, store: Store, entry: number): void {
  store.paused = true;
  store.entry = entry;
  store.troubleAt = w.now;
  store.inc++;
  for (const c of herd(w))
    forCommands(w, c, store, (_, r) => {
      w.requests.edit(r).because[r] = entry;
      if (w.requests.state[r] === STORE_TRIP) hold(w, r);
    });
}

export function resumeStore(w: World, store: Store, cause: number): void {
  store.paused = false;
  store.inc++;
  w.journal.add(w.now, 'store-resumed', cause, -1, -1, -1, store.id);
  store.entry = -1;
  for (const c of herd(w)) if (c.links[store.id].attempts === 0) wake(w, c, store);
}

/** Everything that came into a store after `savedMs` is gone, the rest is on its disk; -1 = nothing is. */
export function loseSince(w: World, store: Store, savedMs: number, entry: number): void {
  const place = w.places.get(store.place);
  if (place === undefined) return;
  forgetKinds(w, store.place, entry, savedMs);
  for (let i = place.head; i >= 0;) {
    const next = w.items.next[i];
    if (w.items.createdAt[i] > savedMs) loseItem(w, i, entry, -1);
    i = next;
  }
}
