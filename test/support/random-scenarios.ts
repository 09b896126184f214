import fc from 'fast-check';
import type { KindSettings } from '../../src/sim/kinds/settings.ts';
import {
  EVICTION_POLICIES,
  type AppService,
  type BalancerService,
  type Mount,
  type Scenario,
  type StateKind,
  type StoreService,
} from '../../src/sim/model/scenario.ts';
import { BALANCERS, PLATFORMS, STATE_MODELS } from '../../src/sim/registries.ts';
import { app, balancer, homes, scenario, store } from './fixtures.ts';

/** Random scenarios over all registries: what the conservation laws are tried on, with random-commands.ts. */

const homesOf = (kind: StateKind): string[] =>
  Object.values(STATE_MODELS)
    .filter((m) => m.kinds.includes(kind))
    .map((m) => m.name);

const distribution = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), ms: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ kind: fc.constant('exponential' as const), mean: fc.integer({ min: 1, max: 200 }) }),
  fc.record({
    kind: fc.constant('uniform' as const),
    min: fc.constant(5),
    max: fc.integer({ min: 5, max: 300 }),
  }),
  fc.record({
    kind: fc.constant('lognormal' as const),
    median: fc.constant(30),
    p95: fc.integer({ min: 31, max: 400 }),
  }),
);

const readiness: fc.Arbitrary<AppService['readiness']> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.constant({ kind: 'balancer' as const }),
  fc.record({
    kind: fc.constant('probe' as const),
    intervalMs: fc.constantFrom(250, 1000),
    timeoutMs: fc.constant(500),
    rise: fc.integer({ min: 1, max: 2 }),
    fall: fc.integer({ min: 1, max: 3 }),
  }),
);

const probe: fc.Arbitrary<AppService['liveness']> = fc.option(
  fc.record({
    intervalMs: fc.constantFrom(250, 1000),
    timeoutMs: fc.constant(200),
    rise: fc.constant(1),
    fall: fc.integer({ min: 1, max: 3 }),
    initialDelayMs: fc.constantFrom(0, 500),
    deep: fc.boolean(),
  }),
);

const healthcheck = fc.option(
  fc.record({
    intervalMs: fc.constantFrom(300, 1000),
    timeoutMs: fc.constant(500),
    retries: fc.integer({ min: 1, max: 3 }),
    startPeriodMs: fc.constantFrom(0, 1000),
    startIntervalMs: fc.constant(200),
    works: fc.boolean(),
  }),
);

/** Where a volume of this path may come from. */
const mountsAt = (target: string): fc.Arbitrary<readonly Mount[]> =>
  fc.constantFrom<readonly Mount[]>(
    [],
    [{ type: 'volume', source: 'data', target }],
    [{ type: 'volume', source: null, target }],
    [{ type: 'bind', source: './data', target }],
    [{ type: 'network', source: 'far', target }],
  );
