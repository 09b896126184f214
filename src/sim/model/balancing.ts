import { openConnection } from './connections.ts';
import { pickShare } from './canary.ts';
import { EV } from './events.ts';
import { causeCode, answer, legFlags } from './traffic.ts';
import { takeKept } from './kept.ts';
import { LEG_503, LEG_BACK, LEG_RETRIED, NODE_BALANCER, NODE_USERS, nodeOf } from './legs.ts';
import { DATA_RTO_MS, SYN_RTO_MS, barrier, vanish } from './network.ts';
import {
  ANEW,
  ANSWERED,
  CONNECTED,
  DIRECT,
  FIRST_ON_CONNECTION,
  KEPT,
  QUEUED,
  STREAM,
  TO_BALANCER,
  TO_SERVER,
  TURNAROUND,
  UNANSWERED,
  append,
  unlink,
} from './requests.ts';
import type { Server } from './server.ts';
import { streamRefused } from './streams.ts';
import { noServerBecause, shortageOf } from './trouble.ts';
import type { World } from './world.ts';

/** Outcome codes of the events here. */
export const PASSED = 0;
export const STALE = 1;
export const NO_SERVER = 2;
export const QUEUED_UP = 3;
export const RETRIED = 4;
export const ANSWERED_BY_BALANCER = 5;
export const VANISHED = 6;

/** A request arrives at the balancer. */
export function onAtBalancer(w: World, r: number, stamp: number): number {
  if (w.requests.stamp[r] !== stamp) return STALE;
  if (w.silent !== 0) {
    const silence = barrier(w, NODE_BALANCER, NODE_USERS);
    if (silence >= 0) {
      const first = (w.requests.flags[r] & FIRST_ON_CONNECTION) !== 0;
      vanish(w, r, silence, first ? SYN_RTO_MS : DATA_RTO_MS);
      return VANISHED;
    }
  }
  return route(w, r);
}

/** Chooses a server: by the cookie if there is one and its server takes it (R-1.3, S-87, S-90), else by the algorithm. With `option persist` a server that is DOWN has it too. */
export function route(w: World, r: number): number {
  const q = w.requests;
  if (!w.frontUp) {
    return failAtBalancer(w, r, 0, 'connect-refused', w.frontEntry);
  }
  if (w.pinned && q.conn[r] >= 0) return alongConnection(w, r);
  q.flags[r] &= ~DIRECT;
  if (w.lb.sticky === 'cookie' && q.kind[r] !== STREAM) {
    const c = w.users.server(q.user[r]);
    const s = c >= 0 ? w.containers[c].server : -1;
    const state = s >= 0 ? w.proxy.servers[s].state : 'absent';
    if (
      (state === 'up' ||
        (state === 'down' && w.lb.persist) ||
        (state === 'drain' && w.balancer.drainKeepsCookies !== false)) &&
      (w.balancer.takes === undefined || w.balancer.takes(w, r, w.proxy.servers[s]))
    ) {
      q.flags[r] |= DIRECT;
      return toServer(w, r, s);
    }
    if (s >= 0) q.edit(r).because[r] = w.proxy.servers[s].entry;
  }
  return routeAnew(w, r);
}

/** A kept-alive connection ends where it was opened to, whatever has become of that since (S-53, S-70). */
function alongConnection(w: World, r: number): number {
  const c = w.connections.container[w.requests.conn[r]];
  connect(w, r, w.proxy.servers[w.containers[c].server]);
  return PASSED;
}

/** Chooses by the algorithm alone. */
export function routeAnew(w: World, r: number): number {
  const s = w.proxy.canary === null ? w.balancer.pick(w, r) : pickShare(w, r);
  if (s === -1) return failAtBalancer(w, r, w.balancer.noServerStatus, 'no-server', noServerBecause(w));
  if (s === -2) return enqueue(w, r, -1);
  return toServer(w, r, s);
}

/** Connects, or waits for one of the server's `maxconn` places (S-88). */
function toServer(w: World, r: number, s: number): number {
  const server = w.proxy.servers[s];
  if (w.lb.maxconn > 0 && server.current >= w.lb.maxconn) return enqueue(w, r, s);
  connect(w, r, server);
  return PASSED;
}

function enqueue(w: World, r: number, s: number): number {
  const q = w.requests;
  q.server[r] = s;
  q.state[r] = QUEUED;
  append(q, s >= 0 ? w.proxy.servers[s].queue : w.proxy.queue, r);
  q.stamp[r]++;
  w.queueDeadlines.set(r, w.now + (w.lb.queueTimeoutMs ?? w.lb.connectTimeoutMs));
  return QUEUED_UP;
}

/** `timeout queue`: a request that waited too long for a place. */
export function onQueueTimeout(w: World): number {
  const q = w.requests;
  let n = 0;
  for (let r = w.queueDeadlines.next(w.now); r >= 0; r = w.queueDeadlines.next(w.now)) {
    n++;
    const s = q.server[r];
    leaveQueue(w, r);
    failAtBalancer(w, r, 503, 'queue-timeout', shortageOf(w, s));
  }
  return n === 0 ? STALE : ANSWERED_BY_BALANCER;
}

