import type { LEG_OUTCOMES, Legs } from '../../sim/view.ts';
import type { StageLayout } from './placed.ts';
import { joinTracks, type Track } from './track.ts';

/** The codes' order, held to the simulation's by its type. */
const OUTCOMES: typeof LEG_OUTCOMES = [
  'travelling',
  'ok',
  'failed',
  'unauthorized',
  'not-found',
  'retried',
  'too-many',
];
export const OUTCOME = {
  failed: OUTCOMES.indexOf('failed'),
  unauthorized: OUTCOMES.indexOf('unauthorized'),
  notFound: OUTCOMES.indexOf('not-found'),
  retried: OUTCOMES.indexOf('retried'),
  tooMany: OUTCOMES.indexOf('too-many'),
};

/** Bits of `Legs.flags`. */
export const FLAG = { back: 1, store: 2, check: 4, signIn: 8, upload: 16, stream: 32, is503: 64 } as const;

/** Numbers of the nodes that are only one. */
export const NODE = { users: 0, balancer: 1 } as const;
const FIRST_CONTAINER = 2;
const FIRST_STORE = 1_000_000;

/** What kind of node a number means. */
export function nodeKind(node: number): 'users' | 'balancer' | 'container' | 'store' {
  if (node === NODE.users) return 'users';
  if (node === NODE.balancer) return 'balancer';
  return node >= FIRST_STORE ? 'store' : 'container';
}

/** Node number of a container. */
export const nodeOf = (container: number): number => FIRST_CONTAINER + container;
export const containerOf = (node: number): number => node - FIRST_CONTAINER;
export const storeOf = (node: number): number => node - FIRST_STORE;

/** A track and whether it is travelled from its end to its beginning. */
export interface Way {
  readonly track: Track;
  readonly reverse: boolean;
}

/** Finds the way of every leg of a picture; null where the picture shows none. */
export function createWays(layout: StageLayout): (legs: Legs, i: number) => Way | null {
  const direct = new Map<number, Track | null>();
  return (legs, i) => {
    const a = legs.from[i]!;
    const b = legs.to[i]!;
    const reverse = a > b;
    const near = reverse ? b : a;
    const far = reverse ? a : b;
    const track = between(layout, near, far, legs.flags[i]!, direct);
    return track === null ? null : { track, reverse };
  };
}

function between(
  layout: StageLayout,
  near: number,
  far: number,
  flags: number,
  direct: Map<number, Track | null>,
): Track | null {
  const { tracks } = layout;
  if (near === NODE.users && far === NODE.balancer)
    return (flags & FLAG.signIn ? tracks.door : null) ?? tracks.users;
  if (far >= FIRST_STORE) return tracks.stores.get(storeOf(far))?.get(containerOf(near)) ?? null;
  const server = tracks.servers.get(containerOf(far)) ?? null;
  if (near === NODE.balancer || tracks.users === null || server === null)
    return near < FIRST_CONTAINER ? server : null;
  if (near !== NODE.users) return null;
  // Without a balancer the users' rail and the container's are one way.
  let joined = direct.get(far);
  if (joined === undefined) {
    joined = joinTracks(tracks.users, server);
    direct.set(far, joined);
  }
  return joined;
}
