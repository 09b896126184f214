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
      'networks are not simulated: every service reaches every other',
      'services.app: no SESSION_STORE and no Redis: assuming sessions in memory',
      'no load balancer: users reach services.app directly',
    ]);
  });
});

describe('sessions', () => {
  const file = (app: string, more = ''): string =>
    `name: shop\nservices:\n  app: { image: "shop:1.0", ${app} }\n  lb: { image: haproxy }\n${more}`;

  it.each([
    ['SESSION_STORE: redis', 'redis', 'services.app: SESSION_STORE says redis: sessions in redis'],
    ['SESSION_STORE: Memory', 'memory', 'services.app: SESSION_STORE says memory: sessions in memory'],
    ['SESSION_STORE: file', 'layer', 'services.app: SESSION_STORE says file: sessions in layer'],
    ['SESSION_DRIVER: cookie', 'signed', 'services.app: SESSION_DRIVER says cookie: sessions in signed'],
    ['OTHER: x', 'redis', 'services.app: no SESSION_STORE, but cache runs Redis: assuming sessions in redis'],
  ])('with %s and a Redis live in %s', (variable, home, note) => {
    const { scenario, notes } = read(file(`environment: { ${variable} }`, '  cache: { image: "redis:7" }\n'));
    expect(service<AppService>(scenario, 'app').state.sessions).toBe(home);
    expect(notes).toContain(note);
  });

  it('say nothing when the file does', () => {
    const { scenario, notes } = read(
      file('x-paddock: { state: { sessions: memory } }', '  cache: { image: "redis:7" }\n'),
    );
    expect(service<AppService>(scenario, 'app').state.sessions).toBe('memory');
    expect(notes).toEqual([]);
  });

  it('that are sticky are memory and a cookie', () => {
    const { scenario } = read(file('x-paddock: { state: { sessions: sticky } }'));
    expect(service<AppService>(scenario, 'app').state.sessions).toBe('memory');
    expect(service<BalancerService>(scenario, 'lb').sticky).toBe('cookie');
  });

  it('in files follow their mount', () => {
    const { scenario, notes } = read(
      file('environment: { SESSION_STORE: file }, volumes: ["s:/app/sessions"]', 'volumes: { s: }\n'),
    );
    expect(service<AppService>(scenario, 'app').state.sessions).toBe('volume');
    expect(notes).toContain('services.app: s is mounted at /app/sessions: sessions in volume');
  });
});

describe('uploads', () => {
  const file = (app: string, more = ''): string =>
    `name: shop\nx-paddock: { traffic: { mix: { upload: 1 } } }\nservices:\n  app: { image: "shop:1.0", ${app} }\n  lb: { image: haproxy }\n${more}`;

  it.each([
    [
      'tty: true',
      '',
      'layer',
      "services.app: nothing says where uploads go: assuming the container's own layer",
    ],
    ['environment: [S3_BUCKET=photos]', '', 's3', 'services.app: S3_BUCKET is set: assuming uploads in s3'],
    [
      'environment: { UPLOAD_STORE: minio }',
      '',
      's3',
      'services.app: UPLOAD_STORE says minio: uploads in s3',
    ],
    [
      'tty: true',
      '  photos: { image: minio/minio }\n',
      's3',
      'services.app: photos stores objects: assuming uploads in s3',
    ],
    [
      'volumes: ["u:/app/uploads"]',
      'volumes: { u: }\n',
      'volume',
      'services.app: u is mounted at /app/uploads: uploads in volume',
    ],
    [
      'volumes: ["u:/uploads"]',
      'volumes: { u: { driver_opts: { type: nfs } } }\n',
      'shared',
      'services.app: u is mounted at /uploads: uploads in shared',
    ],
    [
      'tmpfs: /app/uploads',
      '',
      'tmpfs',
      'services.app: a tmpfs is mounted at /app/uploads: uploads in tmpfs',
    ],
  ])('with %s %j live in %s', (app, more, home, note) => {
    const { scenario, notes } = read(file(app, more));
    expect(service<AppService>(scenario, 'app').state.uploads).toBe(home);
    expect(notes).toContain(note);
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

describe('PID 1', () => {
  const app = (text: string): { pid1: string; notes: readonly string[] } => {
    const { scenario, notes } = read(`name: shop\nservices:\n  app: { image: "shop:1.0", ${text} }\n`);
    return { pid1: service<AppService>(scenario, 'app').pid1, notes };
  };

  it.each([
    ['command: node server.js', 'exec', 'services.app: command is in exec form, so the app itself is PID 1'],
    [
      'command: [node, server.js]',
      'exec',
      'services.app: command is in exec form, so the app itself is PID 1',
    ],
    [
      'command: sh -c "node server.js"',
      'shell',
      'services.app: command runs a shell, which is PID 1 and passes no signals on',
    ],
    [
      'command: ["/bin/bash", "-lc", "npm start"]',
      'shell',
      'services.app: command runs a shell, which is PID 1 and passes no signals on',
    ],
    [
      'command: sh -c "exec node server.js"',
      'exec',
      'services.app: command is in exec form, so the app itself is PID 1',
    ],
    [
      'entrypoint: ["tini", "--"], command: node server.js',
      'init',
      'services.app: entrypoint runs tini, an init that passes signals on',
    ],
    ['init: true', 'init', 'services.app: init is true, so an init is PID 1 and passes signals on'],
  ])('with %s is %s', (text, pid1, note) => {
    const read = app(text);
    expect(read.pid1).toBe(pid1);
    expect(read.notes).toContain(note);
  });

  it('is what x-paddock says', () => {
    const { pid1, notes } = app('command: sh -c x, x-paddock: { pid1: init }');
    expect(pid1).toBe('init');
    expect(notes.some((note) => note.includes('PID 1'))).toBe(false);
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
    [
      'swarm',
      'x-paddock: { rollout: { max-surge: 1 } }',
      'services.app.x-paddock.rollout is not read by Swarm: deploy.update_config is',
    ],
  ])('%s: %s', (platform, app, note) => expect(notes(platform, app)).toContain(note));
});
