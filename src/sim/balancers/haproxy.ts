import { resetAnswer } from '../model/answering.ts';
import { failAtBalancer, redispatch, retrySame } from '../model/balancing.ts';
import { failCheck, hurryCheck, markDown } from '../model/checks.ts';
import { DIRECT, STREAM, isPost } from '../model/requests.ts';
import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';
import type { Balancer } from './balancer.ts';
import { byHash, drawOnCircle, isHashed } from './haproxy-hash.ts';
import { leastconn, random, roundrobin } from './pick.ts';

/** HAProxy as it behaves and as its source has it (R-1 to, S-81 to S-91). */
export const haproxy: Balancer = {
  name: 'haproxy',
  runsIn: 'container',
  perConnection: false,
  keepsPerServer: true,
  firstOnItsOwn: true,
  checks: true,
  finishesOn: 'USR1',
  noServerStatus: 503,

  /** A retry avoids the server that has just failed it, where there is another. */
  pick(w, r) {
    const q = w.requests;
    const avoid = q.retries[r] > 0 ? q.server[r] : -1;
    switch (w.lb.balance) {
      case 'roundrobin':
        return roundrobin(w, avoid);
      case 'leastconn':
        return leastconn(w, avoid);
      case 'random':
        return drawn(w, 2, avoid);
      case 'random(1)':
        return drawn(w, 1, avoid);
      case 'source':
      case 'hash-user':
        return byHash(w, r, avoid);
    }
  },

  /**
   * A failed attempt. With `redispatch` another server is tried at once where neither cookie nor hash binds and
   * another is up, when the server is no longer up, or at every k-th retry (default: the last). Else the same one again,
   * after min(1 s, timeout connect); after a timeout nobody waits twice.
   */
  connectFailed(w, r, timedOut) {
    const q = w.requests;
    const lb = w.lb;
    const server = w.proxy.servers[q.server[r]];
    blame(w, server, q.because[r]);
    if (q.retries[r] >= lb.retries || !retriesOn(w, 'conn-failure'))
      return failAtBalancer(w, r, 503, 'connect-refused', q.because[r]);
    q.retries[r]++;
    const wait = timedOut ? 0 : Math.min(1000, lb.connectTimeoutMs);
    // With one server (or none) to go to, the attempts are spaced all the same.
    if (leavesServer(w, r, server)) return redispatch(w, r, w.proxy.up.length <= 1 ? wait : 0);
    return retrySame(w, r, wait);
  },

  /** Never sent again by default; `retry-on empty-response` executes it a second time, POST included. */
  serverDied(w, r, because) {
    if (w.lb.observe === 'layer7') blame(w, w.proxy.servers[w.requests.server[r]], because);
    const again = sendAgain(w, r, 'empty-response');
    return again >= 0 ? again : resetAnswer(w, r, because);
  },

  serverTimedOut(w, r) {
    const cause = w.requests.because[r];
    if (w.lb.observe === 'layer7' && w.requests.server[r] >= 0)
      blame(w, w.proxy.servers[w.requests.server[r]], cause);
    const again = sendAgain(w, r, 'response-timeout');
    return again >= 0 ? again : failAtBalancer(w, r, 504, 'server-timeout', cause);
  },

  notGood: (w, r, status) => sendAgain(w, r, String(status)),

  answered(w, s, r) {
    if (w.lb.observe === null) return;
    if (w.lb.observe === 'layer7' && isServerFault(w.requests.status[r])) blame(w, s, w.requests.because[r]);
    else s.errors = 0;
  },
};

/** At random among the servers that are up, or among their points on the circle, which is where HAProxy draws (S-86). */
const drawn = (w: World, draws: number, avoid: number): number =>
  w.lb.hashType === 'consistent' ? drawOnCircle(w, draws, avoid) : random(w, draws, avoid);

/** What `all-retryable-errors` stands for. */
const ALL_RETRYABLE = ['conn-failure', 'empty-response', 'response-timeout', '500', '502', '503', '504'];

const retriesOn = (w: World, what: string): boolean =>
  w.lb.retryOn.includes(what) ||
  (w.lb.retryOn.includes('all-retryable-errors') && ALL_RETRYABLE.includes(what));

/** Whether the attempt after a failed one chooses anew (S-84): not where a cookie or a hash names the server, but for its turn. */
function leavesServer(w: World, r: number, server: Server): boolean {
  const lb = w.lb;
  const q = w.requests;
  if (lb.redispatch === false) return false;
  const every = lb.redispatch === true ? lb.retries : lb.redispatch;
  const down = server.state !== 'up' && server.state !== 'drain';
  if (down || (every > 0 && q.retries[r] % every === 0)) return true;
  const bound = (q.flags[r] & DIRECT) !== 0 || isHashed(w);
  return !bound && w.proxy.up.length > 1;
}

/** Sends a request that has reached a server once more, at once, if `retry-on` says so. -1 = it does not. */
function sendAgain(w: World, r: number, what: string): number {
  const q = w.requests;
  if (q.kind[r] === STREAM || q.retries[r] >= w.lb.retries || !retriesOn(w, what)) return -1;
  if (w.lb.noPost && isPost(q.kind[r])) return -1;
  q.retries[r]++;
  return leavesServer(w, r, w.proxy.servers[q.server[r]]) ? redispatch(w, r, 0) : retrySame(w, r, 0);
}

/**
 * `observe`: `error-limit` errors of live traffic in a row do what `on-error` says. Layer 4 sees connections only,
 * layer 7 every answer. All of it hurries the next check, if `fastinter` is set.
 */
function blame(w: World, s: Server, cause: number): void {
  const lb = w.lb;
  if (lb.observe === null || s.state !== 'up' || ++s.errors < lb.errorLimit) return;
  s.errors = 0;
  const rise = lb.check?.rise ?? 1;
  if (lb.onError === 'mark-down') markDown(w, s, cause);
  else if (lb.onError === 'sudden-death') {
    // As after the last failed check but one: the next that fails takes it down.
    if (s.health > rise) s.health = rise + 1;
    failCheck(w, s, cause);
  } else if (lb.onError === 'fail-check') failCheck(w, s, cause);
  hurryCheck(w, s);
}

/** Statuses that `observe layer7` takes for the server's fault. */
const isServerFault = (status: number): boolean => status >= 500 && status !== 501 && status !== 505;