const anyMount = fc.constantFrom('directory' as const, 'subpath' as const);
const kinds: fc.Arbitrary<KindSettings> = fc.record({
  cache: fc.option(
    fc.record({
      keys: fc.constantFrom(1, 20),
      popularity: fc.constantFrom('zipf' as const, 'equal' as const),
      ttlMs: fc.constantFrom(500, Infinity),
      missMs: fc.constantFrom(0, 50),
      source: fc.constantFrom(null, 'photos'),
      invalidate: fc.boolean(),
    }),
  ),
  logs: fc.record({ shipMs: fc.constantFrom(200, 1000), buffer: fc.constantFrom(0, 20) }),
  jobs: fc.option(
    fc.record({
      everyMs: fc.constantFrom(400, 1500),
      takesMs: fc.constantFrom(0, 300, 2000),
      visibilityMs: fc.constantFrom(0, 700),
    }),
  ),
  config: fc.option(fc.record({ rereadMs: fc.constantFrom(300, Infinity), mount: anyMount })),
  membership: fc.option(
    fc.record({
      heartbeatMs: fc.constantFrom(150, 600),
      suspectAfterMs: fc.constantFrom(700, 1500),
      fanout: fc.constantFrom(1, 3),
      seeds: fc.constantFrom(0, 1, 2),
      seedBy: fc.constantFrom('address' as const, 'name' as const),
      rejoinMs: fc.constantFrom(1000, Infinity),
      owners: fc.boolean(),
      callTimeoutMs: fc.constantFrom(100, 900),
    }),
  ),
  identity: fc.option(fc.record({ seats: fc.constantFrom(1, 3), releaseMs: fc.constantFrom(0, 1500) })),
  secrets: fc.option(
    fc.record({
      rereadMs: fc.constantFrom(300, Infinity),
      mount: anyMount,
      leaseMs: fc.constantFrom(1000, Infinity),
      renew: fc.boolean(),
    }),
  ),
  counters: fc.option(
    fc.record({
      limit: fc.constantFrom(null, 3, 50),
      windowMs: fc.constantFrom(300, 1000),
      per: fc.constantFrom('all' as const, 'user' as const),
    }),
  ),
});

