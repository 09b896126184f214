import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import type { Scenario, StoreService, Traffic } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const SIGN_INS = { browse: 0, 'sign-in': 1, upload: 0, 'view-upload': 0, post: 0, checkout: 0 };
const FAIL_FAST = { offlineQueue: false, timeoutMs: 250, attempts: 20 };

const shop = (cache: Partial<StoreService>, t: Partial<Traffic> = {}, kind = 'redis'): Scenario =>
  scenario(
    [
      app({ state: homes({ sessions: kind }), storeClient: FAIL_FAST }),
      store({ kind, failover: 'sentinel', ...cache }),
      balancer({ check: null }),
    ],
    { platform: 'compose' },
    { users: 2000, rate: 50, mix: SIGN_INS, ...t },
  );
const lost = (run: Run, to: number): number => run.metrics(0, to)['sessions.lost'] ?? 0;

describe('Sentinel', () => {
  it('promotes the replica after 30 s and an election; until then the store is down (A4, S-110)', () => {
    const run = play(shop({ persistence: 'aof' }), 1, [[2000, 'docker kill shop-cache-1']], 40_000);
    const m = run.metrics(2100, 33_900);
    expect(m['requests.ok']).toBe(0);
    expect(m['requests.failed.dependency']).toBe(m['requests.failed']);
    // Clients are there two seconds later at most, and the rest is well.
    expect(run.metrics(36_100, 40_000)['requests.failed']).toBe(0);
    expect(run.metrics(36_100, 40_000)['requests.ok']).toBeGreaterThan(100);
    const switched = entries(run).find((e) => e.kind === 'store-failed-over');
    expect(switched?.t).toBe(34_000);
    expect(run.chain(switched?.id ?? -1).at(-1)?.text).toBe('docker kill shop-cache-1');
  });

  it('loses the writes of the last moments, whatever the primary has on its disk (S-110)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const s = shop({ persistence: 'aof', replicationLagMs: 500, downAfterMs: 1000 }, { rate: 100 });
      const run = play(s, seed, [[3000, 'docker kill shop-cache-1']], 7000);
      // Sign-ins of users who had a session replace it; all were written in the last half second.
      const written = run.metrics(2400, 3100)['logins'] ?? 0;
      expect(lost(run, 7000)).toBeGreaterThan(20);
      expect(lost(run, 7000)).toBeLessThanOrEqual(written + 1);
      const none = play(
        shop({ persistence: 'none', replicationLagMs: 0, downAfterMs: 1000 }),
        seed,
        [[3000, 'docker kill shop-cache-1']],
        7000,
      );
      expect(lost(none, 7000)).toBe(0);
    }
  });

  it('leaves the replica its own disk: the volume of the old primary may go (S-110)', () => {
    const cache = { persistence: 'aof', replicationLagMs: 0, downAfterMs: 1000, electionMs: 0 } as const;
    const mounts = [{ type: 'volume', source: null, target: '/data' }] as const;
    const lines = [
      [2000, 'docker kill shop-cache-1'],
      [5000, 'docker rm -v shop-cache-1'],
    ] as const;
    const run = play(shop({ ...cache, mounts }), 1, lines, 9000);
    expect(lost(run, 9000)).toBe(0);
    expect(run.metrics(6000, 9000)['requests.failed']).toBe(0);
  });

  it('nor is it on a named volume of the old primary, which `down -v` removes with its own (S-110, S-38)', () => {
    const cache = { persistence: 'aof', replicationLagMs: 0, downAfterMs: 1000, electionMs: 0 } as const;
    const mounts = [{ type: 'volume', source: 'carts', target: '/data' }] as const;
    const gone = (kill: string): Run =>
      play(
        shop({ ...cache, mounts }),
        1,
        [
          [2000, kill],
          [5000, 'docker compose down -v'],
        ],
        9000,
      );
    expect(lost(gone('docker kill shop-cache-1'), 9000)).toBe(0);
    expect(lost(gone('docker kill shop-app-1'), 9000)).toBeGreaterThan(100);
  });

  it('of a primary that hangs leaves nobody to follow, until that goes on (S-110)', () => {
    const by = (to: number): boolean | null | undefined =>
      play(
        shop({ persistence: 'aof' }),
        1,
        [
          [2000, 'docker kill -s STOP shop-cache-1'],
          [3000, 'paddock store cache failover'],
          [5000, 'docker kill -s CONT shop-cache-1'],
        ],
        to,
      ).view().stores[0]?.standby;
    expect([by(2500), by(4000), by(6000)]).toEqual([true, false, true]);
  });

  it('does nothing when the primary is back in time; without persistence it comes back empty, and so does the replica (S-110)', () => {
    const of = (persistence: StoreService['persistence']): Run =>
      play(
        shop({ persistence, downAfterMs: 3000 }, { users: 50 }),
        1,
        [
          [2000, 'docker kill shop-cache-1'],
          [3000, 'docker start shop-cache-1'],
        ],
        9000,
      );
    expect(lost(of('none'), 9000)).toBe(50);
    expect(lost(of('aof'), 9000)).toBe(0);
    expect(entries(of('aof')).some((e) => e.kind === 'store-failed-over')).toBe(false);
  });

  it('gives a frozen primary up, too; the old one follows when it goes on, and takes over in its turn (S-110)', () => {
    const s = shop({ persistence: 'aof', downAfterMs: 1000, electionMs: 0 });
    const run = play(
      s,
      1,
      [
        [2000, 'docker kill -s STOP shop-cache-1'],
        [6000, 'docker kill -s CONT shop-cache-1'],
        [7000, 'paddock store cache kill'],
      ],
      12_000,
    );
    expect(run.metrics(4000, 6900)['requests.failed']).toBe(0);
    expect(
      entries(run)
        .filter((e) => e.kind === 'store-failed-over')
        .map((e) => e.t),
    ).toEqual([3000, 8000]);
    expect(run.metrics(10_500, 12_000)['requests.failed']).toBe(0);
  });
});

