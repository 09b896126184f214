import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';

/** Algorithms shared by the balancers. All return a server index, -1 if none is up, -2 if all are full. */

const full = (w: World, s: Server): boolean => w.lb.maxconn > 0 && s.current >= w.lb.maxconn;

/** Weight 0..1 of a server that came up less than `slowstart` ago. */
export function weight(w: World, s: Server): number {
  const ramp = w.lb.slowstartMs;
  if (s.rampFrom < 0 || ramp <= 0) return 1;
  const age = (w.now - s.rampFrom) / ramp;
  if (age >= 1) {
    s.rampFrom = -1;
    return 1;
  }
  return Math.max(0.01, age);
}

export function roundrobin(w: World, avoid: number): number {
  const p = w.proxy;
  if (p.up.length === 0) return -1;
  if (w.lb.slowstartMs > 0 && p.up.some((i) => p.servers[i].rampFrom >= 0)) return smooth(w);
  const n = p.up.length;
  for (let k = 0; k < n; k++) {
    const at = p.turn >= n ? 0 : p.turn;
    p.turn = at + 1;
    const s = p.servers[p.up[at]];
    if (!full(w, s) && s.index !== avoid) return s.index;
  }
  return avoid >= 0 && p.up.includes(avoid) && !full(w, p.servers[avoid]) ? avoid : -2;
}

/** The next server in turn that is usable, or -1. */
export function turnOf(w: World, usable: (s: Server) => boolean): number {
  const p = w.proxy;
  const n = p.up.length;
  for (let k = 0; k < n; k++) {
    const at = p.turn >= n ? 0 : p.turn;
    p.turn = at + 1;
    const s = p.servers[p.up[at]];
    if (usable(s)) return s.index;
  }
  return -1;
}

/** Weighted turns while a server ramps up: each gains its weight, the richest pays for all. */
function smooth(w: World): number {
  const p = w.proxy;
  let total = 0;
  let best: Server | null = null;
  for (const i of p.up) {
    const s = p.servers[i];
    if (full(w, s)) continue;
    const own = weight(w, s);
    total += own;
    s.credit += own;
    if (best === null || s.credit > best.credit) best = s;
  }
  if (best === null) return -2;
  best.credit -= total;
  return best.index;
}

/** Fewest connections (and waiting requests) for its weight; among equals the one that was used longest ago. */
export function leastconn(w: World, avoid: number): number {
  const p = w.proxy;
  if (p.up.length === 0) return -1;
  const s = leastOf(w, (server) => !full(w, server) && server.index !== avoid);
  if (s >= 0) return s;
  return avoid >= 0 && p.up.includes(avoid) && !full(w, p.servers[avoid]) ? avoid : -2;
}

/** The usable server with the fewest connections for its weight, or -1. */
function leastOf(w: World, usable: (s: Server) => boolean): number {
  const p = w.proxy;
  let best: Server | null = null;
  let bestLoad = 0;
  for (const i of p.up) {
    const s = p.servers[i];
    if (!usable(s)) continue;
    const own = (s.current + s.queue.length) / weight(w, s);
    if (best === null || own < bestLoad || (own === bestLoad && s.used < best.used)) {
      best = s;
      bestLoad = own;
    }
  }
  return best === null ? -1 : best.index;
}

/** `draws` random servers, the less loaded of them; one that has just failed the request is passed over. */
export function random(w: World, draws: number, avoid: number): number {
  const p = w.proxy;
  if (p.up.length === 0) return -1;
  let best: Server | null = null;
  for (let k = 0; k < draws; k++) {
    const s = p.servers[p.up[anyOf(w)]];
    if (full(w, s) || s.index === avoid) continue;
    if (best === null || loadOf(w, s) < loadOf(w, best)) best = s;
  }
  return best !== null ? best.index : roundrobin(w, avoid);
}

/** Requests that it works on, for its weight. */
export const loadOf = (w: World, s: Server): number => s.current / weight(w, s);

/** A place in the list of servers that are up, drawn by their weights. */
function anyOf(w: World): number {
  const { up, servers } = w.proxy;
  if (w.lb.slowstartMs <= 0 || up.every((i) => servers[i].rampFrom < 0))
    return w.random.balancer.below(up.length);
  const weights = up.map((i) => weight(w, servers[i]));
  let left = w.random.balancer.uniform() * weights.reduce((sum, own) => sum + own, 0);
  const at = weights.findIndex((own) => (left -= own) < 0);
  return at < 0 ? up.length - 1 : at;
}
