import { type Container } from './container.ts';
import { EV } from './events.ts';
import { askedStore, calledFor, isCall, REFUSED as KIND_REFUSED } from '../kinds/kind.ts';
import { finish, leave, respond, serveAsset } from './finishing.ts';
import { brokenMeanwhile } from './kept.ts';
import { LEG_BACK, LEG_STORE, NODE_BALANCER, nodeOf, storeNode } from './legs.ts';
import { DATA_RTO_MS, SYN_RTO_MS, barrier, vanish } from './network.ts';
import {
  ASSET,
  BACKLOG,
  CHECK,
  CHECKOUT,
  DUPLICATED,
  EXECUTED,
  FIRST_ON_CONNECTION,
  KEPT,
  SIGN_IN,
  SLOWED,
  STORE_TRIP,
  STREAM,
  STREAMING,
  UNANSWERED,
  UPLOAD,
  VIEW_UPLOAD,
  WORKING,
  WORK_DONE,
  append,
  unlink,
} from './requests.ts';
import { RECORDS, SESSIONS, UPLOADS, findsSession, refuseSession } from './state.ts';
import { roomIn, sessionUsed } from './capacity.ts';
import { weigh } from './memory.ts';
import { FAILS, WAITS, expire, linkCut, resend, slowedDown, storeCommand, storeTrouble } from './storing.ts';
import { causeCode, workMs } from './traffic.ts';
import { M } from '../metrics/columns.ts';
import type { World } from './world.ts';

/** Outcome codes of the events here. */
const ACCEPTED = 0;
const STALE = 1;
const REFUSED = 2;
const HELD_UP = 3;
const NO_SESSION = 4;
const WORKED = 5;

const APP_ERROR = causeCode('app-error');
const DEPENDENCY = causeCode('dependency');

/** A connection with a request reaches a container. */
export function onAtServer(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const c = w.containers[q.container[r]];
  const silence = barrier(w, NODE_BALANCER, nodeOf(c.id));
  if (silence >= 0) {
    // No RST from what cannot be reached: the balancer waits for its connect timeout.
    // Below HTTP nobody waits but the client itself.
    // What stands already needs no connecting: the data is sent again until somebody gives up.
    const kept = (q.flags[r] & KEPT) !== 0 || (q.conn[r] >= 0 && (q.flags[r] & FIRST_ON_CONNECTION) === 0);
    if (kept || w.pinned || w.lb.connectTimeoutMs > SYN_RTO_MS) {
      vanish(w, r, silence, kept ? DATA_RTO_MS : SYN_RTO_MS);
    } else {
      q.edit(r).because[r] = silence;
      q.flags[r] |= UNANSWERED;
      w.after(w.lb.connectTimeoutMs, EV.refused, r, stamp);
    }
    return REFUSED;
  }
  if (q.conn[r] >= 0 || (q.flags[r] & KEPT) !== 0) {
    if (q.conn[r] >= 0 && (q.flags[r] & FIRST_ON_CONNECTION) !== 0) w.connections.life[q.conn[r]] = c.life;
    else if (brokenMeanwhile(w, c, r)) {
      w.afterHop(EV.reset, r, stamp);
      return REFUSED;
    }
  }
  if (!c.listening) {
    q.edit(r).because[r] = c.entry;
    w.afterHop(EV.refused, r, stamp);
    return REFUSED;
  }
  if (!c.booted) {
    // Listens early, answers 503 until it is ready.
    respond(w, r, 503, APP_ERROR, c.entry);
    return REFUSED;
  }
  return accept(w, c, r);
}

/** Takes a request in: to work at once, or behind those that came before. */
export function accept(w: World, c: Container, r: number): number {
  const q = w.requests;
  if (q.kind[r] === STREAM) {
    q.state[r] = STREAMING;
    append(q, c.work, r);
    c.streams++;
    // A frozen process has taken the connection, and says nothing on it.
    if (c.frozen) w.after(w.lb.serverTimeoutMs, EV.streamSilent, r, q.stamp[r]);
    else w.streamTries[q.upload[r]] = 0;
    return ACCEPTED;
  }
  if (c.frozen || c.active >= w.app.concurrency) {
    q.state[r] = BACKLOG;
    append(q, c.backlog, r);
    return HELD_UP;
  }
  return begin(w, c, r);
}

