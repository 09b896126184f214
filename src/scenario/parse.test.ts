import { describe, expect, it } from 'vitest';
import type { AppService, BalancerService, Scenario, StoreService } from '../sim/model/scenario.ts';
import { parseScenario } from './parse.ts';
import { ALL_NAMES } from './fixture.ts';

const SHOP = `
name: shop
x-paddock:
  platform: swarm                 # bare | docker | compose | swarm | kubernetes
  hosts: 1
  seed: 7
  traffic: { users: 120, think: 3s, mix: { browse: 6, upload: 1, view-upload: 1, checkout: 1 }, signed-in: true }
  script: [ { at: 10s, do: docker kill shop-app-2 } ]
services:
  app:
    image: shop:1.0
    restart: always
    stop_grace_period: 10s
    environment: { SESSION_STORE: redis, REDIS_URL: "redis://cache:6379" }
    healthcheck: { test: [CMD, node, health.js], interval: 2s, timeout: 1s, retries: 3 }
    deploy: { replicas: 3, update_config: { parallelism: 1, order: start-first } }
    x-paddock: { boot: 2s, service-time: { exponential: 40ms }, concurrency: 8, pid1: exec, sigterm: drain,
                 state: { sessions: redis, uploads: s3, cache: memory, logs: stdout } }
  cache: { image: "redis:7-alpine" }
  lb: { image: "haproxy:3.2", x-paddock: { balance: roundrobin, check: { inter: 2s, fall: 3, rise: 2 }, retries: 3, redispatch: true } }
`;

/** The scenario of a file without problems, and its notes. */
function read(
  text: string,
  overrides: readonly string[] = [],
): { scenario: Scenario; notes: readonly string[] } {
  const { scenario, problems, notes } = parseScenario(text, 'shop.yaml', overrides, ALL_NAMES);
  expect(problems).toEqual([]);
  if (!scenario) throw new Error('no scenario');
  return { scenario, notes };
}

function service<T>(scenario: Scenario, name: string): T {
  return scenario.services.find((each) => each.name === name) as T;
}

describe('a file with everything said', () => {
  const { scenario, notes } = read(SHOP);
  const app = service<AppService>(scenario, 'app');
  const lb = service<BalancerService>(scenario, 'lb');

  it('has its services in file order, and the store that is outside it', () => {
    expect(scenario.services.map(({ name, role }) => [name, role])).toEqual([
      ['app', 'app'],
      ['cache', 'store'],
      ['lb', 'balancer'],
      ['s3', 'store'],
    ]);
    expect(scenario.backend).toBe('app');
    expect(notes).toEqual([
      'services.app: uploads in s3 and no service for it: assuming Amazon S3 outside the file, called s3',
    ]);
  });

  it('has the values that were written', () => {
    expect(scenario).toMatchObject({
      name: 'shop',
      platform: 'swarm',
      hosts: 1,
      seed: 7,
      script: [{ at: 10_000, do: 'docker kill shop-app-2' }],
    });
    expect(scenario.traffic).toMatchObject({ users: 120, rate: null, thinkMs: 3000, signedIn: true });
    expect(scenario.traffic.mix).toEqual({
      browse: 6,
      'sign-in': 0,
      upload: 1,
      'view-upload': 1,
      post: 0,
      checkout: 1,
    });
    expect(app).toMatchObject({
      image: 'shop:1.0',
      replicas: 3,
      restart: 'always',
      stopGraceMs: 10_000,
      bootMs: 2000,
      concurrency: 8,
    });
    expect(app.healthcheck).toEqual({
      intervalMs: 2000,
      timeoutMs: 1000,
      retries: 3,
      startPeriodMs: 0,
      startIntervalMs: 5000,
      works: true,
    });
    expect(app.update).toMatchObject({
      parallelism: 1,
      order: 'start-first',
      failureAction: 'pause',
      monitorMs: 5000,
    });
    expect(app.rollback).toMatchObject({ parallelism: 1, order: 'stop-first', failureAction: 'pause' });
    expect(app.state).toMatchObject({ sessions: 'redis', uploads: 's3', cache: 'memory', logs: 'stdout' });
    expect(lb).toMatchObject({
      kind: 'haproxy',
      retries: 3,
      redispatch: true,
      check: { interMs: 2000, fall: 3, rise: 2 },
    });
  });
});

