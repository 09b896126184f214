import { alive, type Container } from '../model/container.ts';
import { kindTimer } from '../model/kinds.ts';
import { nodeOf, storeNode } from '../model/legs.ts';
import { barrier } from '../model/network.ts';
import { conditionOf } from '../model/trouble.ts';
import type { Store } from '../model/store.ts';
import { causeCode } from '../model/traffic.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import { callFor, REFUSED, type Kind } from './kind.ts';
import {
  lookOut,
  copyMembers,
  isMember,
  learn,
  type Members,
  membersOf,
  newMembers,
  NOBODY,
  ownerAmong,
  peerCount,
  peerNames,
  recount,
  silence,
  suspect,
  type View,
} from './peers.ts';
import type { MembershipSettings } from './settings.ts';

const APP_ERROR = causeCode('app-error');

/** Outcome codes. */
const DONE = 0;
const STALE = 1;
const FROZEN = 2;

const registryOf = (w: World): Store | undefined =>
  w.stores.find((s) => s.kind.name === w.app.state.membership);

/** Entry of what keeps c from the registry, or -1. */
function noRegistry(w: World, c: Container, store: Store): number {
  if (!store.up || store.paused) return Math.max(0, store.entry);
  return barrier(w, nodeOf(c.id), storeNode(store.id));
}

/** What keeps a member from writing its key, or kept it from that last; -1 = nothing did. */
function keyless(w: World, id: number): number {
  const c = w.containers[id];
  const store = registryOf(w);
  const now = c.frozen ? conditionOf(c) : store === undefined ? -1 : noRegistry(w, c, store);
  return now >= 0 ? now : membersOf(w).trouble;
}

/**
 * Whether the name service lists a container: its platform takes it for ready, and has not noticed that its host is gone
 * (S-39, S-54, S-78).
 */
function isListed(w: World, c: Container): boolean {
  if (c.service !== w.herd || c.phase === 'removed') return false;
  if (alive(c)) return c.ready && !c.terminating;
  if (w.hosts[c.host].up || c.reason !== 'host gone' || c.server < 0) return false;
  const { state } = w.proxy.servers[c.server];
  return state === 'up' || state === 'down';
}

function writeKey(w: World, s: Members, c: Container, settings: MembershipSettings): void {
  const from = s.keys.get(c.id)?.from ?? w.now;
  s.keys.set(c.id, { from, until: w.now + settings.suspectAfterMs });
}

/** At t = 0 the herd is up: everybody knows everybody. */
function present(w: World, c: Container, settings: MembershipSettings): void {
  const s = membersOf(w);
  const view = open(w, s, c, settings);
  s.views.forEach((other, id) => {
    if (other === undefined || id === c.id) return;
    learn(s, other, c.id, 0);
    learn(s, view, id, 0);
    other.joined = true;
    view.joined = true;
  });
  if (view.home === 'redis') writeKey(w, s, c, settings);
  s.live = [...s.live, c.id];
  s.islands = 1;
  w.metrics.gauge(M.membersIslands, 1);
  s.counts = s.live.reduce<Members['counts'][number][]>((counts, id) => {
    counts[id] = { known: s.live.length - 1, dead: 0, unknown: 0, ...NOBODY };
    return counts;
  }, []);
}

function open(w: World, s: Members, c: Container, settings: MembershipSettings): View {
  const view: View = {
    home: w.app.state.membership,
    heard: new Map([[c.id, w.now]]),
    askAt: w.now + settings.rejoinMs,
    alone: -1,
    joined: false,
  };
  s.views[c.id] = view;
  return view;
}

/** One round of a member; `true` = somebody's list has changed. */
function round(w: World, c: Container, settings: MembershipSettings): boolean {
  const s = membersOf(w);
  let changed = false;
  let view = s.views[c.id];
  if (view === undefined) {
    view = open(w, s, c, settings);
    lookOut(s, c, true, c.readyAt, c.entry);
    changed = true;
  }
  if (view.home === 'memory') changed = gossip(w, s, c, view, settings) || changed;
  else changed = lookUp(w, s, c, view, settings) || changed;
  if (view.heard.size === 1) stayAlone(w, s, c, view);
  else joined(w, s, c, view);
  return changed;
}

