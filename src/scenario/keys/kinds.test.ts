import { describe, expect, it } from 'vitest';
import type { AppService } from '../../sim/model/scenario.ts';
import { shop } from '../fixture.ts';
import { parseScenario } from '../parse.ts';

const REDIS = '  cache: { image: "redis:7" }\n';

const read = (
  x: string,
  more = '',
): { app: AppService | undefined; problems: string[]; notes: readonly string[] } => {
  const { scenario, problems, notes } = parseScenario(shop(`x-paddock: ${x}`, more), 'f.yaml');
  return {
    app: scenario?.services.find((s): s is AppService => s.role === 'app'),
    problems: problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
    notes: notes.filter((n) => n.includes('nothing uses it')),
  };
};

describe('what an app does with its kinds of state', () => {
  it('is nothing, unless it is written', () => {
    expect(read('{ boot: 1s }').app?.kinds).toEqual({
      cache: null,
      logs: { shipMs: 1000, buffer: 10_000 },
      jobs: null,
      config: null,
      secrets: null,
      identity: null,
      membership: null,
      counters: null,
    });
  });

  it('is read with its defaults and its units', () => {
    const { app, problems } = read(
      `{ state: { cache: redis, jobs: memory, config: file, secrets: env, identity: layer, membership: dns },
         cache: { ttl: 5s, miss: 250ms, popularity: equal }, logs: { ship: 2s, buffer: 5 },
         jobs: { every: 10s }, config: { reread: 30s }, secrets: { mount: subpath },
         identity: { seats: 2 },
         membership: { heartbeat: 500ms, suspect-after: 2s, rejoin: none, seed-by: name }, counters: { limit: 100, window: 1m, per: user } }`,
      REDIS,
    );
    expect(problems).toEqual([]);
    expect(app?.kinds).toEqual({
      cache: { keys: 100, popularity: 'equal', ttlMs: 5000, missMs: 250, source: null, invalidate: false },
      logs: { shipMs: 2000, buffer: 5 },
      jobs: { everyMs: 10_000, takesMs: 1000, visibilityMs: 30_000 },
      config: { rereadMs: 30_000, mount: 'directory' },
      secrets: { rereadMs: Infinity, mount: 'subpath', leaseMs: Infinity, renew: true },
      identity: { seats: 2, releaseMs: 3_600_000 },
      membership: {
        heartbeatMs: 500,
        suspectAfterMs: 2000,
        fanout: 3,
        seeds: 1,
        seedBy: 'name',
        rejoinMs: Infinity,
        owners: true,
        callTimeoutMs: 1000,
      },
      counters: { limit: 100, windowMs: 60_000, per: 'user' },
    });
  });

  it('follows from a home that is written for jobs, config, secrets and identity', () => {
    const { app } = read('{ state: { jobs: redis, config: env, secrets: baked, identity: layer } }', REDIS);
    expect(app?.kinds.jobs).toEqual({ everyMs: 60_000, takesMs: 1000, visibilityMs: 30_000 });
    expect(app?.kinds.config).toEqual({ rereadMs: Infinity, mount: 'directory' });
    expect(app?.kinds.secrets?.renew).toBe(true);
    expect(app?.kinds.identity?.seats).toBe(1);
    expect(read('{ state: { jobs: redis }, jobs: none }', REDIS).app?.kinds.jobs).toBeNull();
    expect(read('{ state: { membership: memory } }').app?.kinds.membership?.suspectAfterMs).toBe(5000);
  });

  it('is said to be missing where a home of a cache or a counter would hold nothing', () => {
    expect(read('{ state: { cache: redis } }', REDIS).notes).toEqual([
      'services.app: cache in redis, and nothing uses it: write cache: {} beside state',
    ]);
    expect(read('{ state: { cache: redis }, cache: {} }', REDIS).notes).toEqual([]);
    expect(read('{ state: { cache: memory, counters: none } }').notes).toEqual([]);
  });
});

describe('what cannot be', () => {
  const CASES: readonly (readonly [what: string, x: string, more: string, problem: RegExp])[] = [
    [
      'jobs without a home',
      '{ jobs: true }',
      '',
      /^3:\d+ \S+ jobs without a home does nothing; write state: { jobs: memory }/,
    ],
    [
      'a rate limit without one',
      '{ state: { counters: none }, counters: {} }',
      '',
      /^3:\d+ \S+ counters without a home/,
    ],
    [
      'a source that is not there',
      '{ cache: { source: cahce } }',
      REDIS,
      /^3:\d+ \S+ 'cahce' is not a store service; did you mean 'cache'\?; use cache$/,
    ],
    [
      'a source that is the cache',
      '{ state: { cache: redis }, cache: { source: cache } }',
      REDIS,
      /^3:\d+ \S+ cache is where the cache itself lives/,
    ],
    [
      'a collector that is not there',
      '{ state: { logs: collector } }',
      '',
      /logs in collector need a collector service; add one under services: logs: { image: "fluent\/fluent-bit:3" }$/,
    ],
    [
      'a queue that is not there',
      '{ state: { jobs: queue } }',
      '',
      /jobs in queue need a queue service; add one under services: queue: { image: "rabbitmq:4" }$/,
    ],
    [
      'a manager that is not there',
      '{ state: { secrets: manager } }',
      '',
      /secrets in manager need a manager service; add one under services: vault: { image: "hashicorp\/vault:1" }$/,
    ],
    [
      'peers without a list',
      '{ membership: true }',
      '',
      /^3:\d+ \S+ membership without a home does nothing; write state: { membership: memory }/,
    ],
    [
      'peers that are taken for dead between two heartbeats',
      '{ state: { membership: memory }, membership: { heartbeat: 2s, suspect-after: 2s } }',
      '',
      /^3:\d+ \S+ suspect-after has to be longer than heartbeat.*; write suspect-after: 6s$/,
    ],
    [
      'peers in a store that is not there',
      '{ state: { membership: redis } }',
      '',
      /membership in redis need/,
    ],
    ['a home that is none of its kind', '{ state: { config: redis } }', REDIS, /unknown home 'redis'/],
    ['a limit of nothing', '{ counters: { limit: 0 } }', '', /'0' is not a whole number of 1 or more$/],
    [
      'a licence for nobody',
      '{ state: { identity: layer }, identity: { seats: 0 } }',
      '',
      /'0' is not a whole number of 1 or more/,
    ],
    ['too many keys', '{ cache: { keys: 5000 } }', '', /'5000' is not a whole number from 1 to 1000$/],
    [
      'an unknown word',
      '{ secrets: { leese: 1h }, state: { secrets: env } }',
      '',
      /unknown key 'leese'.*did you mean 'lease'\?$/,
    ],
  ];
  it.each(CASES)('%s', (_what, x, more, problem) => {
    const { problems } = read(x, more);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});