it('a replica is seen to stand by, to take over at its time, and to be used up (S-110, S-112)', () => {
  const kill = [2000, 'docker kill shop-cache-1'] as const;
  const at = (s: Scenario, to: number): unknown => {
    const { standby, takeoverAt } = play(s, 1, to > 2000 ? [kill] : [], to).view().stores[0]!;
    return { standby, takeoverAt };
  };
  expect(at(shop({}), 1000)).toEqual({ standby: true, takeoverAt: null });
  expect(at(shop({}), 3000)).toEqual({ standby: true, takeoverAt: 34_000 });
  expect(at(shop({}), 35_000)).toEqual({ standby: false, takeoverAt: null });
  expect(at(shop({ failover: 'standby' }, {}, 'postgres'), 3000)).toEqual({
    standby: true,
    takeoverAt: null,
  });
  expect(at(shop({ failover: 'none' }), 3000)).toEqual({ standby: null, takeoverAt: null });
});

it('what a store cannot do is refused, and why is said (S-110)', () => {
  const refused = (s: Scenario, lines: readonly (readonly [number, string])[], line: string): string => {
    const { ok, text } = createDriver(play(s, 1, lines, 40_000), []).apply(line);
    expect(ok).toBe(false);
    return text;
  };
  const FAILOVER = 'paddock store cache failover';
  expect(refused(shop({ failover: 'none' }), [], FAILOVER)).toContain(
    'cache has no replica; set services.cache.x-paddock.failover first',
  );
  // The replica has taken over, and the old primary is not there to follow it.
  expect(refused(shop({}), [[2000, 'docker kill shop-cache-1']], FAILOVER)).toContain(
    'cache has no replica that is up to date',
  );
  expect(
    refused(shop({ failover: 'none' }), [[2000, 'paddock store cache down']], 'paddock store cache pause'),
  ).toContain('cache is down');
  expect(refused(shop({ failover: 'none' }), [], 'paddock store cache up')).toContain('cache is up already');
});

it('PostgreSQL promotes nothing by itself: the standby takes over on a command (S-112)', () => {
  const s = shop({ failover: 'standby', maxConnections: 100 }, {}, 'postgres');
  const down = play(s, 1, [[2000, 'docker kill shop-cache-1']], 50_000);
  expect(down.metrics(40_000, 50_000)['requests.ok']).toBe(0);
  const run = play(
    s,
    1,
    [
      [2000, 'docker kill shop-cache-1'],
      [4000, 'paddock store cache failover'],
    ],
    8000,
  );
  expect(run.metrics(4300, 8000)['requests.failed']).toBe(0);
  expect(lost(run, 8000)).toBeGreaterThan(0);
  expect(lost(run, 8000)).toBeLessThan(15);
});

it('a paused store is not up: `up` lets it go on, and then it is', () => {
  const lines = [
    [2000, 'paddock store cache pause'],
    [4000, 'paddock store cache up'],
  ] as const;
  const run = play(shop({ failover: 'none' }), 1, lines, 9000);
  expect(run.metrics(2500, 3900)['requests.ok']).toBe(0);
  expect(run.metrics(6500, 9000)['requests.failed']).toBe(0);
  expect(run.metrics(6500, 9000)['requests.ok']).toBeGreaterThan(50);
});

it('a pause that was to end is over with `up`: the next one lasts as long as it says', () => {
  const lines = [
    [2000, 'paddock store cache pause --for 4s'],
    [3000, 'paddock store cache up'],
    [5000, 'paddock store cache pause'],
  ] as const;
  const run = play(shop({ failover: 'none' }), 1, lines, 12_000);
  expect(run.metrics(7000, 12_000)['requests.ok']).toBe(0);
});
