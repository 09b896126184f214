import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { CacheSettings } from '../kinds/settings.ts';
import type { Metrics } from '../metrics/names.ts';
import type { AppService, Scenario, StoreService } from '../model/scenario.ts';

const UNTIL = 20_000;
const DB = store({ name: 'db', image: 'minio/minio:1', kind: 's3', latencyMs: 5 });

const herd = (home: string, over: Partial<CacheSettings> = {}, replicas = 3): Scenario =>
  scenario(
    [
      app({
        replicas,
        serviceTime: { kind: 'fixed', ms: 10 },
        state: homes({ sessions: 'signed', cache: home }),
        kinds: {
          ...app().kinds,
          cache: {
            keys: 20,
            popularity: 'equal',
            ttlMs: 60_000,
            missMs: 100,
            source: null,
            invalidate: false,
            ...over,
          },
        },
        onExit: { do: 'restart', delayMs: 100, layer: 'keep' },
      }),
      store(),
      DB,
      balancer(),
    ],
    {},
    { users: 100, rate: 100 },
  );

type Lines = readonly (readonly [number, string])[];
const of = (s: Scenario, lines: Lines = [], from = 0, until = UNTIL): Metrics =>
  play(s, 1, lines, UNTIL).metrics(from, until);

describe('a cache', () => {
  it('in each process is filled once by every process, in Redis once for all (S-117)', () => {
    const own = of(herd('memory'));
    const shared = of(herd('redis'));
    // some reads miss together before the first of them has filled it
    expect(own['cache.misses']).toBeGreaterThanOrEqual(60);
    expect(shared['cache.misses']).toBeGreaterThanOrEqual(20);
    expect(own['cache.misses']).toBeGreaterThan(2 * (shared['cache.misses'] ?? 0));
    expect(own['requests.ok']).toBe(shared['requests.ok']);
  });

  it('is seen to fill in its home, and to be cold after a start (S-117)', () => {
    const shares = (home: string, until: number): (number | null)[] => {
      const { containers, stores } = play(
        herd(home),
        1,
        until > 10_000 ? [[10_000, 'paddock crash shop-app-2']] : [],
        until,
      ).view();
      return [containers[0]?.cached ?? null, containers[1]?.cached ?? null, stores[0]?.cached ?? null];
    };
    expect(shares('memory', 9000)).toEqual([1, 1, null]);
    expect(shares('memory', 10_200)).toEqual([1, 0, null]);
    expect(shares('redis', 10_200)).toEqual([null, null, 1]);
  });

  it('makes a hit faster than a miss, and none makes every read a miss', () => {
    const none = of(herd('none'));
    expect(none['cache.hits']).toBe(0);
    expect(none['latency.p50']).toBeGreaterThan(109);
    expect(of(herd('memory'), [], 10_000)['latency.p50']).toBeLessThan(12);
  });

  it('in the process is cold after every start; in Redis, and in the layer after a restart, it is not (C-17, A2)', () => {
    const all: Lines = [[10_000, 'paddock crash shop-app-1 shop-app-2 shop-app-3']];
    const missed = (home: string): number => of(herd(home), all, 10_000)['cache.misses'] ?? 0;
    expect(missed('memory')).toBeGreaterThanOrEqual(60);
    expect(missed('tmpfs')).toBeGreaterThanOrEqual(60);
    expect(missed('layer')).toBe(0);
    expect(missed('redis')).toBe(0);
  });

  it('in Redis is as cold as Redis: gone with it without persistence', () => {
    expect(
      of(herd('redis'), [[10_000, 'paddock store cache restart']], 10_000)['cache.misses'],
    ).toBeGreaterThanOrEqual(20);
  });

  it('is stale until its TTL, each replica on its own; a shared one can be invalidated (S-117, C-17)', () => {
    const change: Lines = [[10_000, 'paddock change-price']];
    const stale = (s: Scenario, from = 0): number => of(s, change, from)['cache.stale'] ?? 0;
    expect(stale(herd('memory', { ttlMs: 3000 }))).toBeGreaterThan(50);
    expect(stale(herd('memory', { ttlMs: 3000 }), 13_200)).toBe(0);
    expect(stale(herd('memory'))).toBeGreaterThan(900);
    expect(stale(herd('redis', { invalidate: true }))).toBe(0);
    expect(stale(herd('memory', { invalidate: true }))).toBeGreaterThan(900);
    expect(of(herd('memory'))['cache.stale']).toBe(0);
  });

  it('shows the new price from one replica that was replaced and the old from the others (C-17)', () => {
    const lines: Lines = [
      [10_000, 'paddock change-price'],
      [10_000, 'paddock crash shop-app-1'],
    ];
    const m = of(herd('memory'), lines, 15_000);
    const share = (m['cache.stale'] ?? 0) / ((m['cache.hits'] ?? 0) + (m['cache.misses'] ?? 0));
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.73);
  });

  it('in Redis comes back with what was in its last snapshot, and is not filled while it is away (S-106)', () => {
    const redis = (over: Partial<StoreService>, a: Partial<AppService> = {}): Scenario => {
      const s = herd('redis', { ttlMs: Infinity });
      const services = s.services.map((x) =>
        x.role === 'app' ? { ...x, ...a } : x.name === 'cache' ? store({ ...over }) : x,
      );
      return { ...s, services };
    };
    const saved: Lines = [
      [5000, 'paddock store cache restart --signal TERM'],
      [9000, 'paddock store cache restart --signal KILL'],
    ];
    expect(of(redis({ persistence: 'rdb' }), saved, 5000)['cache.misses']).toBe(0);
    expect(of(redis({ persistence: 'none' }), saved, 5000)['cache.misses']).toBeGreaterThanOrEqual(40);
    const fast = { storeClient: { offlineQueue: false, timeoutMs: 250, attempts: 3 } };
    const away: Lines = [[5000, 'paddock store cache down --for 5s']];
    expect(of(redis({ persistence: 'none' }, fast), away, 12_000)['cache.misses']).toBe(0);
    expect(
      of(redis({ persistence: 'none' }, fast), away, 10_000, 12_000)['cache.misses'],
    ).toBeGreaterThanOrEqual(20);
  });

  it('is not filled by reads that finish while it cannot be written (S-106, C-17)', () => {
    const s = herd('redis', { keys: 1, missMs: 500 });
    const filled = (line: string | null): number | null => {
      const run = play(s, 1, line === null ? [] : [[100, line]], 800);
      expect(run.metrics(0, 800)['requests.ok']).toBeGreaterThan(5);
      return run.view().stores[0]?.cached ?? null;
    };
    // all of them had asked before, and the first is answered after half a second
    expect(filled(null)).toBe(1);
    expect(filled('paddock store cache down')).toBe(0);
    expect(filled('paddock store cache pause')).toBe(0);
    expect(filled('paddock partition host-1 cache')).toBe(0);
  });

  it('that is shared and not invalidated goes on with the old price', () => {
    const change: Lines = [[5000, 'paddock change-price']];
    expect(of(herd('redis', { invalidate: false }), change, 5100)['cache.stale']).toBeGreaterThan(1000);
    expect(of(herd('redis', { invalidate: true }), change, 5100)['cache.stale']).toBeLessThan(20);
  });

  it('that cannot be reached is a miss for a client that fails fast, and a wait for one that does not (R-9)', () => {
    const down: Lines = [[10_000, 'paddock store cache down --for 5s']];
    const fast = herd('redis');
    const quick = {
      ...fast,
      services: fast.services.map((x) =>
        x.role === 'app' ? { ...x, storeClient: { offlineQueue: false, timeoutMs: 250, attempts: 3 } } : x,
      ),
    };
    const m = of(quick, down);
    expect(m['requests.failed']).toBe(0);
    expect(m['cache.misses']).toBeGreaterThan(450);
    expect(of(herd('redis'), down)['outage.longest']).toBeGreaterThan(4900);
  });

  it('reads its source on a miss: hits go on without it, misses fail (S-117)', () => {
    const quick = herd('memory', { source: 'db', ttlMs: 2000 });
    const s = {
      ...quick,
      services: quick.services.map((x) =>
        x.role === 'app' ? { ...x, storeClient: { offlineQueue: false, timeoutMs: 250, attempts: 3 } } : x,
      ),
    };
    const run = play(s, 1, [[10_000, 'paddock store db down']], UNTIL);
    expect(run.metrics(0, 10_000)['requests.failed']).toBe(0);
    const after = run.metrics(10_000, UNTIL);
    expect(after['requests.failed.dependency']).toBe(after['requests.failed']);
    expect(after['requests.failed']).toBeGreaterThan(700);
    expect(run.metrics(10_000, 10_500)['requests.ok']).toBeGreaterThan(25);
  });

  it('reads few keys often (zipf), or all alike: so many different ones in so many reads', () => {
    const misses = (popularity: 'zipf' | 'equal'): number => {
      const m = of(herd('memory', { keys: 1000, popularity, missMs: 0 }, 1));
      // as if there had been 2000 reads
      return ((m['cache.misses'] ?? 0) * 2000) / (m['requests.total'] ?? 1);
    };
    // 1000 (1 - e^-2); octaves of 2^k keys with a tenth of the reads each: the sum of 2^k (1 - e^(-200/2^k)), the last one cut at 489
    expect(Math.abs(misses('equal') - 865)).toBeLessThan(30);
    expect(Math.abs(misses('zipf') - 531)).toBeLessThan(30);
  });

  it('that the scenario does not set costs nothing: same run', () => {
    const plain = (home: string): string => {
      const run = play(scenario([app({ state: homes({ cache: home }) }), store(), balancer()]), 1, [], 4000);
      return run.hash();
    };
    expect(plain('memory')).toBe(plain('none'));
    expect(plain('redis')).toBe(plain('none'));
  });
});