describe('a plain file', () => {
  it('says what it assumes', () => {
    const { scenario, notes } = read('services:\n  web:\n    build: .\n');
    expect(scenario.name).toBe('shop');
    expect(service<AppService>(scenario, 'web')).toMatchObject({
      image: 'shop-web:latest',
      replicas: 1,
      restart: 'no',
    });
    expect(notes).toEqual([
      'no name: the project is called shop',
      'services.web: no SESSION_STORE and no Redis: assuming sessions in memory',
      'no load balancer: users reach services.web directly',
    ]);
  });

  it('says where a time-out of kept connections changes nothing, because none is kept', () => {
    const shop = (lb: string): string =>
      `name: shop\nservices:\n  app: { image: 'shop:1', x-paddock: { state: { sessions: signed }, keep-alive-timeout: 2s } }\n${lb}`;
    const nothing = 'services.app.x-paddock.keep-alive-timeout changes nothing: ';
    const kept = 'opens a connection for each request; write keepalive: 100 there to keep them';
    expect(read(shop('')).notes).toContain(
      `${nothing}nobody follows the connections of users who reach the app without a balancer`,
    );
    expect(read(shop('  lb: { image: alb, x-paddock: { idle-timeout: 9s } }')).notes).toEqual([
      `${nothing}lb ${kept}`,
      `services.lb.x-paddock.idle-timeout changes nothing: lb ${kept}`,
    ]);
    expect(read(shop('  lb: { image: alb, x-paddock: { keepalive: 9, idle-timeout: 9s } }')).notes).toEqual(
      [],
    );
  });

  it('follows anchors and merge keys', () => {
    const { scenario } = read(`
name: shop
x-common: &common
  image: shop:1.0
  restart: always
  x-paddock: &keys { boot: 1s }
services:
  app:
    <<: *common
    restart: unless-stopped
  worker:
    image: worker:1
    x-paddock: *keys
  lb: { image: haproxy }
`);
    expect(service<AppService>(scenario, 'app')).toMatchObject({
      image: 'shop:1.0',
      restart: 'unless-stopped',
      bootMs: 1000,
    });
    expect(service<AppService>(scenario, 'worker')).toMatchObject({ image: 'worker:1', bootMs: 1000 });
  });

  it('fills in variables and says which are not set', () => {
    const { scenario, notes } = read(
      'name: shop\nservices:\n  app:\n    image: shop:${TAG:-2.0}\n    deploy: { replicas: "${N:-1}" }\n    environment: { A: "$HOST", B: "a$$b" }\n',
    );
    const app = service<AppService>(scenario, 'app');
    expect(app).toMatchObject({ image: 'shop:2.0', replicas: 1, environment: { A: '', B: 'a$b' } });
    expect(notes).toContain('services.app.environment.A: the HOST variable is not set, taken as empty');
  });

  it('takes a service without profiles for one that is always there', () => {
    for (const profiles of ['[]', ''])
      expect(
        read(`services: { app: { image: "shop:1.0", profiles: ${profiles} } }`).notes.join('\n'),
      ).not.toContain('left out');
  });

  it('keeps what a run cannot show out of the way, and says so where it might matter', () => {
    const { notes } = read(`
name: shop
services:
  app: { image: "shop:1.0", labels: [a=b], expose: ["80"], logging: { driver: local }, cpus: 2, env_file: .env, hostname: h, x-other: 1 }
  db: { image: "mysql:8", depends_on: [app] }
  later: { image: "shop:1.0", profiles: [debug] }
networks: { front: , back: }
`);
    expect(notes).toEqual([
      'services.app.cpus is not simulated: containers do not compete for processors',
      'services.app.env_file is not simulated: the file is not part of the scenario; write what matters under environment',
      'services.db is left out: mysql is not simulated',
      'services.later is left out: it starts only with one of its profiles',
      'services.app: no SESSION_STORE and no Redis: assuming sessions in memory',
      'networks are not simulated: every service reaches every other',
      'no load balancer: users reach services.app directly',
    ]);
  });
});