export const anyApp: fc.Arbitrary<AppService> = fc
  .record({
    replicas: fc.integer({ min: 1, max: 5 }),
    bootMs: fc.constantFrom(0, 200, 1500),
    startup: fc.constantFrom('closed' as const, 'early' as const),
    serviceTime: distribution,
    concurrency: fc.constantFrom(1, 4, Infinity),
    blocking: fc.boolean(),
    pid1: fc.constantFrom('exec' as const, 'shell' as const, 'init' as const),
    sigterm: fc.constantFrom('drain' as const, 'exit' as const, 'none' as const),
    transferMs: fc.constantFrom(0, 0, 60),
    keepAliveTimeoutMs: fc.constantFrom(Infinity, Infinity, 60, 400),
    streamsOnTerm: fc.constantFrom('close' as const, 'keep' as const),
    prestopMs: fc.constantFrom(0, 300),
    drain: fc.constantFrom('before' as const, 'concurrent' as const, 'none' as const),
    endpointDelayMs: fc.constantFrom(0, 200),
    restart: fc.constantFrom(
      'no' as const,
      'always' as const,
      'unless-stopped' as const,
      'on-failure' as const,
    ),
    restartDelayMs: fc.constantFrom(0, 500, 5000),
    stopGraceMs: fc.constantFrom(300, 2000),
    dependsOn: fc.constantFrom(
      [],
      [{ service: 'cache', healthy: true, required: false }],
      [{ service: 'cache', healthy: true, required: true }],
    ),
    stopSignal: fc.constantFrom(null, 'QUIT', 'USR1', 'KILL'),
    readiness,
    scaler: fc.option(
      fc.record({
        min: fc.constantFrom(1, 2),
        max: fc.constantFrom(3, 6),
        metric: fc.constantFrom('cpu' as const, 'rps' as const, 'in-flight' as const),
        target: fc.constantFrom(0.5, 5),
        intervalMs: fc.constantFrom(500, 1500),
        windowMs: fc.constantFrom(0, 2000),
        tolerance: fc.constant(0.1),
        capacity: fc.constantFrom(null, 4),
        behavior: fc.boolean(),
      }),
    ),
    workload: fc.constantFrom('deployment' as const, 'deployment' as const, 'statefulset' as const),
    pdb: fc.constantFrom(null, { kind: 'min-available' as const, value: 2 }),
    liveness: probe,
    startupProbe: probe,
    healthcheck,
    pullPolicy: fc.constantFrom(null, 'always' as const, 'missing' as const),
    rollout: fc.record({
      strategy: fc.constantFrom(
        'rolling' as const,
        'recreate' as const,
        'blue-green' as const,
        'canary' as const,
      ),
      maxSurge: fc.integer({ min: 0, max: 2 }),
      maxUnavailable: fc.integer({ min: 0, max: 2 }),
      minReadyMs: fc.constantFrom(0, 300),
      deadlineMs: fc.constantFrom(1000, 600_000),
      keepMs: fc.constantFrom(0, 700),
      canary: fc.record({
        steps: fc.constantFrom([0.2], [0.1, 0.5]),
        intervalMs: fc.constantFrom(300, 900),
        maxErrorRate: fc.constantFrom(0, 0.1),
        minRequests: fc.constantFrom(0, 5),
      }),
    }),
    onExit: fc.record({
      do: fc.constantFrom('restart' as const, 'replace' as const, 'none' as const),
      delayMs: fc.constantFrom(0, 500),
      layer: fc.constantFrom('keep' as const, 'wipe' as const),
    }),
    update: fc.record({
      parallelism: fc.integer({ min: 0, max: 2 }),
      delayMs: fc.constantFrom(0, 300),
      order: fc.constantFrom('stop-first' as const, 'start-first' as const),
      failureAction: fc.constantFrom('pause' as const, 'continue' as const, 'rollback' as const),
      monitorMs: fc.constant(1000),
      maxFailureRatio: fc.constantFrom(0, 0.5),
    }),
    rollback: fc.record({
      parallelism: fc.integer({ min: 0, max: 2 }),
      delayMs: fc.constantFrom(0, 300),
      order: fc.constantFrom('stop-first' as const, 'start-first' as const),
      failureAction: fc.constantFrom('pause' as const, 'continue' as const),
      monitorMs: fc.constantFrom(200, 1000),
      maxFailureRatio: fc.constantFrom(0, 0.5),
    }),
    sessions: fc.constantFrom(...homesOf('sessions')),
    mounts: mountsAt('/app'),
    uploads: fc.constantFrom(...homesOf('uploads')),
    records: fc.constantFrom(...homesOf('records')),
    cache: fc.constantFrom(...homesOf('cache')),
    logs: fc.constantFrom(...homesOf('logs')),
    jobs: fc.constantFrom(...homesOf('jobs')),
    counters: fc.constantFrom(...homesOf('counters')),
    config: fc.constantFrom(...homesOf('config')),
    secrets: fc.constantFrom(...homesOf('secrets')),
    identity: fc.constantFrom(...homesOf('identity')),
    membership: fc.constantFrom(...homesOf('membership')),
    kinds,
    lifetime: fc.record({ ttlMs: fc.constantFrom(Infinity, 900, 2500), sliding: fc.boolean() }),
    storeClient: fc.record({
      offlineQueue: fc.boolean(),
      timeoutMs: fc.constantFrom(250, Infinity),
      attempts: fc.constantFrom(3, 20),
    }),
    versions: fc.constantFrom<AppService['versions']>(
      {},
      { '2.0': { bootMs: 100, errorRate: 0.3, sessionFormat: 'b' } },
      { '1.0': { assets: 'a' }, '2.0': { assets: 'b', schema: 'b', healthcheck: 'never' } },
      { '2.0': { schema: 'b', migration: 'compatible', serviceTime: { kind: 'fixed', ms: 5 } } },
      { '2.0': { crash: 'boot' } },
      { '1.0': { crash: 900 }, '2.0': { pull: 'fails' } },
      { '2.0': { create: 'fails' } },
      { '2.0': { requires: ['KEY'] } },
    ),
    memoryLimitMb: fc.constantFrom(null, null, 110),
    memory: fc.constantFrom(
      { baseMb: 100, leakPerRequestMb: 0.1, leakPerSecondMb: 0, perSessionMb: 0.2, perRequestMb: 0 },
      { baseMb: 100, leakPerRequestMb: 0, leakPerSecondMb: 4, perSessionMb: 0, perRequestMb: 1 },
    ),
    requires: fc.constantFrom<AppService['requires']>([], [], ['KEY']),
  })
  .map(
    ({
      lifetime,
      sessions,
      uploads,
      records,
      cache,
      logs,
      jobs,
      counters,
      config,
      secrets,
      identity,
      membership,
      ...rest
    }) =>
      app({
        ...rest,
        sessions: lifetime,
        state: homes({
          sessions,
          uploads,
          records,
          cache,
          logs,
          jobs,
          counters,
          config,
          secrets,
          identity,
          membership,
        }),
      }),
  );

