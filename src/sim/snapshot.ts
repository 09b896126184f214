import type { Kind } from './kinds/kind.ts';
import { alive, type Container } from './model/container.ts';
import { NODE_BALANCER, NODE_USERS, nodeOf, storeNode } from './model/legs.ts';
import { memoryUse } from './model/memory.ts';
import { reachable } from './model/network.ts';
import { ANSWERED, CHECK, STREAM } from './model/requests.ts';
import type { BalancerService } from './model/scenario.ts';
import { isFull, keysIn } from './model/capacity.ts';
import { storeDef } from './model/storing.ts';
import type { Place } from './model/places.ts';
import { kindIndex, SESSIONS, UPLOADS } from './model/state.ts';
import { M } from './metrics/columns.ts';
import type { Host, World } from './model/world.ts';
import type { ContainerView, HerdView, HostView, StoreView, VolumeView } from './view.ts';

/** How long a container that is gone stays in the picture, in ms. */
const AFTERLIFE_MS = 8000;
/** Users who wait for an answer for longer than this, in ms, are counted. */
const WAIT_MS = 1000;
/** How long a container that was restarted in place shows what it lost. */
const FALL_MS = 4000;

const orNull = (t: number): number | null => (t < 0 ? null : t);

/** The kinds of state that show something of themselves, as far as the herd has them. */
interface ShownKinds {
  readonly members: Kind | undefined;
  readonly jobs: Kind | undefined;
  readonly cache: Kind | undefined;
}

const NO_KINDS: ShownKinds = { members: undefined, jobs: undefined, cache: undefined };

const shownKinds = (w: World): ShownKinds =>
  w.kindsOn === 0
    ? NO_KINDS
    : {
        members: w.kinds.find((kind) => kind.peers !== undefined),
        jobs: w.kinds.find((kind) => kind.underWay !== undefined),
        cache: w.kinds.find((kind) => kind.share !== undefined),
      };

/** Requests that a container may work on at once: as many as it takes and is given. */
function slotsOf(w: World): number | null {
  const given = w.front >= 0 && w.lb.maxconn > 0 ? w.lb.maxconn : Infinity;
  return finite(Math.min(w.app.concurrency, given));
}

function containerView(w: World, c: Container, kinds: ShownKinds): ContainerView {
  const server = c.server >= 0 ? w.proxy.servers[c.server] : undefined;
  // A home that only this container reaches is drawn in it.
  const own = (kind: number): { sessions: number; uploads: number } => {
    const place = w.places.get(c.homes[kind]);
    return place !== undefined && place.owner === c.id && place.bound !== 'store' && place.bound !== 'volume'
      ? place
      : { sessions: 0, uploads: 0 };
  };
  // A restart in place keeps its fall in the picture until it has served for a while.
  const fallen =
    c.endedAt >= 0 &&
    (!alive(c) || c.phase === 'booting' || (c.phase === 'running' && w.now - c.since < FALL_MS));
  return {
    id: c.id,
    name: c.name,
    number: c.number,
    service: w.services[c.service].def.name,
    role: w.services[c.service].def.role,
    host: c.host,
    tag: c.tag,
    version: c.version,
    phase: c.phase,
    reason: c.reason,
    status: w.platform.statusWord?.(c) ?? '',
    replaces: orNull(c.replaces),
    exitCode: c.exitCode < 0 ? null : c.exitCode,
    frozen: c.frozen && alive(c),
    slow: c.slow,
    memory: alive(c) && c.limitMb > 0 ? memoryUse(w, c) / c.limitMb : null,
    diskFull: c.diskEntry >= 0,
    cutOff: !reachable(w, NODE_BALANCER, nodeOf(c.id)),
    health: c.health,
    server: server?.state ?? 'absent',
    sessions: own(SESSIONS).sessions,
    lostSessions: fallen ? c.lostSessions : 0,
    uploads: own(UPLOADS).uploads,
    jobs: kinds.jobs?.underWay?.(w, c) ?? 0,
    cached: ownCache(w, c, kinds),
    edits: c.edits.size,
    variant: c.behaviour.variant,
    peers: kinds.members?.peers?.(w, c) ?? null,
    inFlight: c.active,
    slots: slotsOf(w),
    listening: c.listening,
    queued: c.backlog.length + (server?.queue.length ?? 0),
    streams: c.streams,
    restarts: c.restarts,
    createdAt: c.createdAt,
    startedAt: orNull(c.startedAt),
    endedAt: fallen ? c.endedAt : null,
    dueAt: orNull(c.dueAt),
    since: c.since,
    checkedAt: orNull(c.checkedAt),
    checkOk: c.checkOk,
  };
}

/** Of a cache that this container alone has. */
function ownCache(w: World, c: Container, kinds: ShownKinds): number | null {
  if (kinds.cache === undefined) return null;
  const place = w.places.get(c.homes[kindIndex('cache')]);
  return place === undefined || place.owner !== c.id || place.bound === 'store'
    ? null
    : (kinds.cache.share?.(w, place.serial) ?? null);
}

const finite = (n: number): number | null => (n === Infinity ? null : n);

