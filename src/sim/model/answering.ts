/** What comes back from a container, or does not: how the balancer takes it. */
import { ANSWERED_BY_BALANCER, PASSED, STALE, VANISHED, failAtBalancer, release } from './balancing.ts';
import { EV } from './events.ts';
import { keep } from './kept.ts';
import { NODE_BALANCER, nodeOf } from './legs.ts';
import { DATA_RTO_MS, barrier, vanish } from './network.ts';
import {
  ANSWERED,
  BACKLOG,
  CONNECTED,
  FIRST_ON_CONNECTION,
  STREAM,
  STREAMING,
  PART_SENT,
  SENDING,
  STORE_TRIP,
  STORE_WAIT,
  TO_CLIENT,
  WORKING,
} from './requests.ts';
import { dropStream } from './streams.ts';
import { answer } from './traffic.ts';
import { delayOf } from './trouble.ts';
import type { World } from './world.ts';

/** The answer of a container passes the balancer. */
export function onBack(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  // Nobody waits for it any more: whether it arrives makes no difference.
  if ((q.flags[r] & ANSWERED) !== 0) {
    release(w, r);
    q.close(r);
    return STALE;
  }
  const c = q.container[r];
  if (w.silent !== 0) {
    const silence = barrier(w, NODE_BALANCER, nodeOf(c));
    if (silence >= 0) {
      vanish(w, r, silence, DATA_RTO_MS);
      return VANISHED;
    }
  }
  release(w, r);
  if (q.status[r] !== 200 && w.balancer.notGood !== undefined) {
    const again = w.balancer.notGood(w, r, q.status[r]);
    if (again >= 0) return again;
  }
  if (q.server[r] >= 0) {
    const server = w.proxy.servers[q.server[r]];
    w.balancer.answered?.(w, server, r);
    if (w.lb.keepalive > 0) keep(w, r, server);
  }
  if (w.lb.sticky === 'cookie' && w.users.server(q.user[r]) !== c) w.users.setServer(q.user[r], c);
  answer(w, r, q.status[r], q.cause[r], q.because[r]);
  return PASSED;
}

/** The connection to the server broke while the request was with it. */
export function onReset(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  if (w.silent !== 0 && barrier(w, NODE_BALANCER, nodeOf(q.container[r])) >= 0) return loseReset(w, r);
  release(w, r);
  if (q.kind[r] === STREAM) {
    dropStream(w, r);
    return PASSED;
  }
  if ((q.flags[r] & ANSWERED) !== 0) {
    q.close(r);
    return STALE;
  }
  // The status has gone out: a cut 200 is all that the client gets, whatever may be retried.
  if ((q.flags[r] & PART_SENT) !== 0) return failAtBalancer(w, r, 0, 'truncated', q.because[r]);
  return w.balancer.serverDied(w, r, q.because[r]);
}

/** The reset itself has vanished, and is not sent again: the balancer learns nothing until it gives up. */
function loseReset(w: World, r: number): number {
  const q = w.requests;
  if ((q.flags[r] & ANSWERED) !== 0) {
    release(w, r);
    q.close(r);
  } else if (q.kind[r] === STREAM) w.after(w.lb.serverTimeoutMs, EV.streamSilent, r, q.stamp[r]);
  return VANISHED;
}

/** 502 on the first request of a client connection, a silent close on any later one. */
export function resetAnswer(w: World, r: number, because: number): number {
  const first = (w.requests.flags[r] & FIRST_ON_CONNECTION) !== 0;
  return failAtBalancer(w, r, first ? 502 : 0, 'reset', because);
}

/** `timeout server`: the client is answered; what the server still holds of it lives on as a row of its own. */
export function onServerDeadline(w: World): number {
  const q = w.requests;
  let n = 0;
  for (let r = w.serverDeadlines.next(w.now); r >= 0; r = w.serverDeadlines.next(w.now)) {
    n++;
    if ((q.flags[r] & ANSWERED) !== 0) {
      // Nobody waits for it any more, and nothing will come.
      if (q.state[r] === TO_CLIENT) {
        release(w, r);
        q.close(r);
      }
      continue;
    }
    const because = delayOf(w, r);
    const twin = detach(w, r);
    q.edit(twin).because[twin] = because;
    if ((q.flags[twin] & PART_SENT) !== 0) failAtBalancer(w, twin, 0, 'truncated', because);
    else w.balancer.serverTimedOut(w, twin);
  }
  return n === 0 ? STALE : ANSWERED_BY_BALANCER;
}

/**
 * Parts a request from the container that has it: the container keeps the old row, whose user is gone; the returned row
 * goes on for the user. Its connection is given back.
 */
export function detach(w: World, r: number): number {
  const q = w.requests;
  const state = q.state[r];
  const inside =
    state === BACKLOG ||
    state === STORE_TRIP ||
    state === STORE_WAIT ||
    state === WORKING ||
    state === SENDING ||
    state === STREAMING;
  if (!inside) {
    release(w, r);
    q.stamp[r]++;
    return r;
  }
  const twin = q.open(q.id[r], q.user[r], q.kind[r]);
  q.sentAt[twin] = q.sentAt[r];
  q.draw[twin] = q.draw[r];
  q.flags[twin] = q.flags[r];
  q.server[twin] = q.server[r];
  q.container[twin] = q.container[r];
  q.retries[twin] = q.retries[r];
  q.edit(twin).tried[twin] = q.tried[r];
  q.resends[twin] = q.resends[r];
  q.session[twin] = q.session[r];
  q.edit(twin).sessionGen[twin] = q.sessionGen[r];
  q.sessionPlace[twin] = q.sessionPlace[r];
  q.edit(twin).upload[twin] = q.upload[r];
  q.edit(twin).conn[twin] = q.conn[r];
  q.edit(r).conn[r] = -1;
  w.clientDeadlines.hand(r, twin);
  w.serverDeadlines.clear(r);
  q.flags[r] = (q.flags[r] | ANSWERED) & ~CONNECTED;
  release(w, twin);
  return twin;
}
