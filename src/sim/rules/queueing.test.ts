import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { AppService, BalancerService, Scenario, StoreService, Traffic } from '../model/scenario.ts';

/** One way over one hop, in ms. */
const HOP = scenario([app()]).traffic.hopMs;
const herd = (
  a: Partial<AppService>,
  lb: Partial<BalancerService> = {},
  t: Partial<Traffic> = {},
  cache: Partial<StoreService> = {},
): Scenario => scenario([app(a), store(cache), balancer({ check: null, ...lb })], {}, { rate: 100, ...t });

describe('queueing, one request at a time', () => {
  const queue = (
    balance: BalancerService['balance'],
    rate: number,
    lb: Partial<BalancerService> = {},
  ): Scenario =>
    herd(
      {
        replicas: 4,
        concurrency: 1,
        serviceTime: { kind: 'exponential', mean: 20 },
        state: homes({ sessions: 'signed' }),
      },
      { balance, ...lb },
      { rate, timeoutMs: 60_000, users: 200 },
    );
  const quantile = (s: Scenario, q: 'latency.p50' | 'latency.p95', n = 200): number =>
    sample(n, (seed) => play(s, seed, [], 4500).metrics(2500, 4500)[q] ?? Number.NaN).mean;

  it('behind a random balancer is N independent M/M/1: sojourn times of mean S/(1 - rho), exponential (R-8)', () => {
    for (const rho of [0.5, 0.7]) {
      const mean = 20 / (1 - rho);
      const s = queue('random(1)', rho * 200);
      expect(Math.abs(quantile(s, 'latency.p50') / (mean * Math.LN2) - 1)).toBeLessThan(0.06);
      expect(Math.abs(quantile(s, 'latency.p95') / (mean * Math.log(20)) - 1)).toBeLessThan(0.08);
    }
  });

  it('one queue in the balancer beats leastconn, that roundrobin, that random (R-8)', () => {
    const p95 = [
      quantile(queue('roundrobin', 160, { maxconn: 1, queueTimeoutMs: 60_000 }), 'latency.p95', 50),
      quantile(queue('leastconn', 160), 'latency.p95', 50),
      quantile(queue('roundrobin', 160), 'latency.p95', 50),
      quantile(queue('random(1)', 160), 'latency.p95', 50),
    ];
    expect([...p95].sort((a, b) => a - b)).toEqual(p95);
  });

  it('held in the balancer costs a hand-over for each request: no more than N/(S + handover + 2h) get through (R-8)', () => {
    for (const handoverMs of [0, 4]) {
      const through = sample(200, (seed) => {
        const s = queue('roundrobin', 260, { maxconn: 1, queueTimeoutMs: 60_000, handoverMs });
        return (play(s, seed, [], 2000).metrics(500, 2000)['requests.ok'] ?? 0) / 1.5;
      });
      expectMean(through, 4000 / (20 + handoverMs + 2 * HOP));
    }
  });

  it('beyond its capacity grows linearly: what is answered at t waited t·(1 - 1/rho) (R-8)', () => {
    const s = herd(
      {
        replicas: 1,
        concurrency: 1,
        serviceTime: { kind: 'exponential', mean: 20 },
        state: homes({ sessions: 'signed' }),
      },
      {},
      { rate: 60, timeoutMs: 60_000 },
    );
    const waited = sample(
      200,
      (seed) => play(s, seed, [], 9000).metrics(8000, 9000)['latency.p50'] ?? Number.NaN,
    );
    expectMean(waited, 8500 * (1 - 1 / 1.2));
  });

  it('that blocks its event loop answers checks late: overload becomes an outage (R-8)', () => {
    const check = { interMs: 1000, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: 500 };
    const busy = (blocking: boolean): Scenario =>
      herd(
        {
          replicas: 4,
          concurrency: 1,
          blocking,
          serviceTime: { kind: 'exponential', mean: 20 },
          state: homes({ sessions: 'signed' }),
        },
        { check },
        { rate: 240, users: 200, timeoutMs: 30_000 },
      );
    for (let seed = 1; seed <= 8; seed++) {
      expect(
        play(busy(true), seed, [], 16_000).metrics(0, 16_000)['requests.failed.no-server'],
      ).toBeGreaterThan(50);
      expect(play(busy(false), seed, [], 16_000).metrics(0, 16_000)['requests.failed']).toBe(0);
      expect(container(play(busy(false), seed, [], 100), 'shop-app-1').server).toBe('up');
    }
  });
});

describe('a request that waits for a place', () => {
  /** When the first one that never got a place was told so; the second comes within a fifth of a second. */
  const told = (lb: Partial<BalancerService>): number => {
    const slow = app({
      replicas: 1,
      serviceTime: { kind: 'fixed', ms: 60_000 },
      state: homes({ sessions: 'signed' }),
    });
    const s = scenario([slow, balancer({ check: null, maxconn: 1, ...lb })], {}, { rate: 20 });
    const failed = entries(play(s, 1, [], 6000)).filter((e) => e.kind === 'request-failed');
    expect(failed.every((e) => e.text.includes('503'))).toBe(true);
    return failed[0]?.t ?? Number.NaN;
  };
  it.each([
    ['`timeout queue`', { queueTimeoutMs: 500, connectTimeoutMs: 2000 }, 500],
    ['`timeout queue`, which may be the longer one', { queueTimeoutMs: 3000, connectTimeoutMs: 1000 }, 3000],
    ['`timeout connect` where there is none', { queueTimeoutMs: null, connectTimeoutMs: 2000 }, 2000],
  ] as const)('is told 503 after %s (S-88)', (_, lb, ms) => {
    expect(told(lb)).toBeGreaterThan(ms);
    expect(told(lb)).toBeLessThan(ms + 400);
  });
});
