/**
 * Every default there is, written as in a compose file; `sim help keys` prints these tables and the parser reads them.
 * `none` stands for "not at all".
 */
import type { BalancerService } from '../sim/model/scenario.ts';

export const TOP_DEFAULTS = {
  platform: 'compose',
  hosts: '1',
  reboot: '30s',
  seed: '1',
  traffic: '{}',
  script: '[]',
  gitops: 'none',
} as const;
export const GITOPS_DEFAULTS = { poll: '120s', jitter: '60s', 'self-heal': 'false' } as const;

export const TRAFFIC_DEFAULTS = {
  users: '100',
  rate: 'none',
  think: '3s',
  wave: 'none',
  spike: 'none',
  mix: '{ browse: 1 }',
  'signed-in': 'true',
  relogin: 'at-once',
  'sign-in-time': '0s',
  'keep-alive': 'true',
  timeout: '10s',
  retry: '{}',
  idempotency: 'false',
  'browser-resend': 'false',
  streams: '{}',
  'stored-uploads': '0',
  'upload-keys': 'each',
  networks: 'each',
  hop: '0.2ms',
} as const;

export const WAVE_DEFAULTS = { amplitude: '0.5', period: '60s' } as const;
export const SPIKE_DEFAULTS = { at: '20s', for: '10s', factor: '3' } as const;
/** Weights of what is left out of a mix. */
export const MIX_DEFAULTS = {
  browse: '0',
  'sign-in': '0',
  upload: '0',
  'view-upload': '0',
  post: '0',
  checkout: '0',
} as const;
export const RETRY_DEFAULTS = { attempts: '0', backoff: '1s', jitter: '0', max: '30s' } as const;
export const STREAMS_DEFAULTS = { clients: '0', retry: '3s', backoff: '1', jitter: '0', max: '30s' } as const;

export const APP_DEFAULTS = {
  role: 'app',
  boot: '0.5s',
  startup: 'closed',
  'service-time': '{ exponential: 40ms }',
  concurrency: 'unlimited',
  blocking: 'false',
  pid1: 'exec',
  sigterm: 'drain',
  transfer: '0s',
  'keep-alive-timeout': 'none',
  'streams-on-term': 'close',
  prestop: '0s',
  drain: 'none',
  'endpoint-delay': '0s',
  readiness: 'none',
  liveness: 'none',
  'startup-probe': 'none',
  scaler: 'none',
  pdb: 'none',
  workload: 'deployment',
  rollout: '{}',
  'on-exit': '{}',
  state: '{}',
  paths: '{}',
  sessions: '{}',
  'db-pool': '10',
  'store-client': '{}',
  versions: '{}',
  memory: '{}',
  requires: '[]',
  cache: 'none',
  logs: '{}',
  jobs: 'none',
  counters: 'none',
  config: 'none',
  secrets: 'none',
  identity: 'none',
  membership: 'none',
} as const;

/** `seats: none` = as many as there are replicas. */
/** Intervals of no product: those of Hazelcast, Akka or Consul differ by factors of ten. */
export const MEMBERSHIP_DEFAULTS = {
  heartbeat: '1s',
  'suspect-after': '5s',
  fanout: '3',
  seeds: '1',
  'seed-by': 'address',
  rejoin: '30s',
  owners: 'true',
  'call-timeout': '1s',
} as const;
export const IDENTITY_DEFAULTS = { seats: 'none', release: '1h' } as const;
export const CACHE_DEFAULTS = {
  keys: '100',
  popularity: 'zipf',
  ttl: '60s',
  miss: '100ms',
  source: 'none',
  invalidate: 'false',
} as const;
export const LOGS_DEFAULTS = { ship: '1s', buffer: '10000' } as const;
export const JOBS_DEFAULTS = { every: '60s', takes: '1s', visibility: '30s' } as const;
export const CONFIG_DEFAULTS = { reread: 'none', mount: 'directory' } as const;
export const SECRETS_DEFAULTS = { reread: 'none', mount: 'directory', lease: 'none', renew: 'true' } as const;
export const COUNTERS_DEFAULTS = { limit: 'none', window: '60s', per: 'all' } as const;

