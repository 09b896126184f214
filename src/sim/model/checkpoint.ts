import type { Page } from '../engine/pages.ts';
import type { SavedPagedRows } from '../engine/rows.ts';
import { copyContainer, revive } from './container.ts';
import { STATE_KINDS } from './scenario.ts';
import { copyProxy, reviveProxy } from './server.ts';
import type { SavedUsers } from './users.ts';
import type { World } from './world.ts';

/** Everything of a world that changes, copied. */
export function saveWorld(w: World): { state: unknown; bytes: number; pages: readonly Page[] } {
  const items = w.items.savePages();
  const users = w.users.save();
  const parts = {
    scalars: [
      w.now,
      w.events,
      w.version,
      w.sent,
      w.inFlight,
      w.sessionsHeld,
      w.running,
      w.capacity,
      Number(w.frontUp),
      w.frontEntry,
      w.herd,
      w.front,
      w.silent,
    ],
    queue: w.queue.save(),
    hash: w.hash.lanes.slice(),
    journal: w.journal.save(),
    metrics: w.metrics.save(),
    requests: w.requests.save(),
    connections: w.connections.save(),
    kept: w.kept.save(),
    items,
    places: w.places.save(),
    clientDeadlines: w.clientDeadlines.save(),
    serverDeadlines: w.serverDeadlines.save(),
    queueDeadlines: w.queueDeadlines.save(),
    random: Object.entries(w.random).map(([name, stream]) => [name, stream.s.slice()] as const),
    users,
    streamTries: w.streamTries.slice(),
    containers: w.containers.map(copyContainer),
    services: w.services.map((s) => ({ ...s })),
    stores: w.stores.map((s) => ({ ...s })),
    hosts: w.hosts.map((h) => ({ ...h })),
    partitions: w.partitions,
    proxy: copyProxy(w.proxy),
    uploads: w.uploads.slice(),
    tags: w.tags.slice(),
    formats: w.formats.slice(),
    code: w.code,
    images: w.images,
    gitops: w.gitops,
    hasAssets: w.hasAssets,
    differing: w.differing,
    volumes: new Map(w.volumes),
    platform: w.platform.copyState(w.platformState),
    scaler: w.scaler,
    kinds: copyKinds(w, w.kindState),
    kindBits: [w.kindsOn, w.askers, w.finishers],
    scenario: w.scenario,
  };
  return {
    state: parts,
    bytes: sizeOf(parts),
    pages: [...items.pages, ...users.jar, ...users.idle, ...users.kept, ...users.word],
  };
}

/** Puts a saved state back; the saved one stays usable. */
export function loadWorld(w: World, state: unknown): void {
  const s = state as {
    scalars: number[];
    queue: ReturnType<World['queue']['save']>;
    hash: Int32Array;
    journal: ReturnType<World['journal']['save']>;
    metrics: ReturnType<World['metrics']['save']>;
    requests: ReturnType<World['requests']['save']>;
    connections: ReturnType<World['connections']['save']>;
    kept: ReturnType<World['kept']['save']>;
    items: SavedPagedRows;
    places: unknown;
    clientDeadlines: ReturnType<World['clientDeadlines']['save']>;
    serverDeadlines: ReturnType<World['serverDeadlines']['save']>;
    queueDeadlines: ReturnType<World['queueDeadlines']['save']>;
    random: [keyof World['random'], Int32Array][];
    users: SavedUsers;
    streamTries: Uint8Array;
    containers: World['containers'];
    services: World['services'];
    stores: World['stores'];
    hosts: World['hosts'];
    partitions: World['partitions'];
    proxy: World['proxy'];
    uploads: number[];
    tags: string[];
    formats: string[];
    code: World['code'];
    images: World['images'];
    gitops: World['gitops'];
    hasAssets: boolean;
    differing: number;
    volumes: Map<string, number>;
    platform: unknown;
    scaler: World['scaler'];
    kinds: unknown[];
    kindBits: number[];
    scenario: World['scenario'];
  };
  [w.now, w.events, w.version, w.sent, w.inFlight, w.sessionsHeld, w.running, w.capacity] = s.scalars;
  w.frontUp = s.scalars[8] === 1;
  w.frontEntry = s.scalars[9];
  w.herd = s.scalars[10];
  w.front = s.scalars[11];
  w.silent = s.scalars[12];
  w.queue.load(s.queue);
  w.hash.lanes.set(s.hash);
  w.journal.load(s.journal);
  w.metrics.load(s.metrics);
  w.requests.load(s.requests);
  w.connections.load(s.connections);
  w.kept.load(s.kept);
  w.items.loadPages(s.items);
  w.places.load(s.places);
  w.clientDeadlines.load(s.clientDeadlines);
  w.serverDeadlines.load(s.serverDeadlines);
  w.queueDeadlines.load(s.queueDeadlines);
  for (const [name, words] of s.random) w.random[name].s.set(words);
  w.users.load(s.users);
  w.streamTries.set(s.streamTries);
  w.containers = s.containers.map(revive);
  w.services = s.services.map((x) => ({ ...x }));
  w.stores = s.stores.map((x) => ({ ...x }));
  w.hosts = s.hosts.map((x) => ({ ...x }));
  w.partitions = s.partitions;
  w.proxy = reviveProxy(s.proxy);
  w.uploads = s.uploads.slice();
  w.tags = s.tags.slice();
  w.formats = s.formats.slice();
  w.code = s.code;
  w.images = s.images;
  w.gitops = s.gitops;
  w.hasAssets = s.hasAssets;
  w.differing = s.differing;
  w.volumes = new Map(s.volumes);
  w.platformState = w.platform.copyState(s.platform);
  w.scaler = s.scaler;
  w.kindState = copyKinds(w, s.kinds);
  [w.kindsOn, w.askers, w.finishers] = s.kindBits;
  w.scenario = s.scenario;
}

const copyKinds = (w: World, state: readonly unknown[]): unknown[] =>
  STATE_KINDS.map((name, i) => w.kinds.find((kind) => kind.kind === name)?.copy(state[i]));

/** Bytes that a checkpoint alone keeps alive, roughly: logs and pages are shared with others. Tables of objects count as their first. */
function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value)) return value.length * (8 + (value.length > 0 ? sizeOf(value[0]) : 0));
  if (value instanceof Map) return 32 * value.size;
  if (typeof value !== 'object' || value === null) return 8;
  if ('chunks' in value) return 64;
  let n = 0;
  for (const [key, v] of Object.entries(value)) if (!APART.has(key)) n += sizeOf(v);
  return n;
}
const APART = new Set(['scenario', 'texts', 'pages', 'jar', 'idle', 'kept', 'word']);