/** Peers tell each other whom they know, and ask the seeds where they know nobody (or not everybody, now and then). */
function gossip(w: World, s: Members, c: Container, view: View, settings: MembershipSettings): boolean {
  let changed = false;
  for (const [id, at] of view.heard) {
    if (id === c.id || w.now - at <= settings.suspectAfterMs) continue;
    suspect(w, s, c, id, silence(w, c.id, id));
    changed = true;
  }
  view.heard.set(c.id, w.now);
  for (const id of told(w, view, c.id, settings.fanout))
    if (hears(w, s, c.id, id)) changed = tell(w, s, c.id, id) || changed;
  if (view.heard.size > 1 && w.now < view.askAt) return changed;
  view.askAt = w.now + settings.rejoinMs;
  for (const seed of seedsOf(w, s, settings)) {
    if (seed === c.id || !hears(w, s, c.id, seed) || w.containers[seed].frozen) continue;
    changed = tell(w, s, c.id, seed) || changed;
    changed = tell(w, s, seed, c.id) || changed;
  }
  return changed;
}

/** The peers that get a heartbeat this time: all, or as many as the fan-out says, by chance. */
function told(w: World, view: View, self: number, fanout: number): number[] {
  const peers = [...view.heard.keys()].filter((id) => id !== self);
  if (peers.length <= fanout) return peers;
  for (let k = 0; k < fanout; k++) {
    const pick = k + w.random.members.below(peers.length - k);
    [peers[k], peers[pick]] = [peers[pick], peers[k]];
  }
  return peers.slice(0, fanout);
}

/** A packet gets there, and to a process: one that hangs reads it when it goes on. */
const hears = (w: World, s: Members, from: number, to: number): boolean =>
  isMember(w, s, to) && barrier(w, nodeOf(from), nodeOf(to)) < 0;

/** A heartbeat: that the sender lives, and when it last heard of each of the others. */
function tell(w: World, s: Members, from: number, to: number): boolean {
  const source = s.views[from];
  const target = s.views[to];
  if (source === undefined || target === undefined) return false;
  let changed = learn(s, target, from, w.now);
  for (const [id, at] of source.heard)
    if (id !== to && id !== from) changed = learn(s, target, id, at) || changed;
  if (changed) joined(w, s, w.containers[to], target);
  return changed;
}

/** The static list: addresses of the first containers, or whoever bears their names now. */
function seedsOf(w: World, s: Members, settings: MembershipSettings): readonly number[] {
  if (settings.seedBy === 'address') return s.seeds;
  const names = s.seeds.map((id) => w.containers[id].name);
  return names.map((name, k) => w.containers.findLast((c) => c.name === name)?.id ?? s.seeds[k]);
}

/** Where a registry, or the platform, knows who is there: its list is the member's. */
function lookUp(w: World, s: Members, c: Container, view: View, settings: MembershipSettings): boolean {
  const list = new Set<number>();
  if (view.home === 'dns') {
    for (const k of w.containers) if (isListed(w, k)) list.add(k.id);
  } else {
    const store = registryOf(w);
    const trouble = store === undefined ? c.entry : noRegistry(w, c, store);
    if (trouble >= 0) {
      s.trouble = trouble;
      return false;
    }
    writeKey(w, s, c, settings);
    for (const [id, { until }] of s.keys) {
      if (until > w.now) list.add(id);
      else s.keys.delete(id);
    }
  }
  let changed = false;
  for (const id of view.heard.keys()) {
    if (id === c.id || list.has(id)) continue;
    if (view.home === 'dns' || (s.down[id] ?? -1) >= 0) view.heard.delete(id);
    else suspect(w, s, c, id, keyless(w, id));
    changed = true;
  }
  for (const id of list) changed = learn(s, view, id, w.now) || changed;
  return changed;
}

/** It has peers; told of when it had none before. */
function joined(w: World, s: Members, c: Container, view: View): void {
  if (view.joined) return;
  const cause = view.alone >= 0 ? view.alone : c.entry;
  const entry = w.journal.add(w.now, 'member-joined', cause, c.id, -1, -1, view.heard.size - 1);
  view.alone = -1;
  view.joined = true;
  s.awaited = s.awaited.map((a) => (a.container === c.id && a.joins ? { ...a, entry } : a));
}

/** It found nobody though others are there: says so, once, and names what keeps it from them. */
function stayAlone(w: World, s: Members, c: Container, view: View): void {
  view.joined = false;
  if (view.alone >= 0 || !s.live.some((id) => id !== c.id && isMember(w, s, id))) return;
  view.alone = w.journal.add(w.now, 'member-alone', aloneBecause(w, s, c, view), c.id, -1, -1, 0, view.home);
  s.because = view.alone;
}

function aloneBecause(w: World, s: Members, c: Container, view: View): number {
  const settings = w.app.kinds.membership;
  if (view.home === 'redis') {
    const store = registryOf(w);
    return store === undefined ? c.entry : noRegistry(w, c, store);
  }
  if (view.home === 'dns' || settings === null) return c.entry;
  const seed = seedsOf(w, s, settings).find((id) => id !== c.id);
  if (seed === undefined) return c.entry;
  const wall = barrier(w, nodeOf(c.id), nodeOf(seed));
  return wall >= 0 ? wall : conditionOf(w.containers[seed]);
}

