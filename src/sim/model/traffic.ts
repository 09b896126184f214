import { scaled } from '../engine/random.ts';
import type { Behaviour } from './behaviour.ts';
import { closeConnection, keepConnection, takeConnection } from './connections.ts';
import { tally } from './canary.ts';
import { EV } from './events.ts';
import { FAILURE_CAUSES, type FailureCause, failureDetail } from './failure.ts';
import { drawFor, load } from './load.ts';
import { LEG_503, LEG_BACK, LEG_SIGN_IN, LEG_UPLOAD, NODE_BALANCER, NODE_USERS, outcomeOf } from './legs.ts';
import { DATA_RTO_MS, barrier, vanish } from './network.ts';
import {
  ANSWERED,
  ASSET,
  AT_CLIENT,
  BROWSE,
  CHECK,
  FIRST_ON_CONNECTION,
  PART_SENT,
  EXECUTED,
  CONNECTED,
  DUPLICATED,
  QUEUED,
  SIGN_IN,
  STREAM,
  TO_BALANCER,
  TO_CLIENT,
  TURNAROUND,
  UPLOAD,
  VIEW_UPLOAD,
  isPost,
  unlink,
} from './requests.ts';
import { delayOf } from './trouble.ts';
import { M } from '../metrics/columns.ts';
import type { World } from './world.ts';

const CAUSE = new Map(FAILURE_CAUSES.map((cause, code) => [cause, code]));
export const causeCode = (cause: FailureCause): number => CAUSE.get(cause) ?? -1;
const CLIENT_TIMEOUT = causeCode('client-timeout');

/** Outcome codes of the events here: what the run hash folds. */
const DONE = 0;
const STALE = 1;
const FAILED = 2;
const REFUSED_SESSION = 3;
const NOT_FOUND = 4;
const AGAIN = 5;
const VANISHED = 6;

/** A user asks for something: `draw` is the random part of its work, `target` which upload is looked at (0 to 1). */
export function ask(w: World, user: number, kind: number, draw: number, target: number): void {
  const q = w.requests;
  if (kind === SIGN_IN && w.users.signingIn(user)) {
    closedLoop(w, user);
    return;
  }
  const r = q.open(++w.sent, user, kind);
  q.sentAt[r] = w.now;
  q.draw[r] = draw;
  if (kind === SIGN_IN) w.users.setSigningIn(user, true);
  if (kind === VIEW_UPLOAD) {
    const n = w.uploads.length;
    q.edit(r).upload[r] = n === 0 ? -1 : w.uploads[Math.min(n - 1, Math.floor(target * n))];
  }
  w.inFlight++;
  w.metrics.count(M.started);
  w.metrics.gauge(M.inFlight, w.inFlight);
  w.metrics.asked(w.now);
  w.clientDeadlines.set(r, w.now + w.traffic.timeoutMs);
  send(w, r);
}

/** Puts a request on the wire: picks a kept-alive connection or opens one, takes the cookies along. */
function send(w: World, r: number): void {
  const q = w.requests;
  const users = w.users;
  const user = q.user[r];
  if (w.pinned) {
    q.edit(r).conn[r] = w.traffic.keepAlive ? takeConnection(w, user) : -1;
    if (q.conn[r] >= 0) q.flags[r] &= ~FIRST_ON_CONNECTION;
    else q.flags[r] |= FIRST_ON_CONNECTION;
  } else if (w.traffic.keepAlive && users.takeIdle(user)) {
    q.flags[r] &= ~FIRST_ON_CONNECTION;
  } else {
    q.flags[r] |= FIRST_ON_CONNECTION;
  }
  q.retries[r] = 0;
  if (q.tried[r] !== 0) q.edit(r).tried[r] = 0;
  const session = q.kind[r] === SIGN_IN ? -1 : users.session(user);
  q.session[r] = session;
  if (session >= 0) {
    const gen = users.sessionGen(user);
    if (q.sessionGen[r] !== gen) q.edit(r).sessionGen[r] = gen;
    q.sessionPlace[r] = w.items.place[session];
  } else {
    q.sessionPlace[r] = -1;
  }
  q.state[r] = TO_BALANCER;
  if (w.legs.on)
    w.legs.add(NODE_USERS, NODE_BALANCER, w.now, w.now + w.hop, user, 0, -1, legFlags(q.kind[r]));
  w.afterHop(EV.atBalancer, r, ++q.stamp[r]);
}

export const legFlags = (kind: number): number =>
  kind === SIGN_IN ? LEG_SIGN_IN : kind === UPLOAD ? LEG_UPLOAD : 0;

export function onSend(w: World, r: number, stamp: number): number {
  if (w.requests.stamp[r] !== stamp) return STALE;
  // Every attempt has the whole time-out.
  w.clientDeadlines.set(r, w.now + w.traffic.timeoutMs);
  send(w, r);
  return DONE;
}

