import type { Page } from '../engine/pages.ts';
import { mirror, refill } from '../engine/refill.ts';
import type { SavedRows } from '../engine/rows.ts';
import { blankContainer, type Container, copyContainer } from './container.ts';
import type { SavedPlaces } from './places.ts';
import { STATE_KINDS, type StoreService } from './scenario.ts';
import { loadProxy, type Proxy, saveProxy } from './server.ts';
import { newStore, type Store } from './store.ts';
import type { SavedUsers } from './users.ts';
import { newHost, newService, STREAMS, type World } from './world.ts';

/** What of a world is a number or a truth value. */
type Scalar =
  | 'now'
  | 'events'
  | 'sent'
  | 'inFlight'
  | 'sessionsHeld'
  | 'running'
  | 'capacity'
  | 'frontUp'
  | 'frontEntry'
  | 'frontContainer'
  | 'silent'
  | 'hasAssets'
  | 'differing'
  | 'driftContainers'
  | 'driftChanges'
  | 'kindsOn'
  | 'askers'
  | 'finishers';

interface SavedWorld {
  scalars: Pick<World, Scalar>;
  queue: ReturnType<World['queue']['save']>;
  hash: Int32Array;
  journal: ReturnType<World['journal']['save']>;
  metrics: ReturnType<World['metrics']['save']>;
  requests: ReturnType<World['requests']['save']>;
  connections: ReturnType<World['connections']['save']>;
  kept: ReturnType<World['kept']['save']>;
  items: SavedRows;
  places: SavedPlaces;
  clientDeadlines: ReturnType<World['clientDeadlines']['save']>;
  serverDeadlines: ReturnType<World['serverDeadlines']['save']>;
  queueDeadlines: ReturnType<World['queueDeadlines']['save']>;
  random: readonly (readonly [keyof World['random'], Int32Array])[];
  users: SavedUsers;
  streamTries: Uint8Array;
  containers: Container[];
  services: World['services'];
  stores: World['stores'];
  hosts: World['hosts'];
  partitions: World['partitions'];
  proxy: Proxy;
  uploads: number[];
  objects: Map<number, number>;
  tags: string[];
  formats: string[];
  code: World['code'];
  images: World['images'];
  gitops: World['gitops'];
  volumes: Map<string, number>;
  platform: unknown;
  scaler: World['scaler'];
  kinds: Readonly<Record<number, unknown>>;
  scenario: World['scenario'];
  /** Of all that is here in pages: those that no other checkpoint has. */
  own: readonly Page[];
}

/** A world as it was, what it keeps alive by itself, and lists of pages that others may have too. */
interface Saved {
  readonly state: unknown;
  readonly bytes: number;
  readonly shared: readonly (readonly Page[])[];
}

/** Everything of a world that changes, copied. */
export function saveWorld(w: World): Saved {
  const { blocks } = w;
  const room = w.spare;
  w.spare = null;
  const items = w.items.save(blocks);
  const users = w.users.save(blocks);
  const requestRows = w.requests.used;
  const parts: Omit<SavedWorld, 'own'> = {
    // By name: in a list, beside a time, every count would become a float, and so would the field that it is put back into.
    scalars: {
      now: w.now,
      events: w.events,
      sent: w.sent,
      inFlight: w.inFlight,
      sessionsHeld: w.sessionsHeld,
      running: w.running,
      capacity: w.capacity,
      frontUp: w.frontUp,
      frontEntry: w.frontEntry,
      frontContainer: w.frontContainer,
      silent: w.silent,
      hasAssets: w.hasAssets,
      differing: w.differing,
      driftContainers: w.driftContainers,
      driftChanges: w.driftChanges,
      kindsOn: w.kindsOn,
      askers: w.askers,
      finishers: w.finishers,
    },
    queue: w.queue.save(blocks),
    hash: w.hash.lanes.slice(),
    journal: w.journal.save(),
    metrics: w.metrics.save(),
    requests: w.requests.save(blocks),
    connections: w.connections.save(blocks),
    kept: w.kept.save(blocks),
    items,
    places: w.places.save(room?.places),
    clientDeadlines: w.clientDeadlines.save(blocks, requestRows),
    serverDeadlines: w.serverDeadlines.save(blocks, requestRows),
    queueDeadlines: w.queueDeadlines.save(blocks, requestRows),
    random: STREAMS.map((name) => [name, w.random[name].s.slice()] as const),
    users,
    streamTries: w.streamTries.slice(),
    containers: mirror(room?.containers ?? [], w.containers, blankContainer, copyContainer),
    services: w.services.map((s) => ({ ...s })),
    stores: w.stores.map((s) => ({ ...s })),
    hosts: w.hosts.map((h) => ({ ...h })),
    partitions: w.partitions,
    proxy: saveProxy(w.proxy, room?.servers),
    uploads: w.uploads.slice(),
    objects: new Map(w.objects),
    tags: w.tags.slice(),
    formats: w.formats.slice(),
    code: w.code,
    images: w.images,
    gitops: w.gitops,
    volumes: new Map(w.volumes),
    platform: w.platform.copyState(w.platformState),
    scaler: w.scaler,
    // No two kinds are alike, so not a list, of which only the first is measured.
    kinds: { ...copyKinds(w, w.kindState) },
    scenario: w.scenario,
  };
  const own = blocks.takeMade();
  return {
    state: { ...parts, own },
    bytes: own.reduce((sum, page) => sum + page.bytes, sizeOf(parts)),
    shared: [items.pages, users.records, users.state, users.moreIdle, users.kept, users.word],
  };
}