/** Says goodbye to those that it knows, or takes its key away; the name service needs no word from it. */
function leave(w: World, s: Members, c: Container, view: View, entry: number): void {
  if (view.home === 'dns') return;
  if (view.home === 'redis') {
    const store = registryOf(w);
    if (store === undefined || noRegistry(w, c, store) >= 0) return;
    s.keys.delete(c.id);
  } else
    for (const id of view.heard.keys())
      if (id !== c.id && hears(w, s, c.id, id)) s.views[id]?.heard.delete(c.id);
  s.down[c.id] = w.journal.add(w.now, 'member-left', entry, c.id);
}

/** Sends a request on to the member that owns its user's data, as this one believes. */
function forward(w: World, c: Container, r: number, settings: MembershipSettings, again: boolean): number {
  const s = membersOf(w);
  const view = s.views[c.id];
  if (!settings.owners || view === undefined) return 0;
  const q = w.requests;
  const owner = ownerAmong(view.heard.keys(), q.user[r]);
  if (!again && isMember(w, s, owner) && owner !== ownerAmong(s.live, q.user[r]))
    w.metrics.count(M.membersDisputed);
  if (owner === c.id) return 0;
  if (!again) w.metrics.count(M.membersForwarded);
  const wall = silence(w, c.id, owner);
  if (wall >= 0 && !again) {
    q.edit(r).because[r] = wall;
    return callFor(settings.callTimeoutMs);
  }
  const because = wall >= 0 ? wall : isMember(w, s, owner) ? -1 : conditionOf(w.containers[owner]);
  if (because < 0) return 2 * w.hop;
  w.metrics.count(M.membersForwardFailed);
  q.status[r] = 500;
  q.cause[r] = APP_ERROR;
  q.edit(r).because[r] = because;
  return REFUSED;
}

/**
 * Who is there? Each process holds a list of its peers. With `memory` they tell each other (a plain gossip of heartbeats,
 * whose intervals are parameters), and a new one joins through a static list of seeds; with a store each keeps a key with a
 * time to live; with `dns` the platform is asked (S-39, S-133).
 */
export const membership: Kind = {
  kind: 'membership',
  active: (app) => app.kinds.membership !== null && app.state.membership !== 'none',
  initial: newMembers,
  copy: (state) => copyMembers(state as Members),
  peers: peerCount,
  peerNames,
  started(w, c) {
    const settings = w.app.kinds.membership;
    if (settings === null) return;
    const s = membersOf(w);
    s.views[c.id] = undefined;
    if (s.seeds.length < settings.seeds && !s.seeds.includes(c.id)) s.seeds = [...s.seeds, c.id];
    if (c.phase === 'running') {
      present(w, c, settings);
      kindTimer(w, 'membership', w.random.members.uniform() * settings.heartbeatMs, c.id, c.life);
    } else kindTimer(w, 'membership', Math.max(0, c.dueAt - w.now) + w.hop, c.id, c.life);
  },
  timer(w, id, life) {
    const c = w.containers[id];
    const settings = w.app.kinds.membership;
    if (c.life !== life || !alive(c) || settings === null) return STALE;
    kindTimer(w, 'membership', settings.heartbeatMs, id, life);
    if (c.frozen || !c.booted) return FROZEN;
    if (round(w, c, settings)) recount(w);
    return DONE;
  },
  ended(w, c, entry, clean) {
    const s = membersOf(w);
    const view = s.views[c.id];
    if (view === undefined) return;
    if (clean) leave(w, s, c, view, entry);
    s.views[c.id] = undefined;
    lookOut(s, c, false, w.now, entry);
    recount(w);
  },
  request(w, c, r) {
    const settings = w.app.kinds.membership;
    return settings === null ? 0 : forward(w, c, r, settings, false);
  },
  answered(w, c, r) {
    const settings = w.app.kinds.membership;
    return settings === null ? 0 : forward(w, c, r, settings, true);
  },
  holds: (w, place) => membersOf(w).keys.size > 0 && registryOf(w)?.place === place,
  forgot(w, place, entry, since) {
    const s = membersOf(w);
    const { keys } = s;
    if (keys.size === 0 || registryOf(w)?.place !== place) return;
    const before = keys.size;
    const ttl = w.app.kinds.membership?.suspectAfterMs ?? 0;
    for (const [id, key] of keys) {
      // A snapshot has the key as it was when it was taken.
      if (key.from > since) keys.delete(id);
      else keys.set(id, { ...key, until: Math.min(key.until, since + ttl) });
    }
    if (keys.size < before)
      s.trouble = w.journal.add(w.now, 'registry-lost', entry, -1, -1, -1, before - keys.size);
  },
};
