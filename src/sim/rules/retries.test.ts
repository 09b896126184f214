import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';

const herd = (
  t: Partial<Traffic>,
  a: Partial<AppService> = {},
  lb: Partial<BalancerService> = {},
): Scenario =>
  scenario(
    [
      app({ serviceTime: { kind: 'exponential', mean: 40 }, state: homes({ sessions: 'signed' }), ...a }),
      store(),
      balancer({ check: null, retries: 0, redispatch: false, ...lb }),
    ],
    {},
    { rate: 40, ...t },
  );
const retry = (attempts: number, backoffMs = 200, jitter = 0, maxMs = 30_000): Partial<Traffic> => ({
  retry: { attempts, backoffMs, jitter, maxMs },
});

describe('client retries', () => {
  const dead = { onExit: { do: 'none', delayMs: 0, layer: 'keep' } } as const;
  const all = [[2000, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;

  it('wait back-off, twice that, four times that, up to the longest wait, and then the request has failed', () => {
    const after = (maxMs: number): number => {
      const run = play(herd(retry(4, 100, 0, maxMs), dead), 1, all, 9000);
      const failed = entries(run).filter((e) => e.kind === 'request-failed');
      expect(failed.length).toBeGreaterThan(50);
      return (failed[0]?.t ?? 0) - 2000;
    };
    // The first to fail was in flight at the kill, or arrived soon after.
    expect(after(30_000)).toBeGreaterThan(1500);
    expect(after(30_000)).toBeLessThan(1500 + 60);
    expect(after(250)).toBeGreaterThan(100 + 200 + 250 + 250);
    expect(after(250)).toBeLessThan(800 + 60);
  });

  it('with jitter are spread over the share that is random, half of it on the mean', () => {
    const s = sample(200, (seed) => {
      const run = play(herd(retry(1, 400, 0.5), dead), seed, all, 6000);
      const failed = entries(run).filter((e) => e.kind === 'request-failed');
      const first = failed[0];
      const sent = 2000;
      return (first?.t ?? 0) - sent;
    });
    for (const wait of s.values) expect(wait).toBeGreaterThan(200);
    expect(Math.min(...s.values)).toBeLessThan(300);
  });

  it('hide an outage that is shorter than they last, and are one request each', () => {
    const back = { onExit: { do: 'restart', delayMs: 200, layer: 'keep' }, bootMs: 300 } as const;
    const bare = play(herd({}, back), 1, all, 6000).metrics(0, 6000);
    const kept = play(herd(retry(3), back), 1, all, 6000).metrics(0, 6000);
    expect(bare['requests.failed']).toBeGreaterThan(10);
    expect(kept['requests.failed']).toBe(0);
    expect(kept['requests.total']).toBe(bare['requests.total']);
  });

  it('of a browser hide a silent close, but never send a POST again (R-1)', () => {
    const one = [[2000, 'docker kill shop-app-2']] as const;
    const failed = (browserResend: boolean, kind: 'browse' | 'post'): number => {
      const mix = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0, [kind]: 1 };
      const s = herd({ rate: null, users: 60, thinkMs: 300, browserResend, mix }, dead, {
        redispatch: true,
        retries: 3,
      });
      return play(s, 2, one, 4000).metrics(0, 4000)['requests.failed'] ?? 0;
    };
    expect(failed(false, 'browse')).toBeGreaterThan(0);
    expect(failed(true, 'browse')).toBe(0);
    expect(failed(true, 'post')).toBe(failed(false, 'post'));
    expect(failed(true, 'post')).toBeGreaterThan(0);
  });

  it('come after the own time-out too, and each attempt has the whole of it', () => {
    const slow = [[1000, 'paddock hang shop-app-1']] as const;
    const s = herd({ timeoutMs: 500, ...retry(1, 2000) });
    const run = play(s, 1, slow, 9000);
    const m = run.metrics(0, 9000);
    // The second attempt goes to the next in turn: the hanging one fails it only when it is its turn again.
    expect(m['requests.failed']).toBeLessThan((m['requests.total'] ?? 0) / 5);
    for (const e of entries(run).filter((k) => k.kind === 'request-failed'))
      expect(e.t).toBeGreaterThan(1000 + 500 + 2000);
    expect(play(herd({ timeoutMs: 500 }), 1, slow, 9000).metrics(0, 9000)['requests.failed']).toBeGreaterThan(
      80,
    );
  });

  it('make an overload outlive its cause where attempts times the load exceed what the herd can do; fewer let it end', () => {
    const worker = { replicas: 2, concurrency: 1, serviceTime: { kind: 'fixed', ms: 20 } } as const;
    // 30 of 100 requests a second that the two could do; for 6 s both work five times slower.
    const slow = [
      [2000, 'paddock slow --factor 5 shop-app-1 shop-app-2'],
      [8000, 'paddock resume shop-app-1 shop-app-2'],
    ] as const;
    const ended = (t: Partial<Traffic>): number => {
      const run = play(herd({ rate: 30, timeoutMs: 600, ...t }, worker), 3, slow, 40_000);
      return run.metrics(30_000, 40_000)['availability'] ?? 0;
    };
    expect(ended({})).toBeGreaterThan(0.98);
    expect(ended(retry(10, 50))).toBeLessThan(0.5);
    expect(ended(retry(1, 50))).toBeGreaterThan(0.98);
  });
});

describe('a checkout that is sent twice', () => {
  const mix = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 1 };
  const shop = (idempotency: boolean, records: string, lb: Partial<BalancerService> = {}): Scenario =>
    herd(
      { mix, idempotency, timeoutMs: 400, ...retry(3, 50) },
      { state: homes({ sessions: 'signed', records }) },
      lb,
    );
  const slow = [[1000, 'paddock slow --factor 20 shop-app-2']] as const;
  const play2 = (s: Scenario): ReturnType<ReturnType<typeof play>['metrics']> =>
    play(s, 1, slow, 10_000).metrics(0, 10_000);

  it('is two orders without a key, one with it (C-7)', () => {
    const twice = play2(shop(false, 'shared'));
    expect(twice['attempts.duplicated']).toBeGreaterThan(40);
    expect(twice['records.duplicated']).toBeGreaterThan(40);
    const once = play2(shop(true, 'shared'));
    expect(once['attempts.duplicated']).toBe(twice['attempts.duplicated']);
    expect(once['records.duplicated']).toBe(0);
    // Every order that the user was told of is there, and those of users who had given up for good.
    expect(once['records.stored']).toBeGreaterThanOrEqual(once['requests.ok'] ?? 0);
  });

  it('shows as many orders in the store as were stored there', () => {
    const run = play(
      scenario(
        [app({ state: homes({ sessions: 'redis', records: 'redis' }) }), store(), balancer()],
        {},
        { mix },
      ),
      1,
      [],
      3000,
    );
    const stored = run.metrics(0, 3000)['records.stored'] ?? 0;
    expect(stored).toBeGreaterThan(20);
    expect(run.view().stores[0]).toMatchObject({ records: stored, uploads: 0 });
  });

  it('is two orders in spite of its key where each container keeps its own', () => {
    expect(play2(shop(true, 'layer'))['records.duplicated']).toBeGreaterThan(20);
  });

  it('is journaled, with the container that did it again', () => {
    const run = play(shop(false, 'shared'), 1, slow, 6000);
    const again = entries(run).filter((e) => e.kind === 'record-duplicated');
    expect(again.length).toBe(run.metrics(0, 6000)['records.duplicated']);
    for (const e of again) expect(e.container).toBeGreaterThanOrEqual(0);
  });
});

