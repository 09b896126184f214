import { describe, expect, it } from 'vitest';
import type { AppService, Scenario, StoreService } from '../sim/model/scenario.ts';
import * as defaults from './defaults.ts';
import type { Keys } from './forms/block.ts';
import { readDefault } from './forms/form.ts';
import { appKeys, ON_EXIT_KEYS, READINESS_KEYS, ROLLOUT_KEYS, STORE_CLIENT_KEYS } from './keys/app.ts';
import { balancerDefaults, balancerKeys, CHECK_KEYS, TIMEOUT_KEYS } from './keys/balancer.ts';
import { STORE_KEYS, storeDefaults } from './keys/store.ts';
import { TOP_KEYS } from './keys/top.ts';
import { MIX_KEYS, RETRY_KEYS, SPIKE_KEYS, STREAMS_KEYS, TRAFFIC_KEYS, WAVE_KEYS } from './keys/traffic.ts';
import { parseScenario } from './parse.ts';
import { registeredNames } from './registered-names.ts';
import { homesOf } from './keys/state.ts';
import { STATE_KINDS } from '../sim/model/scenario.ts';
import { ALL_NAMES } from './fixture.ts';

function read(text: string): Scenario {
  const { scenario, problems } = parseScenario(text, 'f.yaml', [], ALL_NAMES);
  expect(problems).toEqual([]);
  if (!scenario) throw new Error('no scenario');
  return scenario;
}

const PLAIN =
  'name: shop\nservices: { app: { image: "shop:1.0" }, lb: { image: haproxy }, cache: { image: redis } }\n';
const ENGINE = {
  replicas: 1,
  containerName: null,
  pullPolicy: null,
  restart: 'no',
  restartMax: 0,
  restartCondition: 'any',
  restartDelayMs: 5000,
  restartWindowMs: 0,
  stopGraceMs: 10_000,
  stopSignal: null,
  environment: {},
  healthcheck: null,
  hostPorts: [],
  dependsOn: [],
  mounts: [],
  readOnly: false,
  update: {
    parallelism: 1,
    delayMs: 0,
    order: 'stop-first',
    failureAction: 'pause',
    monitorMs: 5000,
    maxFailureRatio: 0,
  },
  rollback: {
    parallelism: 1,
    delayMs: 0,
    order: 'stop-first',
    failureAction: 'pause',
    monitorMs: 5000,
    maxFailureRatio: 0,
  },
};

