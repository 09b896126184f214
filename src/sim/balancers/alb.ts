import { failAtBalancer } from '../model/balancing.ts';
import { shutSessions } from '../model/checks.ts';
import { EV } from '../model/events.ts';
import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';
import type { Balancer } from './balancer.ts';
import { leastconn, random, roundrobin } from './pick.ts';

/** AWS Application Load Balancer (S-97 to S-100): retries nothing, and sends to all targets when none is healthy. */
export const alb: Balancer = {
  name: 'alb',
  runsIn: 'cloud',
  perConnection: false,
  keepsPerServer: true,
  checks: true,
  firstCheckSuffices: true,
  drainKeepsCookies: false,
  noServerStatus: 503,

  pick(w) {
    if (w.proxy.up.length === 0) return failOpen(w);
    switch (w.lb.balance) {
      case 'leastconn':
        return leastconn(w, -1);
      case 'random':
      case 'random(1)':
        return random(w, 1, -1);
      default:
        return roundrobin(w, -1);
    }
  },

  connectFailed: (w, r, timedOut) =>
    timedOut
      ? failAtBalancer(w, r, 504, 'server-timeout', w.requests.because[r])
      : failAtBalancer(w, r, 502, 'connect-refused', w.requests.because[r]),
  serverDied: (w, r, because) => failAtBalancer(w, r, 502, 'reset', because),
  serverTimedOut: (w, r) => failAtBalancer(w, r, 504, 'server-timeout', w.requests.because[r]),

  /** A target that is deregistered drains; the last healthy one that goes leaves the door open to all (S-97, S-98). */
  changed(w, s) {
    if (s.state === 'maint' || s.state === 'drain')
      w.after(w.lb.deregistrationMs, EV.deregistered, s.index, ++s.inc);
    if (s.state !== 'up' && w.proxy.up.length === 0 && w.proxy.servers.some(registered))
      w.proxy.entry = w.journal.add(w.now, 'fail-open', s.entry, s.container);
  },

  deregistered(w, s) {
    shutSessions(w, s, s.entry, { status: 502, streams: true });
  },
};

const registered = (s: Server): boolean => s.state === 'up' || s.state === 'down';

/** All targets that are registered, in turn, whatever their health (S-97); none at all is a 503 (S-100). */
function failOpen(w: World): number {
  const p = w.proxy;
  const n = p.servers.length;
  for (let k = 0; k < n; k++) {
    const s = p.servers[p.turn >= n ? 0 : p.turn];
    p.turn = s.index + 1;
    if (registered(s)) return s.index;
  }
  return -1;
}
