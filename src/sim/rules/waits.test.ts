import { describe, expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { Scenario } from '../model/scenario.ts';

/** No checks, so that a dead server stays UP and every wait is the balancer's own; work takes 40 ms exactly. */
const herd = herdOf({
  app: {
    serviceTime: { kind: 'fixed', ms: 40 },
    state: homes({ sessions: 'redis' }),
    onExit: { do: 'none', delayMs: 0, layer: 'keep' },
  },
  balancer: { check: null },
  traffic: { rate: 100 },
});
const AT = 1000;
const SEEDS = Array.from({ length: 50 }, (_, k) => k + 1);
/** Longest answer in the window; latencies are kept to 1 %. */
const longest = (s: Scenario, seed: number, line: string, toMs = 12_000): number =>
  play(s, seed, [[AT, line]], toMs).metrics(AT + 100, toMs)['latency.p99'] ?? Number.NaN;
const expectAround = (value: number, expected: number): void => {
  expect(value).toBeGreaterThan(expected * 0.985);
  expect(value).toBeLessThan(expected * 1.02 + 3);
};
const KILL = 'docker kill shop-app-2';

describe('what a request waits for that meets a refused connection', () => {
  it('nothing with redispatch and no cookie, whatever the algorithm (R-1, S-84)', () => {
    for (const balance of ['roundrobin', 'random(1)', 'leastconn'] as const)
      for (const seed of SEEDS) expectAround(longest(herd({ balance }), seed, KILL, 4000), 40);
  });

  it('(r-1)·d on its own server with a cookie, then another answers and sets a new cookie (R-1, S-84)', () => {
    let waited = 0;
    for (const seed of SEEDS) {
      const one = { users: 1, rate: null, thinkMs: 300 } as const;
      const s = herd({ sticky: 'cookie' }, {}, one);
      const run = play(s, seed, [[AT, 'docker kill shop-app-1 shop-app-2']], 14_000);
      const m = run.metrics(AT + 100, 14_000);
      const wait = m['latency.p99'] ?? 0;
      // On the surviving server from the start, on its own dead one, or twice when the first choice anew is dead as well.
      if (wait > 100) {
        waited++;
        expectAround(wait, 2040);
      }
      // Once moved it is not asked to wait again.
      expect(run.metrics(9000, 14_000)['latency.p99']).toBeLessThan(60);
    }
    expect(waited).toBeGreaterThan(15);
  });

  it('no time with `redispatch 1`, cookie or not (R-1)', () => {
    for (const seed of SEEDS)
      expectAround(longest(herd({ sticky: 'cookie', redispatch: 1 }), seed, KILL, 5000), 40);
  });

  it('up to ceil(x/d)·d without redispatch, if it listens again after x <= r·d (R-1)', () => {
    const back = { onExit: { do: 'restart', delayMs: 1000, layer: 'keep' }, bootMs: 500 } as const;
    for (const seed of SEEDS) {
      const run = play(herd({ redispatch: false }, back), seed, [[AT, KILL]], 6000);
      expectAround(run.metrics(AT + 100, 6000)['latency.p99'] ?? 0, 2040);
      expect(run.metrics(AT + 100, 6000)['requests.failed']).toBe(0);
    }
  });

  it('r·d without redispatch, then a 503 (R-1, S-83, A3)', () => {
    for (const [connectTimeoutMs, wait] of [
      [2000, 3000],
      [300, 900],
    ] as const)
      for (const seed of SEEDS) {
        const run = play(herd({ redispatch: false, connectTimeoutMs }), seed, [[AT, KILL]], AT + 6000);
        const times = entries(run)
          .filter((e) => e.kind === 'request-failed' && e.text.includes('503'))
          .map((e) => e.t);
        const first = Math.min(...times);
        // The first to be refused came soon after the kill: a third of 100/s.
        expect(first).toBeGreaterThanOrEqual(AT + wait);
        expect(first).toBeLessThan(AT + wait + 250);
      }
  });
});

describe('when everybody is dead', () => {
  const ALL = 'docker kill shop-app-1 shop-app-2 shop-app-3';
  it('with redispatch the attempts are spent at once: an immediate 503, nobody waits (R-1, R-12)', () => {
    for (const seed of SEEDS) {
      const m = play(herd({}), seed, [[AT, ALL]], 3000).metrics(AT + 50, 3000);
      expect(m['requests.in-flight']).toBeLessThanOrEqual(2);
      expect(m['requests.failed.status.503']).toBe(m['requests.total']);
    }
  });

  it('a single server’s are spaced by d: r·d seconds of requests wait (R-1)', () => {
    for (const seed of SEEDS) {
      const m = play(herd({}, { replicas: 1 }), seed, [[AT, 'docker kill shop-app-1']], AT + 2900).metrics(
        0,
        AT + 2900,
      );
      expect(m['requests.failed.connect-refused']).toBe(0);
      expect(m['requests.in-flight']).toBeGreaterThan(220);
    }
  });
});