export const anyBalancer: fc.Arbitrary<BalancerService> = fc
  .record({
    kind: fc.constantFrom(...Object.keys(BALANCERS)),
    balance: fc.constantFrom(
      'roundrobin' as const,
      'leastconn' as const,
      'random' as const,
      'random(1)' as const,
      'hash-user' as const,
      'source' as const,
    ),
    resolve: fc.constantFrom('told' as const, 'told' as const, 'once' as const, 700),
    hashType: fc.constantFrom('map-based' as const, 'consistent' as const),
    sticky: fc.constantFrom('none' as const, 'cookie' as const),
    check: fc.option(
      fc.record({
        interMs: fc.constantFrom(300, 1000),
        fastinterMs: fc.constantFrom(null, 100),
        downinterMs: fc.constantFrom(null, 200),
        fall: fc.integer({ min: 1, max: 3 }),
        rise: fc.integer({ min: 1, max: 3 }),
        timeoutMs: fc.constantFrom(null, 150),
      }),
    ),
    retries: fc.integer({ min: 0, max: 3 }),
    redispatch: fc.constantFrom(false, true, 1),
    persist: fc.boolean(),
    retryOn: fc.constantFrom(
      ['conn-failure'],
      ['all-retryable-errors'],
      ['conn-failure', 'response-timeout'],
      [],
    ),
    noPost: fc.boolean(),
    connectTimeoutMs: fc.constantFrom(300, 2000),
    serverTimeoutMs: fc.constantFrom(800, 15_000),
    queueTimeoutMs: fc.constantFrom(null, 400),
    maxconn: fc.constantFrom(0, 0, 1, 3),
    slowstartMs: fc.constantFrom(0, 1000),
    observe: fc.constantFrom(null, 'layer4' as const, 'layer7' as const),
    errorLimit: fc.integer({ min: 1, max: 3 }),
    onError: fc.constantFrom('mark-down' as const, 'fail-check' as const, 'sudden-death' as const),
    onMarkedDown: fc.constantFrom('none' as const, 'shutdown-sessions' as const),
    handoverMs: fc.constantFrom(0, 2),
    keepalive: fc.constantFrom(0, 2, 30),
    idleTimeoutMs: fc.constantFrom(200, 60_000),
    deregistrationMs: fc.constantFrom(500, 300_000),
    failTimeoutMs: fc.constantFrom(1000, 10_000),
    nextUpstream: fc.constantFrom(
      ['error', 'timeout'],
      ['off'],
      ['error', 'timeout', 'http_500', 'http_503', 'http_404', 'non_idempotent'],
    ),
  })
  .map((over) => ({ ...over, sticky: over.kind === 'l4' ? ('none' as const) : over.sticky }))
  .map((over) =>
    balancer(
      over.kind === 'l4' || over.kind === 'alb'
        ? { ...over, check: over.kind === 'l4' ? null : over.check, maxconn: 0, resolve: 'told' }
        : over,
    ),
  );

export const anyStore: fc.Arbitrary<StoreService> = fc
  .record({
    persistence: fc.constantFrom('none' as const, 'rdb' as const, 'aof' as const),
    mounts: mountsAt('/data'),
    savePoints: fc.constantFrom([], [{ afterMs: 700, changes: 3 }], [{ afterMs: 60_000, changes: 10_000 }]),
    appendfsync: fc.constantFrom('everysec' as const, 'always' as const),
    maxmemory: fc.constantFrom(Infinity, 20),
    policy: fc.constantFrom(...EVICTION_POLICIES),
    maxConnections: fc.constantFrom(10_000, 3),
    failover: fc.constantFrom('none' as const, 'sentinel' as const, 'standby' as const),
    downAfterMs: fc.constant(600),
    electionMs: fc.constantFrom(0, 200),
  })
  .map((over) => store(over));