it('a plain file has every default', () => {
  expect(read(PLAIN)).toEqual({
    name: 'shop',
    platform: 'compose',
    hosts: 1,
    rebootMs: 30_000,
    seed: 1,
    script: [],
    gitops: null,
    backend: 'app',
    traffic: {
      users: 100,
      rate: null,
      thinkMs: 3000,
      wave: null,
      spike: null,
      mix: { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 },
      signedIn: true,
      relogin: 'at-once',
      signInMs: 0,
      keepAlive: true,
      timeoutMs: 10_000,
      retry: { attempts: 0, backoffMs: 1000, jitter: 0, maxMs: 30_000 },
      idempotency: false,
      browserResend: false,
      streams: { clients: 0, retryMs: 3000, backoff: 1, jitter: 0, maxMs: 30_000 },
      storedUploads: 0,
      uploadKeys: 0,
      networks: 0,
      hopMs: 0.2,
    },
    services: [
      {
        ...ENGINE,
        name: 'app',
        image: 'shop:1.0',
        role: 'app',
        bootMs: 500,
        startup: 'closed',
        serviceTime: { kind: 'exponential', mean: 40 },
        concurrency: Infinity,
        blocking: false,
        pid1: 'exec',
        sigterm: 'drain',
        transferMs: 0,
        keepAliveTimeoutMs: Infinity,
        streamsOnTerm: 'close',
        prestopMs: 0,
        drain: 'none',
        endpointDelayMs: 0,
        readiness: { kind: 'none' },
        liveness: null,
        startupProbe: null,
        scaler: null,
        pdb: null,
        workload: 'deployment',
        rollout: {
          strategy: 'rolling',
          maxSurge: { percent: 25 },
          maxUnavailable: { percent: 25 },
          minReadyMs: 0,
          deadlineMs: 600_000,
          keepMs: 30_000,
          canary: { steps: [0.1, 0.5], intervalMs: 30_000, maxErrorRate: 0.05, minRequests: 20 },
        },
        onExit: { do: 'restart', delayMs: 500, layer: 'keep' },
        state: {
          sessions: 'redis',
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
        },
        paths: {},
        sessions: { ttlMs: Infinity, sliding: false },
        dbPool: 10,
        storeClient: { offlineQueue: true, timeoutMs: Infinity, attempts: 20 },
        versions: {},
        kinds: {
          cache: null,
          logs: { shipMs: 1000, buffer: 10_000 },
          jobs: null,
          counters: null,
          config: null,
          secrets: null,
          identity: null,
          membership: null,
        },
        memoryLimitMb: null,
        memory: { baseMb: 100, leakPerRequestMb: 0, leakPerSecondMb: 0, perSessionMb: 0, perRequestMb: 0 },
        requires: [],
      },
      {
        ...ENGINE,
        name: 'lb',
        image: 'haproxy',
        role: 'balancer',
        kind: 'haproxy',
        balance: 'roundrobin',
        hashType: 'map-based',
        resolve: 'told',
        stopSignal: 'USR1',
        sticky: 'none',
        check: null,
        retries: 3,
        redispatch: false,
        persist: false,
        retryOn: ['conn-failure'],
        noPost: false,
        connectTimeoutMs: 5000,
        serverTimeoutMs: 60_000,
        queueTimeoutMs: null,
        maxconn: 0,
        slowstartMs: 0,
        observe: null,
        errorLimit: 10,
        onError: 'fail-check',
        onMarkedDown: 'none',
        handoverMs: 0,
        keepalive: 0,
        idleTimeoutMs: 5000,
        maxFails: 1,
        failTimeoutMs: 10_000,
        nextUpstream: ['error', 'timeout'],
        deregistrationMs: 300_000,
      },
      {
        ...ENGINE,
        name: 'cache',
        image: 'redis',
        role: 'store',
        kind: 'redis',
        persistence: 'rdb',
        savePoints: [
          { afterMs: 3_600_000, changes: 1 },
          { afterMs: 300_000, changes: 100 },
          { afterMs: 60_000, changes: 10_000 },
        ],
        appendfsync: 'everysec',
        maxmemory: Infinity,
        policy: 'noeviction',
        latencyMs: 0.2,
        maxConnections: 10_000,
        failover: 'none',
        downAfterMs: 30_000,
        electionMs: 2000,
        replicationLagMs: 100,
        maxReads: Infinity,
        maxWrites: Infinity,
        prefixes: 1,
      },
    ],
  });
});

describe('an app on', () => {
  const app = (platform: string, keys = ''): AppService =>
    read(
      `name: shop\nx-paddock: { platform: ${platform} }\nservices: { app: { image: "shop:1.0", x-paddock: { ${keys} } }, lb: { image: haproxy } }\n`,
    ).services[0] as AppService;

  it.each([
    ['docker', { kind: 'none' }, 'none', 0, 10_000],
    ['compose', { kind: 'none' }, 'none', 0, 10_000],
    ['swarm', { kind: 'none' }, 'before', 0, 10_000],
    ['kubernetes', { kind: 'none' }, 'concurrent', 1000, 30_000],
    ['bare', { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 }, 'before', 0, 10_000],
  ])('%s', (platform, readiness, drain, endpointDelayMs, stopGraceMs) =>
    expect(app(platform)).toMatchObject({ readiness, drain, endpointDelayMs, stopGraceMs, prestopMs: 0 }),
  );

  it.each([
    ['liveness: {}', { intervalMs: 10_000, timeoutMs: 1000, rise: 1, fall: 3 }],
    [
      'liveness: { deep: true, initial-delay: 5s }',
      { intervalMs: 10_000, timeoutMs: 1000, rise: 1, fall: 3, initialDelayMs: 5000, deep: true },
    ],
  ])('Kubernetes with %s', (keys, liveness) => expect(app('kubernetes', keys).liveness).toEqual(liveness));

  it('Kubernetes with a probe', () =>
    expect(app('kubernetes', 'readiness: {}').readiness).toEqual({
      kind: 'probe',
      intervalMs: 10_000,
      timeoutMs: 1000,
      rise: 1,
      fall: 3,
    }));
});

