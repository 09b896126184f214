import { describe, expect, it } from 'vitest';
import { createDriver } from '../../commands/driver.ts';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { AppService, Scenario } from '../model/scenario.ts';

/**
 * What survives what, for kinds that are counted and not drawn: the counter and the log of one container in each home, by
 * what happens to it (A2). One replica, so that nothing is merely elsewhere.
 */
const AT = 4000;
const UNTIL = 8000;
const EVENTS = {
  crash: [[AT, 'paddock crash shop-app-1']],
  recreate: [[AT, 'docker compose up -d --force-recreate']],
  renew: [[AT, 'docker compose up -d --force-recreate -V']],
  'down -v': [[AT, 'docker compose down -v']],
} as const;
type Event = keyof typeof EVENTS;

const volume = (source: string | null): Partial<AppService> => ({
  mounts: [{ type: 'volume', source, target: '/app' }],
});

/** Homes as they are written, and the events that they do not survive. */
const TABLE: readonly (readonly [home: string, mounts: Partial<AppService>, lost: readonly Event[]])[] = [
  ['memory', {}, ['crash', 'recreate', 'renew', 'down -v']],
  ['tmpfs', {}, ['crash', 'recreate', 'renew', 'down -v']],
  ['layer', {}, ['recreate', 'renew', 'down -v']],
  // Renewed, the old one stays behind with what it holds (S-23): out of reach, not lost.
  ['volume', volume(null), ['down -v']],
  ['volume', volume('data'), ['down -v']],
  ['shared', {}, []],
];

const pet = (state: Partial<AppService['state']>, a: Partial<AppService>): Scenario =>
  scenario(
    [
      app({
        replicas: 1,
        restart: 'always',
        state: homes({ sessions: 'signed', ...state }),
        kinds: { ...app().kinds, counters: { limit: null, windowMs: 1000, per: 'all' } },
        ...a,
      }),
      store({ persistence: 'aof' }),
      balancer(),
    ],
    { platform: 'compose' },
    { rate: 50 },
  );

describe('what the kinds of state survive (A2, S-38)', () => {
  it.each(TABLE)('a counter in %s %j', (home, mounts, lost) => {
    for (const event of Object.keys(EVENTS) as Event[]) {
      const m = play(pet({ counters: home }, mounts), 1, EVENTS[event], UNTIL).metrics(0, UNTIL);
      expect((m['counters.lost'] ?? 0) > 0, event).toBe(lost.includes(event));
    }
  });

  it.each(TABLE.filter(([home]) => home !== 'memory'))('log lines in %s %j', (home, mounts, lost) => {
    for (const event of Object.keys(EVENTS) as Event[]) {
      const m = play(pet({ logs: home, counters: 'none' }, mounts), 1, EVENTS[event], UNTIL).metrics(
        0,
        UNTIL,
      );
      expect((m['logs.lost'] ?? 0) > 0, event).toBe(lost.includes(event));
    }
  });

  it('a counter in Memcached goes with Memcached, one in PostgreSQL does not go with PostgreSQL', () => {
    const lost = (home: string, image: string): number => {
      const s = pet({ counters: home }, {});
      const db = store({ name: 'db', image, kind: home, persistence: 'aof' });
      const lines = [[AT, 'paddock store db restart --signal KILL']] as const;
      return (
        play({ ...s, services: [...s.services, db] }, 1, lines, UNTIL).metrics(0, UNTIL)['counters.lost'] ?? 0
      );
    };
    expect(lost('memcached', 'memcached:1')).toBeGreaterThan(150);
    expect(lost('postgres', 'postgres:16')).toBe(0);
  });

  it('a counter in Redis survives all of them but the end of Redis itself', () => {
    for (const event of ['crash', 'recreate'] as const)
      expect(
        play(pet({ counters: 'redis' }, {}), 1, EVENTS[event], UNTIL).metrics(0, UNTIL)['counters.lost'],
      ).toBe(0);
  });
});

describe('an anonymous volume that is renewed', () => {
  it('makes the counter begin anew, though nothing of the old one is lost (S-38, S-23)', () => {
    const wrong = (event: Event): number =>
      play(pet({ counters: 'volume' }, volume(null)), 1, EVENTS[event], UNTIL).metrics(AT, UNTIL)[
        'counters.wrong'
      ] ?? 0;
    expect(wrong('recreate')).toBe(0);
    expect(wrong('renew')).toBeGreaterThan(60);
  });
});

