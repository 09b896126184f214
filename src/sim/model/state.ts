import type { Container } from './container.ts';
import { HELD, LOST, RECORD, REFUSED, SESSION, UPLOADED } from './items.ts';
import { ANSWERED, DIRECT, DUPLICATED } from './requests.ts';
import type { Place } from './places.ts';
import { STATE_KINDS, type StateKind } from './scenario.ts';
import { startLifetime } from './lifetimes.ts';
import { wroteTo } from './store.ts';
import { M } from '../metrics/columns.ts';
import type { World } from './world.ts';

export const kindIndex = (kind: StateKind): number => STATE_KINDS.indexOf(kind);
export const SESSIONS = kindIndex('sessions');
export const UPLOADS = kindIndex('uploads');
export const RECORDS = kindIndex('records');

/** A place for one kind of state of this container, ending with its process or with its layer. */
export function openProcessPlace(w: World, c: Container): number {
  const place = w.places.open('process', c.id);
  c.processPlaces = [...c.processPlaces, place];
  return place;
}
export function openLayerPlace(w: World, c: Container): number {
  const place = w.places.open('layer', c.id);
  c.layerPlaces = [...c.layerPlaces, place];
  return place;
}

/** Asks every state model where this container's state lives from now on. */
export function attachHomes(w: World, c: Container): void {
  const state = w.app.state;
  c.homes = STATE_KINDS.map((kind) => {
    const model = w.stateModels[state[kind]];
    return model === undefined ? -1 : model.attach(w, c, kind);
  });
}

/** Tells the kinds of state that what they kept in a place is gone. */
export function forgetKinds(w: World, place: number, cause: number, since = -1): void {
  for (const kind of w.kinds) kind.forgot?.(w, place, cause, since);
}

/** Whether nothing at all is in a place. */
export const isEmpty = (w: World, place: Place): boolean =>
  place.head < 0 && !w.kinds.some((kind) => kind.holds?.(w, place.serial) === true);

/** Container whose loss this is, -1 = a store's. */
const holder = (place: Place): number => (place.bound === 'store' ? -1 : place.owner);

/** Ends a place: everything in it is lost, by `cause`. Returns the number of sessions lost. */
export function endPlace(w: World, serial: number, cause: number): number {
  const place = w.places.get(serial);
  if (place === undefined) return 0;
  let sessions = 0;
  forgetKinds(w, serial, cause);
  for (let i = place.head; i >= 0;) {
    const next = w.items.next[i];
    if (w.items.kind[i] === SESSION) sessions++;
    loseItem(w, i, cause, holder(place));
    i = next;
  }
  w.places.all.delete(serial);
  return sessions;
}

/** Every item of one kind in a place is gone; the place stays. */
export function emptyPlace(w: World, serial: number, kind: number, cause: number): void {
  const place = w.places.get(serial);
  for (let i = place?.head ?? -1; i >= 0;) {
    const next = w.items.next[i];
    if (w.items.kind[i] === kind) loseItem(w, i, cause, place === undefined ? -1 : holder(place));
    i = next;
  }
}

/** The last copy of an item is gone. */
export function loseItem(w: World, i: number, cause: number, container: number): void {
  const items = w.items;
  const owner = items.owner[i];
  w.places.remove(items, i);
  items.edit(i).state[i] = LOST;
  switch (items.kind[i]) {
    case SESSION:
      w.metrics.count(M.lost);
      w.holdSessions(-1);
      items.edit(i).lostEntry[i] = w.journal.add(w.now, 'session-lost', cause, container, owner);
      if (w.users.session(owner) === i) w.users.setState(owner, 2);
      break;
    case UPLOADED:
      w.metrics.count(M.uploadsLost);
      items.edit(i).lostEntry[i] = w.journal.add(w.now, 'upload-lost', cause, container, owner);
      break;
    case RECORD:
      w.metrics.count(M.recordsLost);
      w.journal.add(w.now, 'record-lost', cause, container, owner);
      items.close(i);
      break;
  }
}