/** Takes a request out of the queue that it waits in: its server's own, or the one for any server. */
export function leaveQueue(w: World, r: number): void {
  const s = w.requests.server[r];
  w.queueDeadlines.clear(r);
  unlink(w.requests, s >= 0 ? w.proxy.servers[s].queue : w.proxy.queue, r);
}

/** Sends a request to a server: one hop, a place among its connections, and the server's time begins to run. */
export function connect(w: World, r: number, server: Server, delay = 0): void {
  const q = w.requests;
  server.current++;
  server.used = ++w.proxy.uses;
  q.flags[r] = (q.flags[r] | CONNECTED) & ~(UNANSWERED | KEPT);
  q.server[r] = server.index;
  q.container[r] = server.container;
  q.state[r] = TO_SERVER;
  if (w.lb.keepalive > 0) takeKept(w, r, server);
  if (w.pinned && q.conn[r] < 0 && q.kind[r] !== STREAM) openConnection(w, r, server);
  if (w.legs.on)
    w.legs.add(
      NODE_BALANCER,
      nodeOf(server.container),
      w.now,
      w.now + w.hop,
      q.user[r],
      0,
      -1,
      legFlags(q.kind[r]),
    );
  const stamp = ++q.stamp[r];
  if (delay > 0) w.after(w.hop + delay, EV.atServer, r, stamp);
  else w.afterHop(EV.atServer, r, stamp);
  if (q.kind[r] !== STREAM) w.serverDeadlines.set(r, w.now + w.lb.serverTimeoutMs);
}

/** Gives the request's connection back, and its place to whoever waits for it. */
export function release(w: World, r: number): void {
  const q = w.requests;
  w.serverDeadlines.clear(r);
  if ((q.flags[r] & CONNECTED) === 0) return;
  q.flags[r] &= ~CONNECTED;
  const server = w.proxy.servers[q.server[r]];
  server.current--;
  dequeue(w, server);
}

/** The oldest of those that wait for this server or for any (S-88). A hand-over costs the worker `handover`. */
export function dequeue(w: World, server: Server): void {
  const q = w.requests;
  const max = w.lb.maxconn;
  while (max > 0 && server.current < max) {
    const own = server.queue.head;
    const any = server.state === 'up' ? w.proxy.queue.head : -1;
    if (own < 0 && any < 0) return;
    const useOwn = own >= 0 && (any < 0 || q.id[own] < q.id[any]);
    const r = useOwn ? own : any;
    leaveQueue(w, r);
    connect(w, r, server, w.lb.handoverMs);
  }
}

/** The server refused (`connFailed` of the balancer decides). */
export function onRefused(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  release(w, r);
  if ((q.flags[r] & ANSWERED) !== 0) {
    q.close(r);
    return STALE;
  }
  return w.balancer.connectFailed(w, r, (q.flags[r] & UNANSWERED) !== 0);
}

/** The wait before another attempt is over. */
export function onRetry(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const s = q.server[r];
  if ((q.flags[r] & ANEW) === 0 && s >= 0 && w.proxy.servers[s].state !== 'absent') return toServer(w, r, s);
  q.flags[r] &= ~ANEW;
  return routeAnew(w, r);
}

/** Another attempt at the same server, after `delay` ms. */
export function retrySame(w: World, r: number, delay: number): number {
  const q = w.requests;
  if (w.legs.on) drawRetry(w, r);
  q.state[r] = TURNAROUND;
  if (delay > 0) w.after(delay, EV.retry, r, ++q.stamp[r]);
  else return onRetry(w, r, ++q.stamp[r]);
  return RETRIED;
}

/** Another attempt at whichever server the algorithm names, after `delay` ms. */
export function redispatch(w: World, r: number, delay: number): number {
  const q = w.requests;
  if (w.legs.on) drawRetry(w, r);
  q.flags[r] &= ~DIRECT;
  if (delay > 0) {
    q.state[r] = TURNAROUND;
    q.flags[r] |= ANEW;
    w.after(delay, EV.retry, r, ++q.stamp[r]);
    return RETRIED;
  }
  q.state[r] = TO_BALANCER;
  return routeAnew(w, r);
}

/** The balancer itself answers with an error, or closes without a word (status 0). */
export function failAtBalancer(
  w: World,
  r: number,
  status: number,
  cause: Parameters<typeof causeCode>[0],
  because: number,
): number {
  const q = w.requests;
  release(w, r);
  if (q.kind[r] === STREAM) {
    streamRefused(w, r);
    return NO_SERVER;
  }
  answer(w, r, status, causeCode(cause), because);
  return ANSWERED_BY_BALANCER;
}

/** The failed attempt comes back to the balancer, which makes another: its user sees nothing of it. */
function drawRetry(w: World, r: number): void {
  const q = w.requests;
  const from = nodeOf(q.container[r]);
  w.legs.add(from, NODE_BALANCER, w.now, w.now, q.user[r], LEG_RETRIED, -1, LEG_BACK | legFlags(q.kind[r]));
}

/** Legs of an answer on its way from a container. */
export function drawAnswer(w: World, r: number, outcome: number, cause: number): void {
  const q = w.requests;
  w.legs.add(
    nodeOf(q.container[r]),
    NODE_BALANCER,
    w.now,
    w.now + w.hop,
    q.user[r],
    outcome,
    cause,
    LEG_BACK | legFlags(q.kind[r]) | (q.status[r] === 503 ? LEG_503 : 0),
  );
}
