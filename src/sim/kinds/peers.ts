import { mix32 } from '../engine/random.ts';
import { alive, type Container } from '../model/container.ts';
import { kindState } from '../model/kinds.ts';
import { nodeOf } from '../model/legs.ts';
import { barrier } from '../model/network.ts';
import { conditionOf } from '../model/trouble.ts';
import { kindIndex } from '../model/state.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import type { PeerNames } from './kind.ts';
import type { PeersView } from '../view.ts';

/** What each process believes of its peers, beside the truth. An address is a container: a restart in place keeps it. */

const MEMBERSHIP = kindIndex('membership');

/** The list of members that one process holds in its memory, and itself in it. */
export interface View {
  /** Its home, when the process started. */
  readonly home: string;
  /** By container: when anybody last heard of it, as far as this process knows. */
  readonly heard: Map<number, number>;
  /** When it asks its seeds again. */
  askAt: number;
  /** Journal entry that says that it is alone; -1 = it is not, or nobody else is there. */
  alone: number;
  /** It has had peers since it was last alone. */
  joined: boolean;
}

/** A process that has come up, or has ended, and that not every peer has noticed yet. */
interface Awaited {
  readonly container: number;
  readonly joins: boolean;
  readonly at: number;
  readonly entry: number;
}

/** A key in the registry: when it was first written, and until when it is good. */
export interface Key {
  readonly from: number;
  readonly until: number;
}

export interface Members {
  /** By container. */
  readonly views: (View | undefined)[];
  /** The static list of seed members, as containers. */
  seeds: readonly number[];
  /** Keys in the store. */
  readonly keys: Map<number, Key>;
  awaited: readonly Awaited[];
  /** By container: entry that says that it was taken for dead, or that it left; -1 = neither. */
  readonly down: number[];
  /** What follows from all that: members that are there, what each believes, how many groups there are. */
  live: readonly number[];
  counts: readonly (PeersView | undefined)[];
  islands: number;
  /** Latest entry that explains a split, and the latest trouble with the store that holds the keys. */
  because: number;
  trouble: number;
}

export const membersOf = (w: World): Members => kindState<Members>(w, MEMBERSHIP);

export const newMembers = (): Members => ({
  views: [],
  seeds: [],
  keys: new Map(),
  awaited: [],
  down: [],
  live: [],
  counts: [],
  islands: 0,
  because: -1,
  trouble: -1,
});

export const copyMembers = (s: Members): Members => ({
  ...s,
  views: s.views.map((v) => v && { ...v, heard: new Map(v.heard) }),
  keys: new Map(s.keys),
  down: s.down.slice(),
});

/** A member that can answer its peers: its process is up and has a view. */
export const isMember = (w: World, s: Members, id: number): boolean =>
  s.views[id] !== undefined && alive(w.containers[id]) && w.containers[id].booted;

/** What keeps `from` from an answer of `to`: an entry, or -1 where it would answer. */
export function silence(w: World, from: number, to: number): number {
  const wall = barrier(w, nodeOf(from), nodeOf(to));
  if (wall >= 0) return wall;
  const c = w.containers[to];
  return c.frozen ? conditionOf(c) : -1;
}

/** Takes note of a member, heard of at `at`. Whether it is a new one. */
export function learn(s: Members, view: View, id: number, at: number): boolean {
  const before = view.heard.get(id);
  if (before !== undefined && before >= at) return false;
  view.heard.set(id, at);
  if (before !== undefined) return false;
  s.down[id] = -1;
  return true;
}

/**
 * c takes a peer off its list, because nothing was heard of it for too long. The first to do so is told of. `wall` = what
 * keeps a peer that lives from being heard, or -1.
 */
export function suspect(w: World, s: Members, c: Container, id: number, wall: number): void {
  s.views[c.id]?.heard.delete(id);
  if ((s.down[id] ?? -1) >= 0) return;
  const lives = isMember(w, s, id);
  // Who was taken for dead itself is told nothing any more.
  const shunned = s.down[c.id] ?? -1;
  const cause = lives && wall >= 0 ? wall : lives && shunned >= 0 ? shunned : w.containers[id].entry;
  w.metrics.count(M.membersSuspected);
  if (lives) w.metrics.count(M.membersWronged);
  s.down[id] = w.journal.add(w.now, 'member-suspected', cause, id, -1, -1, lives ? 1 : 0, c.name);
  s.because = s.down[id];
}

/** Somebody comes up (or goes) at this instant, and the others will hear of it; whatever was to be noticed of it before is over. */
export function lookOut(s: Members, c: Container, joins: boolean, at: number, entry: number): void {
  const others = s.awaited.filter((a) => a.container !== c.id);
  s.awaited = [...others, { container: c.id, joins, at, entry }];
}

