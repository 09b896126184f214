import { describe, expect, it } from 'vitest';
import { lintDockerfile } from './dockerfile.ts';
import { lintCompose } from './lint.ts';

/** Lines and rules of what is found, in the order in which it is said. */
const found = (text: string): string[] =>
  lintCompose(text, 'compose.yaml').findings.map((f) => `${f.line} ${f.rule}`);

const SOUND = `services:
  app:
    image: shop:1.0
    restart: always
    healthcheck: { test: [CMD, node, health.js], interval: 2s }
    deploy: { replicas: 3, update_config: { order: start-first } }
    x-paddock: { state: { sessions: redis } }
  cache: { image: "redis:7", restart: always, volumes: ["data:/data"] }
  lb: { image: "haproxy:3.2", restart: always, x-paddock: { check: {}, redispatch: true } }
volumes: { data: }
x-paddock: { platform: swarm }
`;

describe('lint of a compose file', () => {
  it('has nothing to say about a herd of cattle', () => expect(found(SOUND)).toEqual([]));

  it.each([
    ['sessions in each of three containers', ['sessions: redis', 'sessions: memory'], '7 R-7'],
    ['a shell as PID 1', ['shop:1.0\n', 'shop:1.0\n    command: sh -c "node x"\n'], '4 S-15'],
    ['no handler for SIGTERM', ['{ state', '{ sigterm: none, state'], '7 S-16'],
    ['a handler that does not drain', ['{ state', '{ sigterm: exit, state'], '7 R-5'],
    ['a tag that may move', ['shop:1.0', 'shop'], '3 S-123'],
    ['tasks that get traffic while they start', [/ +healthcheck.*\n/, ''], '2 S-47'],
    ['a balancer that does not look', ['check: {}, ', ''], '9 S-81'],
    ['a balancer that tries the dead again', ['redispatch: true', 'retries: 2'], '9 S-83'],
    ['a Redis on a volume without a name', [', volumes: ["data:/data"]', ''], '8 S-107'],
    [
      'one replica that goes before the next comes',
      ['3, update_config: { order: start-first }', '1'],
      '6 S-48',
    ],
    [
      'a password in the open',
      ['    restart: always\n', '    restart: always\n    environment: [DB_PASSWORD=x]\n'],
      '5 S-118',
    ],
    [
      'uploads in the layer',
      ['platform: swarm', 'platform: swarm, traffic: { mix: { upload: 1 } }'],
      '7 R-7',
    ],
  ] as const)('finds %s', (_, [from, to], finding) => {
    expect(found(SOUND.replace(from, to))).toEqual([finding]);
  });

  it('goes by the platform: no policy, a fixed port and an update that stops all on Compose; probes and preStop on Kubernetes', () => {
    const compose = SOUND.replace('swarm', 'compose').replace('    restart: always\n', '');
    expect(found(compose)).toEqual(['2 S-1', '4 S-19', '5 S-31']);
    const port = '1, update_config: { order: start-first } }\n    ports: ["80:80"]';
    expect(found(SOUND.replace('swarm', 'compose').replace(/3, update.*\n/, `${port}\n`))).toEqual([
      '5 S-19',
      '7 S-36',
    ]);
    expect(found(SOUND.replace('swarm', 'kubernetes'))).toEqual(['7 S-60', '7 S-64']);
    expect(
      found(
        SOUND.replace('swarm', 'swarm, hosts: 3').replace(
          '    x-p',
          '    volumes: ["data:/app/data"]\n    x-p',
        ),
      ),
    ).toEqual(['7 S-116']);
  });

  it('counts connections, and misses the password without which PostgreSQL does not start', () => {
    const db =
      '  db: { image: "postgres:16", restart: always, volumes: ["data:/var/lib/postgresql"] }\nvolumes';
    expect(
      found(SOUND.replace('volumes: { data', `${db}: { data`).replace('{ state', '{ db-pool: 40, state')),
    ).toEqual(['7 S-112', '10 S-113']);
  });

  it('looks at nothing in a file that cannot be run', () => {
    const { problems, findings } = lintCompose('services: { app: { imag: x } }', 'c.yaml');
    expect([problems.length > 0, findings]).toEqual([true, []]);
  });
});

describe('lint of a Dockerfile', () => {
  const rules = (text: string): string[] =>
    lintDockerfile(text, 'Dockerfile').map((f) => `${f.line} ${f.rule}`);

  it('has nothing to say about exec form, versions and variables that are no secrets', () => {
    expect(
      rules(
        '# c\nFROM node:20 AS build\nRUN a && \\\n  b\nFROM build AS two\nFROM --platform=x node:20@sha256:ab\nENV PORT=1\nCMD ["node", "x"]\n',
      ),
    ).toEqual([]);
    expect(rules('FROM scratch\nCMD exec node x\n')).toEqual([]);
  });

  it('finds a base without a version, a baked secret, a VOLUME and the shell form (S-15, S-23, S-122, S-123)', () => {
    expect(rules('FROM node\nENV A=1 \\\n  API_TOKEN=x\nVOLUME /data\nCMD node x\n')).toEqual([
      '1 S-123',
      '2 S-122',
      '4 S-23',
      '5 S-15',
    ]);
    expect(rules('FROM node:latest AS b\nFROM b\nENTRYPOINT ./run\n')).toEqual(['1 S-123', '3 S-15']);
  });
});
