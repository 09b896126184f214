import { describe, expect, it } from 'vitest';
import type { AppService, BalancerService, Scenario } from '../../sim/model/scenario.ts';
import { ALL_NAMES, problemsOf } from '../fixture.ts';
import { parseScenario } from '../parse.ts';

/** The scenario of a file without problems, and its notes. */
function read(text: string): { scenario: Scenario; notes: readonly string[] } {
  const { scenario, problems, notes } = parseScenario(text, 'shop.yaml', [], ALL_NAMES);
  expect(problems).toEqual([]);
  if (!scenario) throw new Error('no scenario');
  return { scenario, notes };
}

function service<T>(scenario: Scenario, name: string): T {
  return scenario.services.find((each) => each.name === name) as T;
}

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
      'environment: { UPLOAD_STORE: local }',
      '',
      'layer',
      'services.app: UPLOAD_STORE says local: uploads in layer',
    ],
    [
      'environment: { UPLOAD_STORE: local }, volumes: ["u:/app/uploads"]',
      'volumes: { u: }\n',
      'volume',
      'services.app: u is mounted at /app/uploads: uploads in volume',
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

describe('a volume', () => {
  const file = (app: string, more = ''): string =>
    `name: shop\nservices:\n  app: { image: "shop:1.0", ${app} }\n  lb: { image: haproxy }\n${more}`;
  const VOLUME = 'x-paddock: { state: { sessions: volume } }';

  it.each([
    [VOLUME, undefined, 'no volume is mounted for sessions: assuming an anonymous one at /app/sessions'],
    [
      `${VOLUME}, volumes: ["./c.yml:/etc/c.yml", "d:/app/data"]`,
      '/app/data/sessions',
      'sessions in the volume d, mounted at /app/data',
    ],
    [
      `${VOLUME}, volumes: ["./src:/app", "/var/x"]`,
      '/var/x/sessions',
      'sessions in an anonymous volume, mounted at /var/x',
    ],
    [
      `${VOLUME}, volumes: ["./c.yml:/etc/c.yml", "./state:/home/me"]`,
      '/home/me/sessions',
      'sessions in the directory ./state of the host, mounted at /home/me',
    ],
    ['x-paddock: { state: { sessions: volume }, paths: { sessions: /srv/s/ } }', '/srv/s', null],
  ])('for sessions with %s is at %s', (app, path, note) => {
    const { scenario, notes } = read(file(app, 'volumes: { d: }\n'));
    expect(service<AppService>(scenario, 'app').paths.sessions).toBe(path);
    const said = notes.filter((line) => /volume|directory/.test(line));
    expect(said).toEqual(note === null ? [] : [`services.app: ${note}`]);
  });

  it('has a path in the container, of a kind that exists', () => {
    expect(problemsOf(file('x-paddock: { paths: { sessions: data } }'))).toEqual([
      "3:61 services.app.x-paddock.paths.sessions: 'data' is not a directory of the container; write a path such as /app/sessions",
    ]);
    expect(problemsOf(file('x-paddock: { paths: { session: /data } }'))).toEqual([
      "3:51 unknown key 'session' in services.app.x-paddock.paths; did you mean 'sessions'?",
    ]);
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