function storeViews(w: World, { cache }: ShownKinds): StoreView[] {
  return w.stores.map((s) => {
    const place = w.places.get(s.place);
    let waiting = 0;
    if (!s.up || s.paused) for (const c of w.containers) if (c.service === w.herd) waiting += c.active;
    return {
      id: s.id,
      name: s.name,
      kind: s.kind.name,
      state: !s.up ? 'down' : s.paused ? 'paused' : isFull(w, s) ? 'full' : s.slow !== 1 ? 'slow' : 'up',
      persistence: s.kind.persistence(storeDef(w, s)),
      sessions: place?.sessions ?? 0,
      uploads: place?.uploads ?? 0,
      records: place?.records ?? 0,
      evicted: s.evicted,
      keys: keysIn(w, s),
      maxKeys: finite(storeDef(w, s).maxmemory),
      connections: s.connections,
      maxConnections: finite(s.kind.ceiling(storeDef(w, s))),
      savedAt: orNull(s.savedAt),
      unsaved: s.changes,
      standby: storeDef(w, s).failover === 'none' ? null : s.standby,
      takeoverAt: (!s.up || s.paused) && s.standby && s.failoverDueAt > w.now ? s.failoverDueAt : null,
      cached: w.app.state.cache === s.kind.name ? (cache?.share?.(w, s.place) ?? null) : null,
      waiting,
      cutOff: w.silent === 0 ? NONE : cutOffFrom(w, s.id),
    };
  });
}

/** What the herd mounts, what it could mount again, and what was left behind with something in it. */
function volumeViews(w: World): VolumeView[] {
  const places = [...w.places.all.values()].filter(
    (place) => place.bound === 'volume' || (place.bound === 'store' && isLeftBehind(place)),
  );
  if (places.length === 0) return [];
  const kinds = new Map([...w.volumes].map(([key, serial]) => [serial, volumeKind(key)]));
  const mounts = new Map<number, number[]>(places.map(({ serial }) => [serial, []]));
  for (const c of w.containers) {
    if (c.service !== w.herd || c.phase === 'removed') continue;
    for (const serial of new Set([...c.mounts.map(({ place }) => place), ...c.homes]))
      mounts.get(serial)?.push(c.id);
  }
  return places.map((place) => {
    const { serial: id, label: name, host, sessions, uploads, records } = place;
    const kind = host < 0 ? 'network' : (kinds.get(id) ?? 'anonymous');
    const mountedBy = mounts.get(id) ?? [];
    return { id, name, kind, host, mountedBy, orphaned: isLeftBehind(place), sessions, uploads, records };
  });
}

/** An anonymous volume without its container: nothing finds it again (S-23). */
const isLeftBehind = ({ owner, label, host }: Place): boolean => owner === -1 && label === '' && host >= 0;

const volumeKind = (key: string): VolumeView['kind'] =>
  key.startsWith('*/') ? 'network' : key.includes('/bind/') ? 'bind' : 'named';

const NONE: readonly number[] = [];

/** Containers of the herd with a process that cannot reach a store. */
const cutOffFrom = (w: World, store: number): number[] =>
  w.containers
    .filter((c) => c.service === w.herd && alive(c) && !reachable(w, nodeOf(c.id), storeNode(store)))
    .map((c) => c.id);

const hostView = ({ id, name, up, lost, stopping }: Host): HostView => ({
  id,
  name,
  up,
  state: up ? (stopping ? 'stopping' : 'up') : lost ? 'lost' : 'down',
});

/** Requests that their users have waited for longer than `WAIT_MS`. */
function waitingLong(w: World): number {
  const q = w.requests;
  const before = w.now - WAIT_MS;
  let count = 0;
  for (const r of q.rows()) {
    const kind = q.kind[r];
    if (q.sentAt[r] < before && kind !== STREAM && kind !== CHECK && (q.flags[r] & ANSWERED) === 0) count++;
  }
  return count;
}

/** The picture of a run at this instant. */
export function herdView(w: World): HerdView {
  const herd = w.containers.filter(
    (c) => c.service === w.herd && (c.phase !== 'removed' || w.now - c.since < AFTERLIFE_MS),
  );
  const rank = (c: Container): number => (c.phase === 'removed' ? 1 : 0);
  herd.sort((a, b) => rank(a) - rank(b) || a.number - b.number || a.id - b.id);
  const t = w.metrics.totals;
  const kinds = shownKinds(w);
  const lb = w.front >= 0 ? (w.lb as BalancerService) : null;
  return {
    t: w.now,
    project: w.scenario.name,
    platform: w.platform.name,
    hosts: w.hosts.slice(0, w.scenario.hosts).map(hostView),
    users: w.users.state.slice(),
    usersSignedIn: w.users.signedIn,
    usersAtDoor: w.users.atDoor,
    usersReturned: w.users.returned,
    balancer:
      lb === null
        ? null
        : {
            name: lb.name,
            kind: lb.kind,
            balance: lb.balance,
            sticky: lb.sticky === 'cookie',
            redispatch: lb.redispatch !== false,
            up: w.frontUp,
            queued: w.proxy.queue.length,
          },
    containers: herd.map((c) => containerView(w, c, kinds)),
    wanted: w.services[w.herd].wanted,
    stores: storeViews(w, kinds),
    volumes: volumeViews(w),
    state: w.app.state,
    partitions: w.partitions.map((p) => p.label),
    usersCutOff: !reachable(w, NODE_USERS, NODE_BALANCER),
    totals: {
      requests: w.sent,
      ok: t[M.ok],
      failed: t[M.failed],
      unauthorized: t[M.unauthorized],
      notFound: t[M.notFound],
      inFlight: w.inFlight,
      waiting: waitingLong(w),
      sessionsLost: t[M.lost],
      sessionsMissed: t[M.missed],
      sessionsHeld: w.sessionsHeld,
      drift: w.metrics.value(M.driftChanges),
      containersRunning: w.running,
      attemptsDuplicated: t[M.duplicated],
    },
  };
}
