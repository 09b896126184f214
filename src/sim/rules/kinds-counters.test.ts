import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { CounterSettings } from '../kinds/settings.ts';
import type { Metrics } from '../metrics/names.ts';
import type { AppService, Scenario, StoreService } from '../model/scenario.ts';

const UNTIL = 10_000;
type Lines = readonly (readonly [number, string])[];

const herd = (
  home: string,
  over: Partial<CounterSettings> = {},
  replicas = 3,
  a: Partial<AppService> = {},
  cache: Partial<StoreService> = {},
): Scenario =>
  scenario(
    [
      app({
        replicas,
        serviceTime: { kind: 'fixed', ms: 5 },
        state: homes({ sessions: 'signed', counters: home }),
        kinds: { ...app().kinds, counters: { limit: null, windowMs: 1000, per: 'all', ...over } },
        onExit: { do: 'restart', delayMs: 100, layer: 'keep' },
        ...a,
      }),
      store(cache),
      balancer(),
    ],
    {},
    { users: 50, rate: 200 },
  );
const of = (s: Scenario, lines: Lines = [], from = 0): Metrics =>
  play(s, 1, lines, UNTIL).metrics(from, UNTIL);

describe('a rate limit', () => {
  it('kept in each process is N times too high, in Redis it is what it says (S-117)', () => {
    for (const replicas of [1, 2, 3]) {
      const own = of(herd('memory', { limit: 20 }, replicas), [], 1000);
      const shared = of(herd('redis', { limit: 20 }, replicas), [], 1000);
      // nine whole windows; the answers of the last ms of one may fall into the next
      expect(Math.abs((own['counters.allowed'] ?? 0) - 9 * 20 * replicas)).toBeLessThanOrEqual(3);
      expect(Math.abs((shared['counters.allowed'] ?? 0) - 9 * 20)).toBeLessThanOrEqual(3);
      expect(own['counters.over']).toBe((own['counters.allowed'] ?? 0) - 9 * 20);
      expect(shared['counters.over']).toBe(0);
    }
  });

  it('answers 429, which is an answer of the app: nothing fails, and it is not timed', () => {
    const run = play(herd('redis', { limit: 20 }), 1, [], UNTIL);
    const m = run.metrics(0, UNTIL);
    expect(m['requests.failed']).toBe(0);
    expect(m['requests.ok']).toBe(m['requests.total']);
    expect((m['counters.limited'] ?? 0) + (m['counters.allowed'] ?? 0)).toBe(m['counters.counted']);
    expect(m['latency.p50']).toBeGreaterThan(5);
    const t = run.view().totals;
    expect(t.requests).toBe(t.ok + t.inFlight);
  });

  it('counts each user alone, or all together', () => {
    const each = of(herd('redis', { limit: 1, per: 'user' }));
    expect(each['counters.allowed']).toBeGreaterThan(450);
    expect(each['counters.allowed']).toBeLessThan(500);
    expect(of(herd('redis', { limit: 1 }))['counters.allowed']).toBe(10);
  });

  it('lets everything through when its Redis cannot be reached and the client fails fast', () => {
    const s = herd('redis', { limit: 20 }, 3, {
      storeClient: { offlineQueue: false, timeoutMs: 250, attempts: 3 },
    });
    const m = of(s, [[5000, 'paddock store cache down']], 6000);
    expect(m['counters.limited']).toBe(0);
    expect(m['counters.over']).toBeGreaterThan(650);
  });
});