/** A new session for a user in a place; replaces the one that the user's cookie named. */
export function createSession(w: World, user: number, place: number, format: number): void {
  const items = w.items;
  const users = w.users;
  const old = users.session(user);
  if (old >= 0 && items.gen[old] === users.sessionGen(user)) {
    if (items.state[old] === HELD) {
      w.places.remove(items, old);
      w.metrics.count(M.replaced);
      w.holdSessions(-1);
    }
    items.close(old);
  }
  const i = items.open(SESSION, user, w.now);
  items.edit(i).format[i] = format;
  w.places.put(items, i, place);
  startLifetime(w, i);
  wroteTo(w, place);
  users.setSession(user, i, items.gen[i]);
  w.metrics.count(M.created);
  w.holdSessions(1);
  users.setState(user, 1);
  users.setStale(user, false);
}

/**
 * Stores the order of a checkout. A checkout may be carried out twice: after a client's retry, or when the balancer sent
 * it to a second server. Then there are two orders, unless it carries a key and the first lies in the same place (C-7).
 */
export function storeRecord(w: World, r: number, c: Container): void {
  const q = w.requests;
  const place = c.homes[RECORDS];
  if (place < 0) return;
  const number = q.id[r];
  if (q.resends[r] > 0 || (q.flags[r] & (DUPLICATED | ANSWERED)) !== 0) {
    if (w.traffic.idempotency && isOrdered(w, place, number, q.sentAt[r])) return;
    for (const other of w.places.all.keys()) {
      if (!isOrdered(w, other, number, q.sentAt[r])) continue;
      w.metrics.count(M.recordsDuplicated);
      w.journal.add(w.now, 'record-duplicated', c.entry, c.id, q.user[r], number);
      break;
    }
  }
  const i = w.items.open(RECORD, q.user[r], w.now);
  w.items.edit(i).format[i] = number;
  w.places.put(w.items, i, place);
  wroteTo(w, place);
  w.metrics.count(M.recordsStored);
}

/** Whether a place holds an order for checkout `number`, which was sent at `since`; the newest come first. */
function isOrdered(w: World, place: number, number: number, since: number): boolean {
  const items = w.items;
  for (let i = w.places.get(place)?.head ?? -1; i >= 0 && items.createdAt[i] >= since; i = items.next[i])
    if (items.kind[i] === RECORD && items.format[i] === number) return true;
  return false;
}

/** Whether the container finds the session that the request carries. */
export function findsSession(w: World, r: number, c: Container): boolean {
  const q = w.requests;
  const place = q.sessionPlace[r];
  if (place < 0 || place !== c.homes[SESSIONS]) return false;
  const i = q.session[r];
  const gen = q.sessionGen[r];
  const user = q.user[r];
  // A reused row means that the cookie was replaced meanwhile; what the place held then, it still holds. Asked of the
  // user first, who was read when the request was sent: in a large herd the table of items is far away.
  const same = w.users.session(user) === i && w.users.sessionGen(user) === gen;
  if (!same && w.items.gen[i] !== gen) return w.places.get(place) !== undefined;
  // What is held is in a place.
  return w.items.place[i] >= 0 && (w.formats.length === 1 || w.items.format[i] === c.behaviour.format);
}

/** A 401 for a session: counts what it means. Returns the journal entry that explains it. */
export function refuseSession(w: World, r: number, c: Container): number {
  const q = w.requests;
  const items = w.items;
  const i = q.session[r];
  const user = q.user[r];
  if (items.gen[i] !== q.sessionGen[r]) return -1;
  let entry: number;
  if (items.state[i] === HELD) {
    w.metrics.count(M.missed);
    // It is here, but in a format that this version does not read.
    const unreadable = items.place[i] === c.homes[SESSIONS] ? 1 : 0;
    // Who is bound to a server is elsewhere because of what took it away from there, and stays so until a new sign-in.
    const astray = w.lb.sticky === 'cookie' && (q.flags[r] & DIRECT) === 0;
    if (astray && q.because[r] >= 0) items.edit(i).lostEntry[i] = q.because[r];
    const moved = unreadable === 0 ? items.lostEntry[i] : -1;
    const cause = moved >= 0 ? moved : c.lifeEntry;
    entry = w.journal.add(w.now, 'session-missed', cause, c.id, user, q.id[r], unreadable);
    if (w.users.session(user) === i) w.users.setState(user, 3);
  } else {
    entry = items.lostEntry[i];
  }
  if ((items.flags[i] & REFUSED) === 0) {
    items.edit(i).flags[i] |= REFUSED;
    w.metrics.count(M.refused);
  }
  return entry;
}