/** Begins to execute: first the session, then the work. */
function begin(w: World, c: Container, r: number): number {
  const q = w.requests;
  append(q, c.work, r);
  c.active++;
  if (q.kind[r] === CHECK) {
    finish(w, c, r);
    next(w, c);
    return ACCEPTED;
  }
  if ((q.flags[r] & ASSET) !== 0) {
    serveAsset(w, c, r);
    next(w, c);
    return ACCEPTED;
  }
  if ((q.flags[r] & EXECUTED) !== 0 && (q.flags[r] & DUPLICATED) === 0) {
    q.flags[r] |= DUPLICATED;
    w.metrics.count(M.duplicated);
  }
  q.flags[r] |= EXECUTED;
  if (c.limitMb > 0) weigh(w, c);
  if (q.extra[r] !== 0) q.edit(r).extra[r] = 0;
  q.asker[r] = 0;
  if (q.session[r] >= 0 && storeOf(w, c, SESSIONS) >= 0) return command(w, c, r, SESSIONS);
  return checkSession(w, c, r);
}

function checkSession(w: World, c: Container, r: number): number {
  const q = w.requests;
  if (q.session[r] >= 0 && !findsSession(w, r, c)) {
    const because = refuseSession(w, r, c);
    leave(w, c, r);
    respond(w, r, 401, -1, because);
    next(w, c);
    return NO_SESSION;
  }
  if (q.session[r] >= 0) sessionUsed(w, r);
  return w.askers === 0 ? work(w, c, r) : askKinds(w, c, r, 0);
}

/** Kinds of state that have a say before the work, in their order, from the `from`-th on. */
function askKinds(w: World, c: Container, r: number, from: number): number {
  for (let k = from; k < w.kinds.length; k++) {
    if ((w.askers & (1 << k)) === 0) continue;
    const waits = heed(w, c, r, k, w.kinds[k].request?.(w, c, r) ?? 0);
    if (waits >= 0) return waits;
  }
  return work(w, c, r);
}

/** What a kind said (see Kind.request): an outcome code when the request stops here for now, else -1. */
function heed(w: World, c: Container, r: number, k: number, said: number): number {
  const q = w.requests;
  if (said >= 0) {
    if (said > 0) q.edit(r).extra[r] += said;
    return -1;
  }
  if (said === KIND_REFUSED) {
    leave(w, c, r);
    respond(w, r, q.status[r], q.cause[r], q.because[r]);
    next(w, c);
    return REFUSED;
  }
  q.asker[r] = k + 1;
  if (isCall(said)) {
    q.state[r] = WORKING;
    q.due[r] = w.now + calledFor(said);
    w.after(calledFor(said), EV.workDone, r, ++q.stamp[r]);
    return HELD_UP;
  }
  return trip(w, c, r, storeCommand(w, c, r, askedStore(said)));
}

/** The store that a kind asked has answered, or has not (`ok`). */
function heard(w: World, c: Container, r: number, ok: boolean): number {
  const q = w.requests;
  const k = q.asker[r] - 1;
  q.asker[r] = 0;
  const waits = heed(w, c, r, k, w.kinds[k].answered?.(w, c, r, q.store[r], ok) ?? 0);
  return waits >= 0 ? waits : askKinds(w, c, r, k + 1);
}

function work(w: World, c: Container, r: number): number {
  const q = w.requests;
  const ms = (workMs(w, r, c.behaviour) + q.extra[r]) * c.slow;
  c.workMs += ms;
  c.taken++;
  q.state[r] = WORKING;
  q.due[r] = w.now + ms;
  w.after(ms, EV.workDone, r, ++q.stamp[r]);
  return ACCEPTED;
}

export function onWorkDone(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const c = w.containers[q.container[r]];
  // A kind of state had it wait for somebody else.
  if (q.asker[r] > 0) return heard(w, c, r, true);
  const kind = q.kind[r];
  const touches =
    kind === SIGN_IN
      ? SESSIONS
      : kind === UPLOAD || kind === VIEW_UPLOAD
        ? UPLOADS
        : kind === CHECKOUT
          ? RECORDS
          : -1;
  q.flags[r] |= WORK_DONE;
  if (touches >= 0 && storeOf(w, c, touches) >= 0) return command(w, c, r, touches);
  finish(w, c, r);
  next(w, c);
  return WORKED;
}