/** After any change: counts beliefs against the truth, and tells of what everybody knows by now. */
export function recount(w: World): void {
  const s = membersOf(w);
  const live: number[] = [];
  s.views.forEach((_, id) => isMember(w, s, id) && live.push(id));
  const knows = (a: number, b: number): boolean => s.views[a]?.heard.has(b) === true;
  const counts: PeersView[] = [];
  let [ghosts, strangers] = [0, 0];
  for (const id of live) {
    const known = (s.views[id]?.heard.size ?? 1) - 1;
    let met = 0;
    for (const other of live) if (other !== id && knows(id, other)) met++;
    const [dead, unknown] = [known - met, live.length - 1 - met];
    counts[id] = {
      known,
      dead,
      unknown,
      ...(live.length > NAMED || dead + unknown === 0 ? NOBODY : errors(s, id, live)),
    };
    ghosts += known - met;
    strangers += live.length - 1 - met;
  }
  s.live = live;
  s.counts = counts;
  settle(w, s, knows);
  const islands = groups(live, knows);
  if (islands > 1 && s.islands <= 1)
    s.because = w.journal.add(w.now, 'members-split', s.because, -1, -1, -1, islands);
  else if (islands === 1 && s.islands > 1) w.journal.add(w.now, 'members-whole', s.because, -1);
  s.islands = islands;
  w.metrics.gauge(M.membersGhosts, ghosts);
  w.metrics.gauge(M.membersUnknown, strangers);
  w.metrics.gauge(M.membersIslands, islands);
}

/** In a larger cluster errors are counted only. */
const NAMED = 40;
export const NOBODY: Pick<PeersView, 'ghosts' | 'strangers'> = { ghosts: [], strangers: [] };

/** Where a member is wrong about the others. */
function errors(s: Members, id: number, live: readonly number[]): Pick<PeersView, 'ghosts' | 'strangers'> {
  const heard = s.views[id]?.heard ?? new Map<number, number>();
  return {
    ghosts: [...heard.keys()].filter((other) => !live.includes(other)),
    strangers: live.filter((other) => other !== id && !heard.has(other)),
  };
}

/** Joins that everybody knows of, and ends that nobody misses. */
function settle(w: World, s: Members, knows: (a: number, b: number) => boolean): void {
  s.awaited = s.awaited.filter(({ container: id, joins, at, entry }) => {
    const isThere = s.live.includes(id);
    if (joins) {
      if (!isThere || !s.live.every((other) => other === id || (knows(other, id) && knows(id, other))))
        return true;
      // The first of all has nobody to join.
      if (s.live.length === 1) return false;
      w.metrics.count(M.membersJoined);
      w.metrics.add(M.membersJoinMs, w.now - at);
      w.journal.add(w.now, 'member-known', entry, id, -1, -1, Math.round(w.now - at));
      return false;
    }
    if (s.live.some((other) => knows(other, id))) return true;
    w.metrics.count(M.membersLeft);
    w.metrics.add(M.membersLeaveMs, w.now - at);
    const because = (s.down[id] ?? -1) >= 0 ? s.down[id] : entry;
    if (s.live.length > 0)
      w.journal.add(w.now, 'member-forgotten', because, id, -1, -1, Math.round(w.now - at));
    return false;
  });
}

/** Groups of members between which nobody knows anybody. */
function groups(live: readonly number[], knows: (a: number, b: number) => boolean): number {
  const left = new Set(live);
  let n = 0;
  for (const first of live) {
    if (!left.delete(first)) continue;
    n++;
    const reached = [first];
    for (let at = reached.pop(); at !== undefined; at = reached.pop())
      for (const other of left)
        if (knows(at, other) || knows(other, at)) {
          left.delete(other);
          reached.push(other);
        }
  }
  return n;
}

/** Of these members the one that owns a user's data: each member's share is its own, so that only what a dead one held moves. */
export function ownerAmong(members: Iterable<number>, user: number): number {
  let [owner, best] = [-1, -1];
  for (const id of members) {
    const score = mix32(Math.imul(user + 1, 0x9e3779b9) ^ Math.imul(id + 1, 0x85ebca6b)) >>> 0;
    if (score > best || (score === best && id < owner)) [owner, best] = [id, score];
  }
  return owner;
}

/** What a container believes of its peers, counted; null = it keeps no list. */
export const peerCount = (w: World, c: Container): PeersView | null => membersOf(w).counts[c.id] ?? null;

export function peerNames(w: World, c: Container): PeerNames | null {
  const s = membersOf(w);
  const view = s.views[c.id];
  if (view === undefined || !isMember(w, s, c.id)) return null;
  const nameOf = (id: number): string => w.containers[id].name;
  const peers = [...view.heard.keys()].filter((id) => id !== c.id);
  return {
    known: peers.filter((id) => isMember(w, s, id)).map(nameOf),
    dead: peers.filter((id) => !isMember(w, s, id)).map(nameOf),
    unknown: s.live.filter((id) => id !== c.id && !view.heard.has(id)).map(nameOf),
  };
}
