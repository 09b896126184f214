import { mix32 } from '../engine/random.ts';
import type { Server } from '../model/server.ts';
import { networkOf } from '../model/users.ts';
import type { World } from '../model/world.ts';
import { loadOf, weight } from './pick.ts';

/**
 * HAProxy's `balance source` and `balance hash`, step by step as its code has them (S-86). Map-based: the remainder of the
 * hash names one of the servers that are up, so nearly everybody moves when their number changes. Consistent: every server
 * owns points on a circle and the nearest is taken, so only the users of the one that left move.
 */

/** Points of a server of weight 1. */
const POINTS = 16;
/** Between the numbers of the points of two servers that follow each other. */
const STRIDE = 4096;

export const isHashed = (w: World): boolean => w.lb.balance === 'source' || w.lb.balance === 'hash-user';

/** The server of the request's user, or -1. `avoid` (-1 = none) has just failed it; only a consistent hash can pass it over. */
export function byHash(w: World, r: number, avoid: number): number {
  const { up } = w.proxy;
  if (up.length <= 1) return up.length === 0 ? -1 : up[0];
  const key = keyOf(w, w.requests.user[r]);
  return w.lb.hashType === 'consistent' ? nearest(w, scramble(key), avoid) : up[key % up.length];
}

/** The less loaded of `draws` servers, each the nearest to a random number. -1 = none is up, -2 = it is full: others are not looked for. */
export function drawOnCircle(w: World, draws: number, avoid: number): number {
  const { up, servers } = w.proxy;
  if (up.length === 0) return -1;
  let best = -1;
  for (let k = 0; k < draws; k++) {
    const s = nearest(w, w.random.balancer.next() >>> 0, avoid);
    if (best < 0 || loadOf(w, servers[s]) < loadOf(w, servers[best])) best = s;
  }
  return w.lb.maxconn > 0 && servers[best].current >= w.lb.maxconn ? -2 : best;
}

/** An address as a number; or the text of the user's number, by SDBM. */
const keyOf = (w: World, user: number): number =>
  w.lb.balance === 'source' ? addressOf(w, user) : sdbm(user + 1) >>> 0;

/** 10.x.y.z: the network gives x and y, and z differs from user to user. */
const addressOf = (w: World, user: number): number =>
  ((10 << 24) | ((networkOf(w, user) & 0xffff) << 8) | (1 + ((mix32(user + 0x632be59b) >>> 0) % 254))) >>> 0;

/** SDBM of the decimal digits of n; 0 has none. */
function sdbm(n: number): number {
  if (n === 0) return 0;
  return (Math.imul(sdbm(Math.floor(n / 10)), 65_599) + 48 + (n % 10)) | 0;
}

/** HAProxy's `full_hash`, an avalanche: a change of one bit changes them all. */
function scramble(key: number): number {
  let a = (key + 0x7ed55d16 + (key << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = (a + 0xd3a2646c) ^ (a << 9);
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 3_221_225_473) >>> 0;
}

/** The points of the servers that are up, in order round the circle: where, whose, and which of its own it is. */
interface Circle {
  readonly at: readonly number[];
  readonly server: readonly number[];
  readonly nth: readonly number[];
}

/** A list of servers is never changed in place, so its circle holds for as long as it does. */
const circles = new WeakMap<readonly number[], Circle>();

function circleOf(w: World): Circle {
  const { up, servers } = w.proxy;
  let circle = circles.get(up);
  if (circle === undefined) {
    const points = up
      .flatMap((server) =>
        Array.from({ length: POINTS }, (_, k) => ({
          at: scramble(servers[server].line * STRIDE + k),
          server,
          nth: k,
        })),
      )
      .toSorted((a, b) => a.at - b.at || a.server - b.server);
    circle = {
      at: points.map((p) => p.at),
      server: points.map((p) => p.server),
      nth: points.map((p) => p.nth),
    };
    circles.set(up, circle);
  }
  return circle;
}

/** Of a server that ramps up only the first of its points count (S-89). */
const counts = (w: World, s: Server, nth: number): boolean => nth < Math.max(1, POINTS * weight(w, s));

/** The nearest point on either side, the one before it among equals. */
function nearest(w: World, hash: number, avoid: number): number {
  const { at, server, nth } = circleOf(w);
  const n = at.length;
  const there = (point: number): boolean => counts(w, w.proxy.servers[server[point]], nth[point]);
  let low = 0;
  for (let high = n; low < high;) {
    const middle = (low + high) >>> 1;
    if (at[middle] < hash) low = middle + 1;
    else high = middle;
  }
  let next = low % n;
  let before = (next + n - 1) % n;
  while (!there(next)) next = (next + 1) % n;
  while (!there(before)) before = (before + n - 1) % n;
  let point = (hash - at[before]) >>> 0 <= (at[next] - hash) >>> 0 ? before : next;
  for (let k = 0; k < n && (server[point] === avoid || !there(point)); k++) point = (point + 1) % n;
  return server[point];
}
