import type { ContainerView, HerdView, StoreView } from '../../sim/view.ts';

const PLATFORMS: Readonly<Record<string, string>> = {
  bare: 'a supervisor',
  docker: 'Docker',
  compose: 'Compose',
  swarm: 'Swarm',
  kubernetes: 'Kubernetes',
};

const BALANCERS: Readonly<Record<string, string>> = {
  haproxy: 'HAProxy',
  nginx: 'nginx',
  alb: 'ALB',
  l4: 'Layer 4',
};

const STORES: Readonly<Record<string, string>> = {
  redis: 'Redis',
  memcached: 'Memcached',
  postgres: 'PostgreSQL',
  s3: 'S3',
  minio: 'MinIO',
  queue: 'Queue',
  collector: 'Log collector',
  manager: 'Secret manager',
};

const SHORT_STORES: Readonly<Record<string, string>> = { postgres: 'Postgres', memcached: 'Memcache' };

const ALGORITHMS: Readonly<Record<string, string>> = {
  roundrobin: 'round robin',
  leastconn: 'least connections',
  random: 'random of two',
  'random(1)': 'random',
  source: 'by address',
  'hash-user': 'by user',
};

export const platformName = (platform: string): string => PLATFORMS[platform] ?? platform;
export const balancerName = (kind: string): string => BALANCERS[kind] ?? kind;
/** The product's name, or shorter ones where it does not fit; the last is returned whether it fits or not. */
export function storeName(store: StoreView, fits: (name: string) => boolean): string {
  if (store.kind === 'volume') return [`Volume ${store.name}`, store.name].find(fits) ?? store.name;
  const long = STORES[store.kind] ?? store.kind;
  return [long, SHORT_STORES[store.kind] ?? long].find(fits) ?? store.name;
}
export const balanceWords = (balance: string, sticky: boolean): string =>
  sticky ? 'sticky cookie' : (ALGORITHMS[balance] ?? balance);

/** `1 session`, `14 sessions`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** `2.1 s`, `450 ms`, `3 min`: short enough for a label. Never negative. */
export function seconds(ms: number): string {
  const left = Math.max(0, ms);
  if (left < 99_950) return `${trimmed((Math.ceil(left / 100) / 10).toFixed(1))} s`;
  return `${Math.ceil(left / 60_000)} min`;
}

/** `42 s`, `3 min`: what does not change all the time. */
export const wholeSeconds = (ms: number): string => seconds(Math.floor(Math.max(0, ms) / 1000) * 1000);

const trimmed = (number: string): string => number.replace(/\.0$/, '');

/** A pet has a name of its own instead of `<project>-<service>-<n>`. */
export const isPet = (c: ContainerView, view: HerdView): boolean =>
  c.name !== `${view.project}-${c.service}-${c.number}`;

/** What a container is called on the stage: `app-1`, or a pet's own name. */
export const shortName = (c: ContainerView, view: HerdView): string =>
  isPet(c, view) ? c.name : `${c.service}-${c.number}`;

/** Homes that are directories outside of the container: volumes. */
const onDisk = (home: string): boolean => home === 'volume' || home === 'shared';

/** Whether sessions live outside the containers. */
export function sessionsElsewhere(view: HerdView): boolean {
  const home = view.state['sessions'] ?? 'memory';
  return home === 'signed' || onDisk(home) || view.stores.some((store) => store.kind === home);
}

const IN_MEMORY = { long: 'kept only in memory', short: 'only in memory' };
const HOMES: Readonly<Record<string, { readonly long: string; readonly short: string }>> = {
  memory: IN_MEMORY,
  sticky: IN_MEMORY,
  tmpfs: IN_MEMORY,
  layer: { long: 'kept only in its files', short: 'only in its files' },
  volume: { long: 'kept on a volume', short: 'on a volume' },
  shared: { long: 'kept on a volume', short: 'on a volume' },
  signed: { long: 'kept in their cookies', short: 'kept in cookies' },
};

/** Where sessions are kept, as a reason why those of a dead container are lost or not; null where it says nothing. */
export function sessionHome(view: HerdView): { readonly long: string; readonly short: string } | null {
  const home = view.state['sessions'] ?? 'memory';
  const kept = HOMES[home];
  if (kept !== undefined) return kept;
  const store = view.stores.find(({ kind }) => kind === home);
  if (store === undefined) return null;
  const words = `kept in ${storeName(store, () => true)}`;
  return { long: words, short: words };
}

/** Whether sessions go with the process that has them. */
export const goesAlong = (view: HerdView): boolean => HOMES[view.state['sessions'] ?? 'memory'] === IN_MEMORY;

/** Whether any kind of state lives in this store. */
export const isUsed = (store: StoreView, view: HerdView): boolean =>
  store.kind === 'volume' ||
  store.sessions + store.uploads + store.records > 0 ||
  Object.values(view.state).includes(store.kind);

/** Whether what it holds outlives its process. */
export const isDurable = (store: StoreView): boolean =>
  store.kind === 'memcached' ? false : store.kind === 'redis' ? store.persistence !== 'none' : true;

/** From this share of a limit on, it is said in words. */
export const NEAR_LIMIT = 0.85;
/** Runs, and does badly. */
export const isTroubled = (c: ContainerView): boolean =>
  c.phase === 'running' &&
  (c.frozen ||
    c.cutOff ||
    c.diskFull ||
    c.slow > 1 ||
    c.server === 'down' ||
    c.health === 'unhealthy' ||
    (c.memory !== null && c.memory >= NEAR_LIMIT));
/** No share of a limit that is nearly used up reads as all of it. */
export const percent = (share: number): string =>
  `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;

/** The last of its connections are taken, or nearly. */
export function shortage({ connections, maxConnections }: StoreView): string | null {
  if (maxConnections === null || connections < maxConnections * NEAR_LIMIT) return null;
  return connections >= maxConnections
    ? 'no connection left'
    : `${maxConnections - connections} connections left`;
}