/** The room that a saved state takes by itself is free for the next: nobody will put this one back. */
export function recycleWorld(w: World, state: unknown): void {
  const { own, containers, proxy, places } = state as SavedWorld;
  w.blocks.recycle(own);
  w.spare = { containers, servers: proxy.servers, places: places.all };
}

/**
 * Puts a saved state back; the saved one stays usable. It goes into the objects and lists that a run has already: code was
 * compiled for those, and would be thrown away if others took their place.
 */
export function loadWorld(w: World, state: unknown): void {
  const s = state as SavedWorld;
  Object.assign(w, s.scalars);
  w.queue.load(s.queue, w.blocks);
  w.hash.lanes.set(s.hash);
  w.journal.load(s.journal);
  w.metrics.load(s.metrics);
  const { blocks } = w;
  w.requests.load(s.requests, blocks);
  w.connections.load(s.connections, blocks);
  w.kept.load(s.kept, blocks);
  w.items.load(s.items, blocks);
  w.places.load(s.places);
  w.clientDeadlines.load(s.clientDeadlines, blocks);
  w.serverDeadlines.load(s.serverDeadlines, blocks);
  w.queueDeadlines.load(s.queueDeadlines, blocks);
  for (const [name, words] of s.random) w.random[name].s.set(words);
  w.users.load(s.users, blocks);
  w.streamTries.set(s.streamTries);
  mirror(w.containers, s.containers, blankContainer, copyContainer);
  mirror(w.services, s.services, (x) => newService(x.def, x.wanted), Object.assign);
  w.readDefinitions();
  const freshStore = ({ id, service, kind, place }: Store): Store =>
    newStore(id, service, s.services[service].def as StoreService, kind, place);
  mirror(w.stores, s.stores, freshStore, Object.assign);
  mirror(w.hosts, s.hosts, (x) => newHost(x.id, x.name), Object.assign);
  w.partitions = s.partitions;
  loadProxy(w.proxy, s.proxy);
  refill(w.uploads, s.uploads);
  w.objects = new Map(s.objects);
  refill(w.tags, s.tags);
  refill(w.formats, s.formats);
  w.code = s.code;
  w.images = s.images;
  w.gitops = s.gitops;
  w.volumes.clear();
  for (const [name, place] of s.volumes) w.volumes.set(name, place);
  w.platformState = w.platform.copyState(s.platform);
  w.scaler = s.scaler;
  w.kindState = copyKinds(w, s.kinds);
  w.follow(s.scenario);
}

const copyKinds = (w: World, state: Readonly<Record<number, unknown>>): unknown[] =>
  STATE_KINDS.map((name, i) =>
    state[i] === null ? null : w.kinds.find((kind) => kind.kind === name)?.copy(state[i]),
  );

/** Bytes of all that is in no page, roughly: logs are shared with others. Rows of a list count as its first. */
function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value)) return value.length * (8 + rowSize(value[0]));
  if (value instanceof Map) return 32 * value.size;
  if (typeof value !== 'object' || value === null) return 8;
  if ('chunks' in value) return 64;
  if ('columns' in value) return 0;
  let n = 0;
  for (const [key, v] of Object.entries(value)) if (!APART.has(key)) n += sizeOf(v);
  return n;
}
const APART = new Set(['scenario', 'def', 'texts']);

/** Of a row its fields, and those of what lies in it; further down, rows share what they have. */
const rowSize = (row: unknown): number =>
  Object.values(row ?? {}).reduce<number>((n, v) => n + 8 + 8 * Object.keys(v ?? {}).length, 0);