describe('a counter of visits', () => {
  const RESTART: Lines = [[5000, 'paddock crash shop-app-1']];

  it('of one process is right until the process ends, in the layer until the container does, in Redis always (C-34, A2)', () => {
    for (const [home, lost] of [
      ['memory', true],
      ['tmpfs', true],
      ['layer', false],
      ['shared', false],
      ['redis', false],
    ] as const) {
      const m = of(herd(home, {}, 1), RESTART);
      expect(m['counters.wrong'] === 0, home).toBe(!lost);
      expect((m['counters.lost'] ?? 0) > 900, home).toBe(lost);
    }
    const replaced = of(
      herd('layer', {}, 1, { onExit: { do: 'replace', delayMs: 100, layer: 'wipe' } }),
      RESTART,
    );
    expect(replaced['counters.lost']).toBeGreaterThan(900);
  });

  it('counts alone in each of three replicas, and right in Redis (C-35)', () => {
    const own = of(herd('memory'));
    expect((own['counters.wrong'] ?? 0) / (own['counters.counted'] ?? 1)).toBeGreaterThan(0.99);
    expect(of(herd('layer'))['counters.wrong']).toBeGreaterThan(1900);
    expect(of(herd('redis'))['counters.wrong']).toBe(0);
  });

  it('in Redis is as safe as Redis: all is lost without persistence, what came after the snapshot with it (S-106)', () => {
    const kill: Lines = [
      [3000, 'paddock store cache restart --signal TERM'],
      [6000, 'paddock store cache kill'],
      [6100, 'docker start shop-cache-1'],
    ];
    const lost = (persistence: StoreService['persistence']): number =>
      of(herd('redis', {}, 3, {}, { persistence }), kill)['counters.lost'] ?? 0;
    expect(lost('none')).toBeGreaterThan(1100);
    expect(lost('rdb')).toBeGreaterThan(500);
    expect(lost('rdb')).toBeLessThan(700);
    expect(lost('aof')).toBe(0);
  });

  it('of each user goes back to the snapshot, and not to nothing (S-106)', () => {
    // Everybody may ask five times; the snapshot knows that they have. Nobody comes while Redis is away.
    const s = herd('redis', { limit: 5, windowMs: 60_000, per: 'user' }, 3, {}, { persistence: 'rdb' });
    const allowed = (lines: Lines): number => of(s, lines)['counters.allowed'] ?? 0;
    const kill: Lines = [
      [5000, 'paddock store cache restart --signal TERM'],
      [7000, 'paddock store cache restart --signal KILL'],
    ];
    expect(allowed([])).toBe(250);
    expect(allowed(kill)).toBe(250);
    expect(allowed([kill[1]!])).toBeGreaterThan(400);
  });

  it('loses nothing with a Redis that has saved since the last visit (S-104)', () => {
    // Nobody comes from the fourth second on; the snapshot is taken after that.
    const s = herd('redis', {}, 3, {}, { persistence: 'rdb' });
    const quiet = { ...s, traffic: { ...s.traffic, spike: { atMs: 4000, forMs: 6000, factor: 0 } } };
    const kill: Lines = [
      [2000, 'paddock store cache restart --signal TERM'],
      [5000, 'paddock store cache restart --signal TERM'],
      [8000, 'paddock store cache restart --signal KILL'],
    ];
    expect(of(quiet, kill)['counters.lost']).toBe(0);
    expect(of(quiet, [kill[0]!, kill[2]!])['counters.lost']).toBeGreaterThan(300);
  });

  it('names the death that took the count', () => {
    const run = play(herd('memory', {}, 1), 1, RESTART, UNTIL);
    const entry = run.journal(0, run.journalLength()).find((e) => e.kind === 'count-lost');
    expect(run.chain(entry?.id ?? -1).map((e) => e.kind)).toEqual([
      'count-lost',
      'container-exited',
      'command',
    ]);
    expect(entry?.subject).toBe('shop-app-1');
  });

  it('that a Redis had saved is gone with its disk (S-107)', () => {
    // Nobody may ask more than five times; Redis has saved that they have, but its disk is another one.
    const s = herd('redis', { limit: 5, windowMs: 60_000, per: 'user' }, 3, {}, { persistence: 'rdb' });
    const recreated = (flag: string): number =>
      of({ ...s, platform: 'compose' }, [
        [5000, 'docker compose restart cache'],
        [7000, `docker compose up -d --force-recreate ${flag}`],
      ])['counters.allowed'] ?? 0;
    expect(recreated('')).toBe(250);
    expect(recreated('-V')).toBeGreaterThan(400);
  });
});