describe('the load', () => {
  const count = (t: Partial<Traffic>, from: number, to: number): number => {
    const run = createRun(herd({ users: 200, ...t }), 5);
    run.advance(to);
    return run.metrics(from, to)['requests.total'] ?? 0;
  };
  const spike = { atMs: 10_000, forMs: 10_000, factor: 3 };

  it('of a spike is that many times the rate, open and closed, and no more after it', () => {
    expect(count({ spike }, 10_500, 20_000) / (40 * 3 * 9.5)).toBeCloseTo(1, 1);
    expect(count({ spike }, 0, 10_000) / 400).toBeCloseTo(1, 0);
    expect(count({ spike }, 20_500, 30_000) / 380).toBeCloseTo(1, 0);
    const closed = { rate: null, thinkMs: 2000, spike };
    const calm = count(closed, 5000, 10_000);
    // Users think first and come then: the spike builds up over a think time, and the answer's time stays.
    expect(count(closed, 15_000, 20_000) / calm).toBeGreaterThan(2.5);
    expect(count(closed, 15_000, 20_000) / calm).toBeLessThan(3.2);
  });

  it('of a dip below 1 is thinned too', () => {
    expect(count({ spike: { ...spike, factor: 0.25 } }, 10_500, 20_000) / (10 * 9.5)).toBeCloseTo(1, 0);
  });

  it('of a wave is the mean over a period, more in its first half and less in its second', () => {
    const wave = { amplitude: 0.8, periodMs: 10_000 };
    const s = sample(30, (seed) => {
      const run = createRun(herd({ rate: 60, wave }), seed);
      run.advance(20_000);
      return run.metrics(10_000, 20_000)['requests.total'] ?? 0;
    });
    expectMean(s, 600);
    const up = count({ rate: 60, wave }, 10_000, 15_000);
    const down = count({ rate: 60, wave }, 15_000, 20_000);
    expect(up / down).toBeGreaterThan(1.9);
    expect(up / down).toBeLessThan(2.9);
  });
});

describe('long-lived clients that cannot connect', () => {
  const streams = (backoff: number, jitter: number): Partial<Traffic> => ({
    rate: 0,
    streams: { clients: 300, retryMs: 500, backoff, jitter, maxMs: 8000 },
  });
  const away = { onExit: { do: 'restart', delayMs: 9000, layer: 'keep' }, bootMs: 1000 } as const;
  const all = [[2000, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
  const attempts = (t: Partial<Traffic>): number[] => {
    const run = play(herd(t, away), 1, all, 30_000);
    expect(run.view().containers.reduce((n, c) => n + c.streams, 0)).toBe(300);
    return Array.from(
      { length: 300 },
      (_, k) => run.metrics(k * 100, k * 100 + 100)['connections.attempts'] ?? 0,
    );
  };
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

  it('all knock at once, every time, with a fixed wait; back-off with jitter spreads and spares (C-47)', () => {
    const fixed = attempts(streams(1, 0)).slice(20);
    const polite = attempts(streams(2, 1)).slice(20);
    // A storm as high as the herd of clients, twice a second, for as long as nobody is there.
    expect(Math.max(...fixed)).toBe(300);
    expect(sum(fixed)).toBe(300 * 20);
    expect(Math.max(...polite)).toBeLessThan(150);
    expect(sum(polite)).toBeLessThan(300 * 7);
  });

  it('begin with the first wait again after a connection that worked', () => {
    const t = streams(2, 0);
    const twice = [...all, [20_000, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
    const run = play(herd(t, away), 1, twice, 21_000);
    // Dropped at 20 s: the next attempt is 0.5 s later, not the 4 or 8 s of the end of the last outage.
    expect(run.metrics(20_400, 20_700)['connections.attempts']).toBe(300);
  });
});