/** Store that a kind of state of this container (index of STATE_KINDS) lives in, or -1. */
function storeOf(w: World, c: Container, kind: number): number {
  const home = c.homes[kind];
  for (const store of w.stores) if (store.place === home) return store.id;
  return -1;
}

function command(w: World, c: Container, r: number, kind: number): number {
  return trip(w, c, r, storeCommand(w, c, r, storeOf(w, c, kind)));
}

/** A command to a store is on its way for `ms`; or it waits or fails, as `storeCommand` says. */
function trip(w: World, c: Container, r: number, ms: number): number {
  const q = w.requests;
  if (ms === FAILS) return unanswered(w, c, r);
  if (ms === WAITS) return HELD_UP;
  q.state[r] = STORE_TRIP;
  q.edit(r).reachedAt[r] = w.now + w.hop;
  if (w.legs.on) {
    const store = q.store[r];
    w.legs.add(nodeOf(c.id), storeNode(store), w.now, w.now + ms / 2, q.user[r], 0, -1, LEG_STORE);
    w.legs.add(
      storeNode(store),
      nodeOf(c.id),
      w.now + ms / 2,
      w.now + ms,
      q.user[r],
      1,
      -1,
      LEG_STORE | LEG_BACK,
    );
  }
  q.due[r] = w.now + ms;
  w.after(ms, EV.storeDone, r, ++q.stamp[r]);
  return ACCEPTED;
}

/** A store's answer is there; `outcome` of a woken command is the same. */
export function onStoreDone(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const c = w.containers[q.container[r]];
  if (w.silent !== 0 && linkCut(w, c, r)) return HELD_UP;
  if ((q.flags[r] & SLOWED) !== 0) return trip(w, c, r, slowedDown(w, r));
  if (q.asker[r] > 0) return heard(w, c, r, true);
  if ((q.flags[r] & WORK_DONE) === 0) return checkSession(w, c, r);
  const place = q.kind[r] === VIEW_UPLOAD ? -1 : w.stores[q.store[r]].place;
  if (!roomIn(w, place)) return failInside(w, c, r, w.stores[q.store[r]].fullEntry);
  finish(w, c, r);
  next(w, c);
  return WORKED;
}

/** The store client gave up on a command. */
export function onStoreCommandTimeout(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const c = w.containers[q.container[r]];
  if (!c.frozen) return unanswered(w, c, r);
  expire(w, r);
  return HELD_UP;
}

/** A store client sends a command again after a back-off. */
export function onStoreResend(w: World, r: number, stamp: number): number {
  if (w.requests.stamp[r] !== stamp) return STALE;
  const c = w.containers[w.requests.container[r]];
  return trip(w, c, r, resend(w, c, r));
}

/** A command to a store has failed. */
function unanswered(w: World, c: Container, r: number): number {
  return w.requests.asker[r] > 0 ? heard(w, c, r, false) : failInside(w, c, r, storeTrouble(w, c, r));
}

function failInside(w: World, c: Container, r: number, because: number): number {
  leave(w, c, r);
  respond(w, r, 500, DEPENDENCY, because);
  next(w, c);
  return REFUSED;
}

/** The last part of an answer has been sent. */
export function onBodySent(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const c = w.containers[q.container[r]];
  leave(w, c, r);
  respond(w, r, 200, -1, -1);
  next(w, c);
  return WORKED;
}

/** Whoever waited longest begins; a drained process that has nothing left to do ends (S-12). */
export function next(w: World, c: Container): void {
  const q = w.requests;
  while (c.backlog.head >= 0 && c.active < w.app.concurrency && !c.frozen) {
    const r = c.backlog.head;
    unlink(q, c.backlog, r);
    begin(w, c, r);
  }
  if (c.phase === 'stopping' && !c.listening && c.active === 0 && c.backlog.length === 0 && c.streams === 0) {
    // Drained: nothing left to finish, so the process ends (S-12).
    w.at(w.now, EV.graceOver, c.id, -c.inc);
  }
}