/** The answer (or the end of the connection) reaches its user. */
export function onAtClient(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  if (w.silent !== 0) {
    const silence = barrier(w, NODE_BALANCER, NODE_USERS);
    if (silence >= 0) {
      vanish(w, r, silence, DATA_RTO_MS);
      return VANISHED;
    }
  }
  if (w.hasAssets && q.kind[r] === BROWSE) {
    if ((q.flags[r] & ASSET) === 0) {
      if (q.status[r] === 200 && q.upload[r] > 0) return askForAsset(w, r);
    } else if (q.status[r] === 404) missAsset(w, r);
  }
  w.clientDeadlines.clear(r);
  return end(w, r, q.status[r], q.cause[r], q.because[r]);
}

/** The page has come; the asset that it names is part of the same browse, but whoever answers may run another version. */
function askForAsset(w: World, r: number): number {
  const q = w.requests;
  q.flags[r] = (q.flags[r] | ASSET) & ~(EXECUTED | PART_SENT);
  if (q.conn[r] >= 0) leaveConnection(w, r, 200);
  else if (w.traffic.keepAlive) w.users.addIdle(q.user[r]);
  send(w, r);
  return AGAIN;
}

/** The page was good and what it names is not there: the user has half a page, and no balancer calls that an error. */
function missAsset(w: World, r: number): void {
  const q = w.requests;
  q.status[r] = 200;
  w.metrics.count(M.assetsMissed);
  w.journal.add(w.now, 'asset-missed', q.because[r], q.container[r], q.user[r], q.id[r]);
}

/** The user's patience is over: the request has failed, though a server may go on working on it. */
export function onClientDeadline(w: World): number {
  const q = w.requests;
  let n = 0;
  for (let r = w.clientDeadlines.next(w.now); r >= 0; r = w.clientDeadlines.next(w.now)) {
    n++;
    const because = delayOf(w, r);
    const state = q.state[r];
    // The row ends here unless the balancer or a container still holds it.
    if (state === QUEUED) {
      const server = q.server[r];
      unlink(q, server >= 0 ? w.proxy.servers[server].queue : w.proxy.queue, r);
      w.queueDeadlines.clear(r);
    }
    const gone =
      state === AT_CLIENT ||
      state === TO_BALANCER ||
      state === QUEUED ||
      state === TURNAROUND ||
      (state === TO_CLIENT && (q.flags[r] & CONNECTED) === 0);
    if (gone) end(w, r, 0, CLIENT_TIMEOUT, because);
    else {
      // It goes on where it is; what its user does next is a row of its own.
      q.flags[r] |= ANSWERED;
      if (q.conn[r] >= 0) closeConnection(w, r);
      if (q.resends[r] >= w.traffic.retry.attempts) conclude(w, r, 0, CLIENT_TIMEOUT, because);
      else again(w, standIn(w, r), 0, true);
    }
  }
  return n === 0 ? STALE : FAILED;
}

/** The same request of the same user, to be sent once more while a container may still work on the first. */
function standIn(w: World, r: number): number {
  const q = w.requests;
  const twin = q.open(q.id[r], q.user[r], q.kind[r]);
  q.sentAt[twin] = q.sentAt[r];
  q.draw[twin] = q.draw[r];
  q.flags[twin] = q.flags[r] & (EXECUTED | DUPLICATED);
  q.resends[twin] = q.resends[r];
  q.edit(twin).upload[twin] = q.upload[r];
  return twin;
}

/** Ends a request for its user, or sends it again; frees the row unless it lives on. */
function end(w: World, r: number, status: number, cause: number, because: number): number {
  const q = w.requests;
  if (q.conn[r] >= 0) leaveConnection(w, r, status);
  const meant = status === 200 || status === 401 || status === 404 || status === 429;
  if (!meant && again(w, r, status, cause === CLIENT_TIMEOUT)) return AGAIN;
  const outcome = conclude(w, r, status, cause, because);
  q.close(r);
  return outcome;
}

/** An answer leaves the connection open for the next request; anything else has ended it. */
function leaveConnection(w: World, r: number, status: number): void {
  if (status > 0 && w.traffic.keepAlive) keepConnection(w, r);
  else closeConnection(w, r);
}

