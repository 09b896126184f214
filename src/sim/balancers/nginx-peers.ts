import { networkOf } from '../model/users.ts';
import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';

/**
 * How nginx finds a peer, step by step as its modules do (S-92): smooth weighted turns, least_conn, random, hash and
 * ip_hash, all over the configured servers, passing over those that `usable` refuses. All return a server index or -1.
 */
export type Usable = (w: World, r: number, s: Server) => boolean;

/** Draws after which hash, ip_hash and random fall back to turns. */
const TRIES = 20;

/** Every peer gains its effective weight, the richest pays for all of them (ngx_http_upstream_round_robin). */
export function turns(w: World, r: number, usable: Usable, conns = -1): number {
  const p = w.proxy;
  let best: Server | null = null;
  let total = 0;
  for (const i of p.up) {
    const s = p.servers[i];
    if (!usable(w, r, s) || (conns >= 0 && s.current !== conns)) continue;
    s.credit += s.effective;
    total += s.effective;
    if (s.effective < 1) s.effective++;
    if (best === null || s.credit > best.credit) best = s;
  }
  if (best === null) return -1;
  best.credit -= total;
  return best.index;
}

/** Fewest connections; turns among equals. */
export function leastConn(w: World, r: number, usable: Usable): number {
  const p = w.proxy;
  let conns = -1;
  for (const i of p.up) {
    const s = p.servers[i];
    if (usable(w, r, s) && (conns < 0 || s.current < conns)) conns = s.current;
  }
  return conns < 0 ? -1 : turns(w, r, usable, conns);
}

/** `random`, or with `two` the less loaded of two different draws. */
export function randomly(w: World, r: number, usable: Usable, two: boolean): number {
  const p = w.proxy;
  let first: Server | null = null;
  if (p.members.length > 1) {
    for (let k = 0; k < TRIES; k++) {
      const s = p.servers[p.members[w.random.balancer.below(p.members.length)]];
      if (s === first || !usable(w, r, s)) continue;
      if (!two) return s.index;
      if (first !== null) return s.current > first.current ? first.index : s.index;
      first = s;
    }
  }
  return turns(w, r, usable);
}

/** `hash KEY`: sums of 15 bits of the CRC of the key, with the number of the attempt before it from the second on. */
export function byHash(w: World, r: number, usable: Usable): number {
  const p = w.proxy;
  const n = p.members.length;
  let sum = 0;
  for (let k = 0; k < TRIES && n > 1; k++) {
    const crc = digits(digits(-1, k), w.requests.user[r] + 1) ^ -1;
    sum += (crc >>> 16) & 0x7fff;
    const s = p.servers[p.members[sum % n]];
    if (usable(w, r, s)) return s.index;
  }
  return turns(w, r, usable);
}

/** `ip_hash`: the first three octets of the address, so a whole /24 shares a server. */
export function byAddress(w: World, r: number, usable: Usable): number {
  const p = w.proxy;
  const n = p.members.length;
  const network = networkOf(w, w.requests.user[r]);
  let hash = 89;
  for (let k = 0; k < TRIES && n > 1; k++) {
    hash = (hash * 113 + 10) % 6271;
    hash = (hash * 113 + ((network >> 8) & 255)) % 6271;
    hash = (hash * 113 + (network & 255)) % 6271;
    const s = p.servers[p.members[hash % n]];
    if (usable(w, r, s)) return s.index;
  }
  return turns(w, r, usable);
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let bit = 0; bit < 8; bit++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC-32 goes on over the decimal digits of n; 0 has none. */
function digits(crc: number, n: number): number {
  if (n === 0) return crc;
  const before = digits(crc, Math.floor(n / 10));
  return (before >>> 8) ^ TABLE[(before ^ (48 + (n % 10))) & 255];
}