describe('depends_on', () => {
  const file = (platform: string): string =>
    `name: shop
x-paddock: { platform: ${platform} }
services:
  app: { image: "shop:1.0", depends_on: { cache: { condition: service_healthy, required: false }, db: { condition: service_completed_successfully, restart: true } } }
  cache: { image: redis, depends_on: [db] }
  db: { image: "postgres:17" }
`;
  it('is read for docker compose up (S-41)', () => {
    const { scenario, notes } = read(file('compose'));
    expect(service<AppService>(scenario, 'app').dependsOn).toEqual([
      { service: 'cache', healthy: true, required: false },
      { service: 'db', healthy: false, required: true },
    ]);
    expect(scenario.services[1]?.dependsOn).toEqual([{ service: 'db', healthy: false, required: true }]);
    expect(notes.filter((note) => note.includes('depends_on'))).toEqual([
      'services.app.depends_on.db is taken for service_started: no service of the simulation does its work and ends',
      'services.app.depends_on.db.restart is not simulated',
    ]);
  });
  it('is said to count for nothing elsewhere (S-41)', () => {
    expect(read(file('swarm')).notes).toContain(
      'services.app.depends_on.cache: only docker compose up waits for another service, not swarm',
    );
  });
});

it.each(['shop/compose.yaml', 'shop//compose.yaml', './shop/./docker-compose.yml', 'C:\\shop\\compose.yaml'])(
  'without a name, %s is called shop after its folder',
  (file) => {
    const { scenario } = parseScenario('services: { app: { image: "a:1" } }', file, [], ALL_NAMES);
    expect(scenario?.name).toBe('shop');
  },
);

describe('nginx', () => {
  const file = (platform: string, more = ''): string =>
    `name: shop\nx-paddock: { platform: ${platform} }\nservices:\n  app: { image: "shop:1.0" }\n  lb: { image: "nginx:1.29.6"${more} }\n`;
  const NOTE =
    'services.lb: nginx looks its servers up when it starts, and at nginx -s reload: it knows no container that comes later; write resolve: 10s to look again';
  it('asks for a name once where a name stands for containers, and it is said (S-40)', () => {
    const { scenario, notes } = read(file('compose'));
    expect(service<BalancerService>(scenario, 'lb').resolve).toBe('once');
    expect(notes).toContain(NOTE);
  });
  it.each([
    ['asks again as it was told to', file('compose', ', x-paddock: { resolve: 10s }'), 10_000],
    ['is told on Swarm', file('swarm'), 'told'],
  ])('%s (S-40)', (_, text, resolve) => {
    const { scenario, notes } = read(text);
    expect(service<BalancerService>(scenario, 'lb').resolve).toBe(resolve);
    expect(notes).not.toContain(NOTE);
  });
});

describe('a port of the node', () => {
  const file = (platform: string, mode: string, hosts: number, replicas = 2): string =>
    `name: shop\nx-paddock: { platform: ${platform}, hosts: ${hosts} }\nservices:\n  app: { image: "shop:1.0", deploy: { replicas: ${replicas} }, ports: [{ target: 80, published: 8080, mode: ${mode} }] }\n`;
  it("is one task's on Swarm: a file with more tasks than nodes is refused, and the mesh has no such limit", () => {
    expect(read(file('swarm', 'host', 2)).scenario.services[0]?.hostPorts).toEqual([8080]);
    expect(read(file('swarm', 'ingress', 1)).scenario.services[0]?.hostPorts).toEqual([]);
    expect(
      parseScenario(file('swarm', 'host', 1), 'shop.yaml', [], ALL_NAMES).problems.map((p) => p.message),
    ).toEqual([
      'services.app.ports.0: 2 tasks need port 8080 of their node (mode: host), and there is 1 node: write hosts: 2 under x-paddock, fewer replicas, or mode: ingress',
    ]);
  });
});