/** Counts a request's end and lets its user go on. */
function conclude(w: World, r: number, status: number, cause: number, because: number): number {
  const q = w.requests;
  const m = w.metrics;
  const user = q.user[r];
  const kind = q.kind[r];
  if (q.id[r] === w.traced)
    w.ended = { request: w.traced, container: q.container[r], status, cause, because };
  w.inFlight--;
  m.gauge(M.inFlight, w.inFlight);
  let outcome = DONE;
  if (status === 200) {
    m.count(M.ok);
    m.answered(w.now, kind === SIGN_IN ? -1 : w.now - q.sentAt[r]);
    if (kind === SIGN_IN) m.count(M.logins);
    if (w.differing > 0 && q.container[r] >= 0 && w.containers[q.container[r]].differs) m.count(M.variant);
    if (w.traffic.keepAlive) w.users.addIdle(user);
  } else if (status === 429) {
    // The application means it: an answer, though not the one that was asked for.
    m.count(M.ok);
    if (w.traffic.keepAlive) w.users.addIdle(user);
  } else if (status === 401) {
    m.count(M.unauthorized);
    outcome = REFUSED_SESSION;
    if (w.traffic.keepAlive) w.users.addIdle(user);
  } else if (status === 404) {
    m.count(M.notFound);
    outcome = NOT_FOUND;
    if (w.traffic.keepAlive) w.users.addIdle(user);
  } else {
    outcome = FAILED;
    m.count(M.failed);
    m.count(M.failedCause + cause);
    m.count(statusColumn(status));
    m.failedAt(w.now);
    w.journal.add(
      w.now,
      'request-failed',
      because,
      q.container[r],
      user,
      q.id[r],
      failureDetail(cause, status),
    );
  }
  if (w.proxy.canary !== null) tally(w, q.container[r], outcome === FAILED);
  if (kind === SIGN_IN) w.users.setSigningIn(user, false);
  if (status === 401) signInAgain(w, r);
  else closedLoop(w, user);
  return outcome;
}

const statusColumn = (status: number): number =>
  status === 500
    ? M.status500
    : status === 502
      ? M.status502
      : status === 503
        ? M.status503
        : status === 504
          ? M.status504
          : M.statusNone;

/** A refused user signs in again, unless that has happened since the request was sent. */
function signInAgain(w: World, r: number): void {
  const q = w.requests;
  const user = q.user[r];
  if (w.users.session(user) !== q.session[r] || w.users.sessionGen(user) !== q.sessionGen[r]) {
    closedLoop(w, user);
    return;
  }
  if (w.traffic.relogin === 'at-once') {
    if (!w.users.signingIn(user)) ask(w, user, SIGN_IN, drawFor(w, user), 0);
    else if (w.traffic.rate === null) closedLoop(w, user);
  } else {
    w.users.setStale(user, true);
    closedLoop(w, user);
  }
}

function closedLoop(w: World, user: number): void {
  const t = w.traffic;
  if (t.rate === null) w.after((t.thinkMs * w.users.exponential(user)) / load(w), EV.think, user);
}

/** Client retries and a browser's silent resend are attempts inside the same request. */
function again(w: World, r: number, status: number, timedOut: boolean): boolean {
  const q = w.requests;
  const t = w.traffic;
  const user = q.user[r];
  // An answer that was cut off is no silence.
  const silentClose = status === 0 && !timedOut && (q.flags[r] & (FIRST_ON_CONNECTION | PART_SENT)) === 0;
  let delay: number;
  if (t.browserResend && silentClose && !isPost(q.kind[r])) delay = 0;
  else if (q.resends[r] < t.retry.attempts) {
    const backoff = Math.min(t.retry.maxMs, t.retry.backoffMs * (1 << Math.min(16, q.resends[r])));
    delay = backoff * (1 - t.retry.jitter * w.users.uniform(user));
    q.resends[r]++;
  } else return false;
  q.state[r] = AT_CLIENT;
  q.flags[r] &= ~PART_SENT;
  if (q.because[r] >= 0) q.edit(r).because[r] = -1;
  q.server[r] = -1;
  q.container[r] = -1;
  w.clientDeadlines.clear(r);
  w.after(delay, EV.send, r, ++q.stamp[r]);
  return true;
}

/** Sends a request's answer from the balancer to its user. */
export function answer(w: World, r: number, status: number, cause: number, because: number): void {
  const q = w.requests;
  if (q.kind[r] === STREAM || q.kind[r] === CHECK) return;
  q.state[r] = TO_CLIENT;
  q.status[r] = status;
  q.cause[r] = cause;
  if (because >= 0) q.edit(r).because[r] = because;
  if (w.legs.on) {
    w.legs.add(
      NODE_BALANCER,
      NODE_USERS,
      w.now,
      w.now + w.hop,
      q.user[r],
      outcomeOf(status),
      cause,
      LEG_BACK | legFlags(q.kind[r]) | (status === 503 ? LEG_503 : 0),
    );
  }
  w.afterHop(EV.atClient, r, ++q.stamp[r]);
}

/** Service time in ms of a request in a container whose code behaves so. */
export function workMs(w: World, r: number, code: Behaviour): number {
  const q = w.requests;
  const d = code.serviceTime ?? w.app.serviceTime;
  const base = code.slow * scaled(d, d.kind === w.app.serviceTime.kind ? q.draw[r] : w.random.work.draw(d));
  return q.kind[r] === SIGN_IN ? base + w.traffic.signInMs * w.users.exponential(q.user[r]) : base;
}