export const anyTraffic = fc.record({
  users: fc.integer({ min: 1, max: 60 }),
  rate: fc.option(fc.constantFrom(5, 40, 120)),
  thinkMs: fc.constantFrom(200, 1500),
  mix: fc.record({
    browse: fc.constant(4),
    'sign-in': fc.constantFrom(0, 1),
    upload: fc.constantFrom(0, 1),
    'view-upload': fc.constantFrom(0, 2),
    post: fc.constantFrom(0, 1),
    checkout: fc.constantFrom(0, 1),
  }),
  signedIn: fc.boolean(),
  relogin: fc.constantFrom('at-once' as const, 'next' as const),
  keepAlive: fc.boolean(),
  timeoutMs: fc.constantFrom(700, 10_000),
  retry: fc.record({
    attempts: fc.constantFrom(0, 2),
    backoffMs: fc.constant(100),
    jitter: fc.constantFrom(0, 0.5),
    maxMs: fc.constantFrom(150, 30_000),
  }),
  idempotency: fc.boolean(),
  browserResend: fc.boolean(),
  streams: fc.record({
    clients: fc.constantFrom(0, 8),
    retryMs: fc.constant(500),
    backoff: fc.constantFrom(1, 2),
    jitter: fc.constantFrom(0, 1),
    maxMs: fc.constant(3000),
  }),
  networks: fc.constantFrom(0, 2),
  storedUploads: fc.constantFrom(0, 10),
  uploadKeys: fc.constantFrom(0, 3),
  wave: fc.constantFrom(null, { amplitude: 0.5, periodMs: 2000 }),
  spike: fc.constantFrom(null, { atMs: 1000, forMs: 1000, factor: 3 }),
});

export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    app: anyApp,
    lb: anyBalancer,
    cache: anyStore,
    platform: fc.constantFrom(...Object.keys(PLATFORMS)),
    hosts: fc.constantFrom(1, 2),
    limits: fc.constantFrom(
      {},
      {},
      { restartMax: 1, restartWindowMs: 0 },
      { restartMax: 2, restartWindowMs: 1500 },
      { hostPorts: [8080] },
    ),
    seed: fc.integer({ min: 0, max: 1e6 }),
    traffic: anyTraffic,
  })
  .map((x) =>
    scenario(
      [
        x.platform === 'swarm' ? { ...x.app, ...x.limits } : x.app,
        x.cache,
        store({
          name: 'photos',
          image: 'minio/minio:1',
          kind: 's3',
          latencyMs: 5,
          maxReads: 10,
          maxWrites: 5,
        }),
        store({ name: 'hot', image: 'memcached:1', kind: 'memcached', policy: 'allkeys-lru', maxmemory: 40 }),
        store({ name: 'db', image: 'postgres:17', kind: 'postgres', maxConnections: 33 }),
        store({ name: 'lines', image: 'fluent/fluent-bit:3', kind: 'collector' }),
        store({ name: 'vault', image: 'hashicorp/vault:1', kind: 'manager' }),
        store({ name: 'queue', image: 'rabbitmq:4', kind: 'queue', persistence: x.cache.persistence }),
        x.lb,
      ],
      {
        platform: x.platform,
        hosts: x.platform === 'compose' || x.platform === 'docker' ? 1 : x.hosts,
        rebootMs: 700,
        gitops:
          x.platform === 'kubernetes' && x.seed % 2 === 1
            ? { pollMs: 1500, jitterMs: 500, selfHeal: x.seed % 4 === 1 }
            : null,
        seed: x.seed,
      },
      x.traffic,
    ),
  );