describe('a host that is lost', () => {
  const two = (state: Partial<AppService['state']>): Scenario =>
    scenario(
      [
        app({
          replicas: 2,
          state: homes({ sessions: 'signed', ...state }),
          kinds: { ...app().kinds, jobs: { everyMs: 2000, takesMs: 1000, visibilityMs: 1000 } },
        }),
        store(),
        store({ name: 'work', image: 'rabbitmq:4', kind: 'queue', persistence: 'aof' }),
        balancer(),
      ],
      { platform: 'swarm', hosts: 2 },
      { rate: 50 },
    );
  const lose = [[4500, 'paddock lose-host host-2']] as const;

  it('takes the lines on standard output of its containers along (S-25)', () => {
    const run = play(two({ logs: 'stdout' }), 1, lose, UNTIL);
    const lost = run.metrics(0, UNTIL)['logs.lost'] ?? 0;
    expect(lost).toBeGreaterThan(80);
    expect(lost).toBeLessThan(150);
    const entry = run.journal(0, run.journalLength()).find((e) => e.kind === 'logs-lost');
    expect(run.chain(entry?.id ?? -1).at(-1)?.kind).toBe('command');
  });

  it('ends the jobs that run on it; what the other host runs too is not missed', () => {
    const m = play(two({ jobs: 'memory' }), 1, lose, 6500).metrics(0, 6500);
    // due at 2 s and 4 s: finished by both, and by one of both; at 6 s one has begun
    expect([m['jobs.run'], m['jobs.duplicated'], m['jobs.missed']]).toEqual([3, 2, 0]);
  });
});

describe('a container that restarts in its pod', () => {
  it('has a clean layer, and its lines on standard output are still there (S-68, S-25)', () => {
    const on = (logs: string): number =>
      play(
        { ...pet({ logs, counters: 'none' }, {}), platform: 'kubernetes' },
        1,
        EVENTS.crash,
        UNTIL,
      ).metrics(0, UNTIL)['logs.lost'] ?? 0;
    expect(on('stdout')).toBe(0);
    expect(on('layer')).toBeGreaterThan(100);
  });
});

describe('a kind that begins while the herd runs', () => {
  it('acts from the redeploy on, and a seek comes to the same end', () => {
    const before = pet({ counters: 'none' }, { replicas: 3 });
    const after = pet(
      { counters: 'memory', jobs: 'memory', config: 'env', secrets: 'env', cache: 'memory' },
      {
        replicas: 3,
        kinds: {
          ...app().kinds,
          counters: { limit: 5, windowMs: 1000, per: 'all' },
          jobs: { everyMs: 1000, takesMs: 100, visibilityMs: 0 },
          config: { rereadMs: Infinity, mount: 'directory' },
          secrets: { rereadMs: 500, mount: 'directory', leaseMs: Infinity, renew: true },
          cache: { keys: 5, popularity: 'equal', ttlMs: 1000, missMs: 10, source: null, invalidate: false },
        },
      },
    );
    const drive = (): { run: ReturnType<typeof createRun>; advance(to: number): void } => {
      const run = createRun(before, 1);
      const driver = createDriver(run, [{ at: AT, do: 'paddock set a.b=c' }], () => after);
      return { run, advance: (to) => driver.advance(to) };
    };
    const straight = drive();
    straight.advance(UNTIL);
    expect(straight.run.commands()[0]?.ok).toBe(true);
    expect(straight.run.metrics(0, AT)['counters.allowed']).toBe(0);
    const m = straight.run.metrics(AT, UNTIL);
    for (const name of ['counters.allowed', 'counters.limited', 'jobs.run', 'cache.hits'] as const)
      expect(m[name], name).toBeGreaterThan(0);
    const { run, advance } = drive();
    advance(AT + 500);
    const saved = run.checkpoint();
    run.advance(UNTIL);
    run.restore(saved);
    run.advance(UNTIL);
    expect(run.hash()).toBe(straight.run.hash());
    expect(run.metrics(0, UNTIL)).toEqual(straight.run.metrics(0, UNTIL));
  });
});