describe('the load balancer', () => {
  const file = (platform: string, replicas = 3): string =>
    `name: shop\nx-paddock: { platform: ${platform} }\nservices:\n  app: { image: "shop:1.0", deploy: { replicas: ${replicas} } }\n`;

  it.each([
    ['swarm', 'roundrobin', "no load balancer: assuming Swarm's virtual address (l4), called vip"],
    [
      'kubernetes',
      'random(1)',
      'no load balancer: assuming the address of a Kubernetes Service (l4), called vip',
    ],
  ])('comes with %s', (platform, balance, note) => {
    const { scenario, notes } = read(file(platform));
    expect(service<BalancerService>(scenario, 'vip')).toMatchObject({
      role: 'balancer',
      kind: 'l4',
      balance,
      check: null,
      retries: 0,
    });
    expect(notes).toContain(note);
  });

  it('is the first of the file, and serves the app that it names', () => {
    const { scenario, notes } = read(`
name: shop
services:
  worker: { image: "worker:1" }
  app: { image: "shop:1.0" }
  lb: { image: haproxy, x-paddock: { backend: app } }
  old: { image: nginx }
`);
    expect(scenario.backend).toBe('app');
    expect(scenario.services.map(({ name }) => name)).toEqual(['worker', 'app', 'lb']);
    expect(notes).toContain('services.old is left out: lb is the balancer');
    expect(notes).toContain('services.worker gets no traffic: it goes to app');
  });
});

describe('Redis', () => {
  const store = (text: string): StoreService =>
    service(
      read(`name: shop\nservices:\n  app: { image: "shop:1.0" }\n  cache: ${text}\n`).scenario,
      'cache',
    );

  it('saves snapshots unless its command says otherwise', () => {
    expect(store('{ image: "redis:7" }').persistence).toBe('rdb');
    expect(store('{ image: "redis:7", command: redis-server --appendonly yes }').persistence).toBe('aof');
    expect(store(`{ image: "redis:7", command: ["redis-server", "--save", ""] }`).persistence).toBe('none');
    expect(store(`{ image: "redis:7", command: redis-server --save "" }`).persistence).toBe('none');
    expect(
      store('{ image: "redis:7", command: redis-server --appendonly yes, x-paddock: { persistence: none } }')
        .persistence,
    ).toBe('none');
  });

  it('reads its limit from its command or its keys', () => {
    expect(
      store('{ image: "redis:7", command: redis-server --maxmemory 64mb --maxmemory-policy allkeys-lru }'),
    ).toMatchObject({ maxmemory: 65_536, policy: 'allkeys-lru' });
    expect(store('{ image: "redis:7", x-paddock: { maxmemory: 5000, policy: volatile-lru } }')).toMatchObject(
      { maxmemory: 5000, policy: 'volatile-lru' },
    );
    expect(store('{ image: "redis:7", x-paddock: { maxmemory: 1mb } }').maxmemory).toBe(1024);
  });
});

describe('restart rules', () => {
  const app = (platform: string, text: string): AppService =>
    service(
      read(
        `name: shop\nx-paddock: { platform: ${platform} }\nservices:\n  app: { image: "shop:1.0", ${text} }\n  lb: { image: haproxy }\n`,
      ).scenario,
      'app',
    );

  it.each([
    ['restart: no', 'no', 0],
    ['restart: "no"', 'no', 0],
    ['restart: unless-stopped', 'unless-stopped', 0],
    ['restart: on-failure', 'on-failure', 0],
    ['restart: on-failure:3', 'on-failure', 3],
    ['deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }', 'on-failure', 2],
    ['restart: always, deploy: { restart_policy: { condition: none } }', 'no', 0],
    ['deploy: { restart_policy: { condition: any } }', 'always', 0],
  ])('on Compose %s is %s', (text, restart, restartMax) =>
    expect(app('compose', text)).toMatchObject({ restart, restartMax }),
  );

  it('on Swarm are those of deploy.restart_policy', () => {
    expect(app('swarm', 'restart: "no"')).toMatchObject({ restartCondition: 'any', restartDelayMs: 5000 });
    expect(app('swarm', 'deploy: { restart_policy: { condition: on-failure, delay: 1s } }')).toMatchObject({
      restartCondition: 'on-failure',
      restartDelayMs: 1000,
    });
  });
});

