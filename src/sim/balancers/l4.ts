import { failAtBalancer } from '../model/balancing.ts';
import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';
import type { Balancer } from './balancer.ts';
import { turnOf } from './pick.ts';

/**
 * Layer 4: Swarm's VIP (IPVS, in turn: S-53) and kube-proxy (at random: S-70) choose a container per *connection*, know no
 * HTTP, try nothing twice and have no time-out of their own. Whatever happens to the container happens to the client.
 */
export const l4: Balancer = {
  name: 'l4',
  runsIn: 'platform',
  perConnection: true,
  checks: false,
  noServerStatus: 0,

  pick(w, r) {
    const up = w.proxy.up;
    if (up.length === 0) return -1;
    switch (w.lb.balance) {
      case 'roundrobin':
        return turnOf(w, anyone);
      case 'leastconn':
        return fewest(w);
      case 'source':
      case 'hash-user':
        return affine(w, w.requests.user[r]);
      case 'random':
      case 'random(1)':
        return anyOf(w);
    }
  },
  // Nobody answers in the container's stead, so there is no status (A3).
  connectFailed: (w, r) => failAtBalancer(w, r, 0, 'connect-refused', w.requests.because[r]),
  serverDied: (w, r, because) => failAtBalancer(w, r, 0, 'reset', because),
  serverTimedOut: (w, r) => failAtBalancer(w, r, 0, 'client-timeout', w.requests.because[r]),
};

const anyone = (): boolean => true;
const anyOf = (w: World): number => w.proxy.up[w.random.balancer.below(w.proxy.up.length)];

/** IPVS `lc`: open connections count, idle ones and streams too. */
function fewest(w: World): number {
  const p = w.proxy;
  let best: Server | null = null;
  for (const i of p.up) {
    const s = p.servers[i];
    if (best === null || open(w, s) < open(w, best)) best = s;
  }
  return best === null ? -1 : best.index;
}

const open = (w: World, s: Server): number => s.connections + w.containers[s.container].streams;

/** `sessionAffinity: ClientIP`: where the address went before, for as long as that is an endpoint (S-70). */
function affine(w: World, user: number): number {
  const before = w.users.server(user);
  const s = before >= 0 ? w.containers[before].server : -1;
  if (s >= 0 && w.proxy.servers[s].state === 'up') return s;
  const next = anyOf(w);
  w.users.setServer(user, w.proxy.servers[next].container);
  return next;
}