/** What Compose itself leaves open, for every service; the grace period is the platform's. */
export const COMPOSE_DEFAULTS = { restart: 'no' } as const;

export const HEALTHCHECK_DEFAULTS = {
  interval: '30s',
  timeout: '30s',
  retries: '3',
  start_period: '0s',
  start_interval: '5s',
} as const;
export const RESTART_POLICY_DEFAULTS = {
  condition: 'any',
  delay: '5s',
  max_attempts: '0',
  window: '0s',
} as const;
export const UPDATE_DEFAULTS = {
  parallelism: '1',
  delay: '0s',
  failure_action: 'pause',
  monitor: '5s',
  max_failure_ratio: '0',
  order: 'stop-first',
} as const;

/** What differs between platforms; the rest of an app's keys is as in APP_DEFAULTS. */
export const PLATFORM_DEFAULTS = {
  bare: {
    readiness: '{ interval: 250ms, timeout: 1s, rise: 1, fall: 1 }',
    drain: 'before',
    'endpoint-delay': '0s',
    stop_grace_period: '10s',
  },
  docker: { readiness: 'none', drain: 'none', 'endpoint-delay': '0s', stop_grace_period: '10s' },
  compose: { readiness: 'none', drain: 'none', 'endpoint-delay': '0s', stop_grace_period: '10s' },
  swarm: { readiness: 'none', drain: 'before', 'endpoint-delay': '0s', stop_grace_period: '10s' },
  kubernetes: { readiness: 'none', drain: 'concurrent', 'endpoint-delay': '1s', stop_grace_period: '30s' },
} as const;

/** A readiness probe that is written but leaves keys out; `bare` has its own. */
export const READINESS_DEFAULTS = {
  interval: '10s',
  timeout: '1s',
  rise: '1',
  fall: '3',
  'initial-delay': '0s',
  deep: 'false',
} as const;
export const BARE_READINESS_DEFAULTS = { ...READINESS_DEFAULTS, interval: '250ms', fall: '1' } as const;
/** Liveness and startup probes; one success is always enough for them. */
export const PROBE_DEFAULTS = {
  interval: '10s',
  timeout: '1s',
  fall: '3',
  'initial-delay': '0s',
  deep: 'false',
} as const;

/** `capacity: none` = the container's concurrency, or 8 where that is unlimited. */
export const SCALER_DEFAULTS = {
  min: '1',
  max: '10',
  metric: 'cpu',
  target: '80%',
  interval: '15s',
  window: '300s',
  tolerance: '0.1',
  capacity: 'none',
  behavior: 'false',
} as const;
export const ROLLOUT_DEFAULTS = {
  strategy: 'rolling',
  'max-surge': '25%',
  'max-unavailable': '25%',
  'min-ready': '0s',
  deadline: '600s',
  keep: '30s',
  canary: '{}',
} as const;
export const CANARY_DEFAULTS = {
  steps: '[0.1, 0.5]',
  interval: '30s',
  'max-error-rate': '0.05',
  'min-requests': '20',
} as const;
export const MEMORY_DEFAULTS = {
  limit: 'none',
  base: '100m',
  leak: 'none',
  'per-session': '0m',
  'per-request': '0m',
} as const;
export const ON_EXIT_DEFAULTS = { do: 'restart', delay: '500ms', layer: 'keep' } as const;
export const SESSION_DEFAULTS = { ttl: 'none', sliding: 'false' } as const;
export const STORE_CLIENT_DEFAULTS = { 'offline-queue': 'true', timeout: 'none', attempts: '20' } as const;

/** Homes where neither the file nor its environment says anything. */
export const STATE_DEFAULTS = {
  sessions: 'memory',
  uploads: 'layer',
  records: 'none',
  cache: 'memory',
  logs: 'stdout',
  jobs: 'none',
  config: 'none',
  secrets: 'none',
  counters: 'memory',
  membership: 'none',
  identity: 'none',
} as const;