describe('what the real thing would refuse', () => {
  const DB =
    'services.db: the image of PostgreSQL does not start without POSTGRES_PASSWORD: assuming that it is set';
  it.each([
    ['', [DB]],
    [', environment: { POSTGRES_PASSWORD: x }', []],
    [', environment: { POSTGRES_HOST_AUTH_METHOD: trust }', []],
  ])('is said of PostgreSQL without a password: db%s (S-113)', (more, notes) => {
    const text = `name: shop\nservices:\n  app: { image: "shop:1.0", x-paddock: { state: { sessions: postgres } } }\n  db: { image: "postgres:16"${more} }\n`;
    expect(read(text).notes.filter((note) => note.includes('POSTGRES'))).toEqual(notes);
  });

  it('stops PostgreSQL with the signal of its image, unless the file names another (S-113)', () => {
    const stopSignal = (more: string): string | null | undefined =>
      read(
        `name: shop\nservices:\n  app: { image: "shop:1.0", x-paddock: { state: { sessions: postgres } } }\n  db: { image: "postgres:16"${more} }\n`,
      ).scenario?.services.find((s) => s.name === 'db')?.stopSignal;
    expect([stopSignal(''), stopSignal(', stop_signal: SIGTERM')]).toEqual(['INT', 'TERM']);
  });

  it('is no matter of uploads into a read-only layer where nobody uploads (S-126)', () => {
    const app = (traffic: string): string =>
      `name: shop\nx-paddock: { traffic: { ${traffic} } }\nservices:\n  app: { image: "shop:1.0", read_only: true, x-paddock: { state: { sessions: memory } } }\n`;
    const quiet = read(app('users: 1')).scenario?.services.find((s) => s.role === 'app');
    expect(quiet?.role === 'app' && quiet.state.uploads).toBe('none');
    expect(parseScenario(app('mix: { upload: 1 }'), 'f.yaml').problems.map((p) => p.message)).toEqual([
      'services.app.read_only: uploads in layer cannot be written with read_only: true; give them another home under x-paddock.state',
    ]);
  });
});

describe('keys that a platform does not read', () => {
  const notes = (platform: string, app: string): readonly string[] =>
    read(
      `name: shop\nx-paddock: { platform: ${platform} }\nservices:\n  app: { image: "shop:1.0", ${app} }\n  lb: { image: haproxy }\n`,
    ).notes;

  it.each([
    [
      'compose',
      'deploy: { update_config: { order: start-first } }',
      'services.app.deploy.update_config is not read by Compose, which recreates every replica at once',
    ],
    [
      'kubernetes',
      'healthcheck: { test: [CMD, x] }',
      'services.app.healthcheck is not read by Kubernetes: x-paddock.readiness is its probe',
    ],
    ['swarm', 'restart: on-failure', 'services.app.restart is not read by Swarm: deploy.restart_policy is'],
    ['bare', 'restart: "no"', 'services.app.restart is not read by bare: x-paddock.on-exit is'],
    [
      'bare',
      'deploy: { restart_policy: { delay: 1s } }',
      'services.app.deploy.restart_policy is not read by bare: x-paddock.on-exit is',
    ],
    [
      'kubernetes',
      'deploy: { restart_policy: { condition: none } }',
      'services.app.deploy.restart_policy is not read by Kubernetes: a Deployment always restarts',
    ],
    [
      'compose',
      'x-paddock: { prestop: 2s }',
      'services.app.x-paddock.prestop is not read by Compose, which tells nobody before it stops a container',
    ],
    [
      'compose',
      'x-paddock: { drain: before }',
      'services.app.x-paddock.drain is not read by Compose, which tells nobody before it stops a container',
    ],
    [
      'docker',
      'x-paddock: { endpoint-delay: 1s }',
      'services.app.x-paddock.endpoint-delay is not read by Docker, which tells nobody before it stops a container',
    ],
    [
      'compose',
      'x-paddock: { readiness: { interval: 1s } }',
      "services.app.x-paddock.readiness is not read by Compose, which sends traffic at once: the balancer's check decides",
    ],
    [
      'swarm',
      'x-paddock: { readiness: { interval: 1s } }',
      'services.app.x-paddock.readiness is not read by Swarm: healthcheck is',
    ],
    [
      'swarm',
      'x-paddock: { rollout: { max-surge: 1 } }',
      'services.app.x-paddock.rollout is not read by Swarm: deploy.update_config is',
    ],
  ])('%s: %s', (platform, app, note) => expect(notes(platform, app)).toContain(note));
});
