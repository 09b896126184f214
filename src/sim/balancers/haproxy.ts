import { failAtBalancer, redispatch, resetAnswer, retrySame } from '../model/balancing.ts';
import { failCheck, hurryCheck, markDown } from '../model/checks.ts';
import { DIRECT, POST, CHECKOUT, UPLOAD } from '../model/requests.ts';
import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';
import type { Balancer } from './balancer.ts';
import { byHash, isHashed } from './haproxy-hash.ts';
import { leastconn, random, roundrobin } from './pick.ts';

/** HAProxy as it behaves and as its source has it (R-1 to, S-81 to S-91). */
export const haproxy: Balancer = {
  name: 'haproxy',
  runsIn: 'container',
  perConnection: false,
  keepsPerServer: true,
  firstOnItsOwn: true,
  checks: true,
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
        return random(w, 2, avoid);
      case 'random(1)':
        return random(w, 1, avoid);
      case 'source':
      case 'hash-user':
        return byHash(w, r, avoid);
    }
  },

  /**
   * A failed attempt. With `redispatch` another server is tried at once where no cookie or hash binds and another is up,
   * when the server is no longer up, or at every k-th retry (default: the last). Else the same one again, after
   * min(1 s, timeout connect); after a timeout nobody waits twice.
   */
  connectFailed(w, r, timedOut) {
    const q = w.requests;
    const lb = w.lb;
    const server = w.proxy.servers[q.server[r]];
    blame(w, server, q.because[r]);
    if (q.retries[r] >= lb.retries) return failAtBalancer(w, r, 503, 'connect-refused', q.because[r]);
    const tries = ++q.retries[r];
    const wait = timedOut ? 0 : Math.min(1000, lb.connectTimeoutMs);
    if (lb.redispatch !== false) {
      const every = lb.redispatch === true ? lb.retries : lb.redispatch;
      const others = w.proxy.up.length > 1 && !isHashed(w);
      const due = every > 0 && tries % every === 0;
      if (server.state !== 'up' || due || ((q.flags[r] & DIRECT) === 0 && others)) {
        // With one server (or none) to go to, the attempts are spaced all the same.
        return redispatch(w, r, w.proxy.up.length <= 1 ? wait : 0);
      }
    }
    return retrySame(w, r, wait);
  },

  /** Never sent again by default; `retry-on all-retryable-errors` executes it a second time, POST included. */
  serverDied(w, r, because) {
    const q = w.requests;
    const lb = w.lb;
    if (lb.observe === 'layer7') blame(w, w.proxy.servers[q.server[r]], because);
    if (
      lb.retryOn === 'all-retryable-errors' &&
      q.retries[r] < lb.retries &&
      !(lb.noPost && isPost(q.kind[r]))
    ) {
      const tries = ++q.retries[r];
      const every = lb.redispatch === true ? lb.retries : lb.redispatch === false ? 0 : lb.redispatch;
      const away = lb.redispatch !== false && (w.proxy.up.length > 1 || (every > 0 && tries % every === 0));
      return away ? redispatch(w, r, 0) : retrySame(w, r, 0);
    }
    return resetAnswer(w, r, because);
  },

  serverTimedOut(w, r) {
    const c = w.requests.container[r];
    const cause = c >= 0 ? w.containers[c].entry : -1;
    if (w.lb.observe === 'layer7' && w.requests.server[r] >= 0)
      blame(w, w.proxy.servers[w.requests.server[r]], cause);
    return failAtBalancer(w, r, 504, 'server-timeout', cause);
  },

  answered(w, s, r) {
    if (w.lb.observe === null) return;
    if (w.lb.observe === 'layer7' && isServerFault(w.requests.status[r])) blame(w, s, w.requests.because[r]);
    else s.errors = 0;
  },
};

const isPost = (kind: number): boolean => kind === POST || kind === CHECKOUT || kind === UPLOAD;

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