export const BALANCER_DEFAULTS = {
  role: 'balancer',
  kind: 'haproxy',
  backend: 'none',
  balance: 'roundrobin',
  'hash-type': 'map-based',
  resolve: 'auto',
  sticky: 'none',
  check: 'none',
  retries: '3',
  redispatch: 'false',
  persist: 'false',
  'retry-on': 'conn-failure',
  'no-post': 'false',
  timeouts: '{}',
  maxconn: '0',
  slowstart: '0s',
  observe: 'none',
  'error-limit': '10',
  'on-error': 'fail-check',
  'on-marked-down': 'none',
  handover: '0ms',
  keepalive: '0',
  'idle-timeout': '5s',
  'max-fails': '1',
  'fail-timeout': '10s',
  'next-upstream': '[error, timeout]',
  'deregistration-delay': '300s',
} as const;

export const CHECK_DEFAULTS = {
  inter: '2s',
  fastinter: 'none',
  downinter: 'none',
  fall: '3',
  rise: '2',
  timeout: 'none',
} as const;

/** `queue: none` = as long as `connect`. */
export const TIMEOUT_DEFAULTS = { connect: '5s', server: '60s', queue: 'none' } as const;

/** Where a balancer of another kind differs from the two tables above. */
export const BALANCER_KIND_DEFAULTS: Readonly<
  Record<
    string,
    {
      readonly keys?: Partial<Record<keyof typeof BALANCER_DEFAULTS, string>>;
      readonly timeouts?: Partial<Record<keyof typeof TIMEOUT_DEFAULTS, string>>;
      readonly check?: Partial<Record<keyof typeof CHECK_DEFAULTS, string>>;
    }
  >
> = {
  nginx: { keys: { 'idle-timeout': '60s' }, timeouts: { connect: '60s' } },
  alb: {
    keys: { check: '{}', retries: '0', 'idle-timeout': '60s' },
    timeouts: { connect: '10s' },
    check: { inter: '30s', timeout: '5s', fall: '2', rise: '5' },
  },
  l4: { keys: { retries: '0' }, timeouts: { connect: '1h', server: '1h' } },
};

/** The balancer that Swarm and Kubernetes bring along when the file has none. */
export const PLATFORM_BALANCER: Readonly<
  Record<
    string,
    { readonly kind: string; readonly name: string; readonly balance: BalancerService['balance'] }
  >
> = {
  swarm: { kind: 'l4', name: 'vip', balance: 'roundrobin' },
  kubernetes: { kind: 'l4', name: 'vip', balance: 'random(1)' },
};

export const STORE_DEFAULTS = {
  role: 'store',
  kind: 'redis',
  persistence: 'none',
  save: '3600 1 300 100 60 10000',
  appendfsync: 'everysec',
  maxmemory: 'unlimited',
  policy: 'noeviction',
  latency: '1ms',
  'max-connections': 'unlimited',
  failover: 'none',
  'down-after': '30s',
  election: '2s',
  'replication-lag': '100ms',
  'max-reads': 'unlimited',
  'max-writes': 'unlimited',
  prefixes: '1',
} as const;

/** Where a kind of store differs. The official Redis image saves snapshots unless told otherwise. */
export const STORE_KIND_DEFAULTS: Readonly<
  Record<string, Partial<Record<keyof typeof STORE_DEFAULTS, string>>>
> = {
  redis: { persistence: 'rdb', latency: '0.2ms', 'max-connections': '10000' },
  memcached: { maxmemory: '64mb', policy: 'allkeys-lru', latency: '0.2ms', 'max-connections': '1024' },
  postgres: { persistence: 'aof', 'max-connections': '100' },
  s3: { persistence: 'aof', latency: '5ms', 'max-reads': '5500/s', 'max-writes': '3500/s' },
  collector: { persistence: 'aof' },
  queue: { persistence: 'aof' },
  manager: { persistence: 'aof' },
};