describe('a balancer', () => {
  const lb = (image: string, keys = ''): unknown =>
    read(
      `name: shop\nservices: { app: { image: "shop:1.0" }, lb: { image: ${image}, x-paddock: { ${keys} } } }\n`,
    ).services[1];

  it.each([
    [
      'haproxy',
      'check: {}',
      { check: { interMs: 2000, fastinterMs: null, downinterMs: null, fall: 3, rise: 2, timeoutMs: null } },
    ],
    [
      'haproxy',
      'check: true',
      { check: { interMs: 2000, fastinterMs: null, downinterMs: null, fall: 3, rise: 2, timeoutMs: null } },
    ],
    ['haproxy', 'check: none', { check: null }],
    ['haproxy', 'redispatch: -1', { redispatch: true }],
    ['haproxy', 'redispatch: 1', { redispatch: 1 }],
    [
      'nginx',
      '',
      {
        kind: 'nginx',
        connectTimeoutMs: 60_000,
        serverTimeoutMs: 60_000,
        maxFails: 1,
        failTimeoutMs: 10_000,
        nextUpstream: ['error', 'timeout'],
        deregistrationMs: 300_000,
      },
    ],
    [
      'nginx',
      'next-upstream: error timeout non_idempotent',
      { nextUpstream: ['error', 'timeout', 'non_idempotent'] },
    ],
    ['nginx', 'next-upstream: "off"', { nextUpstream: [] }],
    [
      'alb',
      '',
      {
        kind: 'alb',
        connectTimeoutMs: 10_000,
        serverTimeoutMs: 60_000,
        retries: 0,
        check: { interMs: 30_000, timeoutMs: 5000, fall: 2, rise: 5 },
      },
    ],
    ['l4', '', { kind: 'l4', retries: 0, check: null }],
  ])('%s with { %s }', (image, keys, expected) => expect(lb(image, keys)).toMatchObject(expected));
});

it.each([
  ['memcached:1', { kind: 'memcached', persistence: 'none', policy: 'allkeys-lru', maxConnections: 1024 }],
  ['postgres:16', { kind: 'postgres', maxConnections: 100 }],
  ['minio/minio', { kind: 's3', latencyMs: 5 }],
  ['valkey/valkey:8', { kind: 'redis', latencyMs: 0.2 }],
])('a store from %s', (image, expected) =>
  expect(
    read(`name: shop\nservices: { app: { image: "shop:1.0" }, store: { image: "${image}" } }\n`)
      .services[1] as StoreService,
  ).toMatchObject(expected),
);

const TABLES: readonly (readonly [string, Keys, Readonly<Record<string, string>>])[] = [
  ['top', TOP_KEYS, defaults.TOP_DEFAULTS],
  ['traffic', TRAFFIC_KEYS, defaults.TRAFFIC_DEFAULTS],
  ['mix', MIX_KEYS, defaults.MIX_DEFAULTS],
  ['wave', WAVE_KEYS, defaults.WAVE_DEFAULTS],
  ['spike', SPIKE_KEYS, defaults.SPIKE_DEFAULTS],
  ['retry', RETRY_KEYS, defaults.RETRY_DEFAULTS],
  ['streams', STREAMS_KEYS, defaults.STREAMS_DEFAULTS],
  ['app', appKeys(ALL_NAMES, 'compose'), defaults.APP_DEFAULTS],
  ['readiness', READINESS_KEYS, defaults.READINESS_DEFAULTS],
  ['readiness on bare', READINESS_KEYS, defaults.BARE_READINESS_DEFAULTS],
  ['rollout', ROLLOUT_KEYS, defaults.ROLLOUT_DEFAULTS],
  ['on-exit', ON_EXIT_KEYS, defaults.ON_EXIT_DEFAULTS],
  ['store-client', STORE_CLIENT_KEYS, defaults.STORE_CLIENT_DEFAULTS],
  ['balancer', balancerKeys('haproxy'), balancerDefaults('haproxy')],
  ['check', CHECK_KEYS, defaults.CHECK_DEFAULTS],
  ['timeouts', TIMEOUT_KEYS, defaults.TIMEOUT_DEFAULTS],
  ['store', STORE_KEYS, storeDefaults('redis')],
];

describe('the table of', () => {
  it.each(TABLES)('%s has one default for every key, and each can be read', (name, keys, values) => {
    expect(Object.keys(values).sort()).toEqual(Object.keys(keys).sort());
    for (const [key, { form }] of Object.entries(keys))
      expect(() => readDefault(form, values[key] ?? '', `${name}.${key}`)).not.toThrow();
  });
});

it('homes by default are homes that the simulation has', () => {
  const names = registeredNames();
  for (const kind of STATE_KINDS) expect(homesOf(kind, names)).toContain(defaults.STATE_DEFAULTS[kind]);
});
