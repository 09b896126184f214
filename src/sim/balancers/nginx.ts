import { failAtBalancer, redispatch } from '../model/balancing.ts';
import { KEPT, isPost } from '../model/requests.ts';
import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';
import type { Balancer } from './balancer.ts';
import { byAddress, byHash, leastConn, randomly, turns } from './nginx-peers.ts';

/** nginx, open source: passive checks only, the next server for whatever may be sent twice (R-4, S-92 to S-96). */
export const nginx: Balancer = {
  name: 'nginx',
  runsIn: 'container',
  perConnection: false,
  checks: false,
  finishesOn: 'QUIT',
  noServerStatus: 502,

  pick(w, r) {
    const index = choose(w, r);
    if (index >= 0) ask(w, r, w.proxy.servers[index]);
    return index;
  },

  /** The server that a cookie names, unless it is banned or has failed this request (S-96). */
  takes(w, r, s) {
    if (tried(w, r, s) || banned(w, s)) return false;
    ask(w, r, s);
    return true;
  },

  /** A changed list of servers is a reload: new workers know nothing of failures. */
  changed(w) {
    for (const s of w.proxy.servers) {
      s.fails = 0;
      s.effective = 1;
      s.credit = 0;
    }
  },

  connectFailed(w, r, timedOut) {
    const server = w.proxy.servers[w.requests.server[r]];
    blame(w, server, w.requests.because[r]);
    // A refused connection was not a request yet: every method goes on to the next server.
    if (othersLeft(w, r) && passesOn(w, timedOut ? 'timeout' : 'error')) return redispatch(w, r, 0);
    return failAtBalancer(w, r, timedOut ? 504 : 502, 'connect-refused', w.requests.because[r]);
  },

  serverDied(w, r, because) {
    const q = w.requests;
    const server = w.proxy.servers[q.server[r]];
    blame(w, server, because);
    // One more attempt after a kept connection; a group of one has nobody else to ask.
    if ((q.flags[r] & KEPT) !== 0) {
      q.retries[r]--;
      if (w.proxy.up.length === 1) q.edit(r).tried[r] &= ~bit(server);
    }
    if (othersLeft(w, r) && passesOn(w, 'error') && repeatable(w, q.kind[r])) return redispatch(w, r, 0);
    return failAtBalancer(w, r, 502, 'reset', because);
  },

  serverTimedOut(w, r) {
    const q = w.requests;
    const server = w.proxy.servers[q.server[r]];
    blame(w, server, q.because[r]);
    if (othersLeft(w, r) && passesOn(w, 'timeout') && repeatable(w, q.kind[r])) return redispatch(w, r, 0);
    return failAtBalancer(w, r, 504, 'server-timeout', w.requests.because[r]);
  },

  answered(_w, s) {
    // A passed probe ends the ban (fails are forgotten once one answer came after the last failure).
    if (s.fails > 0 && s.failedAt < s.failsSince) s.fails = 0;
  },

  /**
   * `proxy_next_upstream http_503`: a status of the application's own counts as a failure if it is listed (but 403 and 404
   * never ban), as long as there is another server to ask; the last one's answer is the client's.
   */
  notGood(w, r, status) {
    const q = w.requests;
    if (!passesOn(w, `http_${status}`) || !othersLeft(w, r) || !repeatable(w, q.kind[r])) return -1;
    if (status !== 403 && status !== 404) blame(w, w.proxy.servers[q.server[r]], q.because[r]);
    return redispatch(w, r, 0);
  },
};

function choose(w: World, r: number): number {
  switch (w.lb.balance) {
    case 'roundrobin':
      return turns(w, r, usable);
    case 'leastconn':
      return leastConn(w, r, usable);
    case 'random':
      return randomly(w, r, usable, true);
    case 'random(1)':
      return randomly(w, r, usable, false);
    case 'source':
      return byAddress(w, r, usable);
    case 'hash-user':
      return byHash(w, r, usable);
  }
}

const usable = (w: World, r: number, s: Server): boolean =>
  s.state === 'up' && !tried(w, r, s) && !banned(w, s);

/** The first request after a ban is a probe: the others wait for its outcome another fail_timeout. */
function ask(w: World, r: number, s: Server): void {
  if (s.fails > 0 && seconds(w) - s.failsSince > w.lb.failTimeoutMs / 1000) s.failsSince = seconds(w);
  w.requests.edit(r).tried[r] |= bit(s);
  w.requests.retries[r]++;
}

/** As many attempts as there are servers, banned ones too; after the last its own error is the answer (S-94). */
const othersLeft = (w: World, r: number): boolean => w.requests.retries[r] < w.proxy.members.length;

/** nginx counts time in whole seconds of its own clock. */
const seconds = (w: World): number => Math.floor((w.now + w.proxy.clockPhase) / 1000);

const bit = (s: Server): number => (s.index < 31 ? 1 << s.index : 0);
const tried = (w: World, r: number, s: Server): boolean =>
  s.index < 31
    ? (w.requests.tried[r] & bit(s)) !== 0
    : w.requests.retries[r] > 0 && w.requests.server[r] === s.index;

/** Out for `fail_timeout` after `max_fails` failures; a group of one is never banned (S-93). */
function banned(w: World, s: Server): boolean {
  const max = w.lb.maxFails;
  if (max === 0 || s.fails < max || w.proxy.up.length === 1) return false;
  return seconds(w) - s.failsSince <= w.lb.failTimeoutMs / 1000;
}

function blame(w: World, s: Server, cause: number): void {
  s.fails++;
  s.failEntry = cause;
  // Its weight of 1 is shared by max_fails failures, in whole numbers.
  if (w.lb.maxFails === 1) s.effective = 0;
  s.failsSince = seconds(w);
  s.failedAt = seconds(w);
}

const passesOn = (w: World, what: string): boolean =>
  !w.lb.nextUpstream.includes('off') && w.lb.nextUpstream.includes(what);

/** POST is not sent twice unless told so (S-94). */
const repeatable = (w: World, kind: number): boolean =>
  !isPost(kind) || w.lb.nextUpstream.includes('non_idempotent');
