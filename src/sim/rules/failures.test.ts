import { describe, expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { Scenario } from '../model/scenario.ts';

/** R = 100 requests a second, S = 100 ms, N = 3; dead for good unless said otherwise. */
const R = 100;
const S = 0.1;
const N = 3;
const inFlight = (R * S) / N;

const CHECK = { interMs: 1000, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: null };
const herd = herdOf({
  app: {
    serviceTime: { kind: 'exponential', mean: S * 1000 },
    state: homes({ sessions: 'signed' }),
    onExit: { do: 'none', delayMs: 0, layer: 'keep' },
  },
  balancer: { check: CHECK },
  traffic: { rate: R },
});
const AT = 2000;
const kill = [[AT, 'docker kill shop-app-2']] as const;
const failed = (s: Scenario, seed: number, toMs = 9000): number =>
  play(s, seed, kill, toMs).metrics(0, toMs)['requests.failed'] ?? 0;
const OFF = { retries: 0, redispatch: false } as const;

it('every request in flight ends with its process, the first of the run too (R-1, S-13)', () => {
  const noneAfter = { spike: { atMs: 300, forMs: 60_000, factor: 0 } };
  const s = herdOf({
    app: { serviceTime: { kind: 'fixed', ms: 20_000 }, state: homes({ sessions: 'signed' }), bootMs: 0 },
    balancer: { check: null },
    traffic: { rate: R, ...noneAfter },
  })();
  const all = [[400, 'docker kill $(docker ps -q --filter name=app)']] as const;
  const m = play(s, 1, all, 500).metrics(0, 500);
  expect(m['requests.failed']).toBeGreaterThan(10);
  expect(m['requests.in-flight']).toBe(0);
});

describe('expected failures after killing one of N', () => {
  it('is what was in flight where retries go elsewhere: R·S/N (R-1, R-3)', () => {
    expectMean(
      sample(240, (seed) => failed(herd({}), seed, 4500)),
      inFlight,
    );
  });

  it('is that and a share of the arrivals until DOWN without retries: R·S/N + (R/N)(F - 1/2)·i (R-3)', () => {
    for (const balance of ['roundrobin', 'random(1)'] as const) {
      const s = sample(200, (seed) => failed(herd({ ...OFF, balance }), seed, 5000));
      expectMean(s, inFlight + (R / N) * 1.5, 0.5);
    }
  });

  it('counts only until it is back, if that is sooner than DOWN (R-3)', () => {
    const back = { onExit: { do: 'restart', delayMs: 300, layer: 'keep' }, bootMs: 300 } as const;
    const s = sample(200, (seed) => failed(herd({ ...OFF, check: { ...CHECK, fall: 3 } }, back), seed, 5000));
    expectMean(s, inFlight + (R / N) * 0.6, 0.3);
  });

  it('is the same count with retries on the same server, each r·d later; recovery is T_down + r·d (R-1, R-3)', () => {
    const lb = { retries: 3, redispatch: false, connectTimeoutMs: 300 } as const;
    const s = sample(200, (seed) => {
      const m = play(herd(lb), seed, kill, 6000).metrics(0, 6000);
      const down = m['detect.down'] ?? 0;
      // The last one to be sent there came up to a few 1/(R/N) before DOWN.
      expect(m['recovery.time']).toBeGreaterThan(down + 900 - 300);
      expect(m['recovery.time']).toBeLessThanOrEqual(down + 900 + 2);
      return m['requests.failed'] ?? 0;
    });
    expectMean(s, inFlight + (R / N) * 1.5, 1);
  });

  it('is only what was in flight when it is back within r·d: plain retries hide a short restart (R-1, R-3)', () => {
    const lb = { retries: 3, redispatch: false } as const;
    const back = { onExit: { do: 'restart', delayMs: 500, layer: 'keep' }, bootMs: 700 } as const;
    expectMean(
      sample(200, (seed) => failed(herd(lb, back), seed, 7000)),
      inFlight,
    );
  });

  it('is drawn to the dead server by leastconn: most of the traffic, not a third of it (R-3)', () => {
    const s = sample(50, (seed) => {
      const run = play(herd({ ...OFF, balance: 'leastconn', check: null }), seed, kill, 4000);
      const m = run.metrics(2500, 4000);
      return (m['requests.failed'] ?? 0) / (m['requests.total'] ?? 1);
    });
    expect(s.mean).toBeGreaterThan(0.7);
    expect(s.mean).toBeLessThan(0.95);
  });

  it('of a frozen one: R·S/N + (R/N)·T_down, each a 504 after `timeout server`, none redispatched (R-2, R-3)', () => {
    const T = 3000;
    const s = sample(200, (seed) => {
      const run = play(herd({ serverTimeoutMs: T }), seed, [[AT, 'paddock hang shop-app-2']], 9000);
      const m = run.metrics(0, 9000);
      expect(m['requests.failed.status.504']).toBe(m['requests.failed']);
      const down = m['detect.down'] ?? 0;
      const times = entries(run)
        .filter((e) => e.kind === 'request-failed')
        .map((e) => e.t);
      for (const t of times) {
        expect(t).toBeGreaterThan(AT + T - 1000);
        expect(t).toBeLessThan(AT + T + down + 2);
      }
      return times.length - (R / N) * (down / 1000);
    });
    expectMean(s, inFlight, 0.5);
  });
});

describe('the three populations of a death', () => {
  it('1: in flight is a 502 for the first request of a connection, a silent close for any later one (R-1, S-85)', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const m = play(herd({}, {}, { keepAlive: false }), seed, kill, 3500).metrics(0, 3500);
      expect(m['requests.failed.status.502']).toBe(m['requests.failed']);
      expect(m['requests.failed.reset']).toBe(m['requests.failed']);
    }
    // 5 users with requests that never overlap: every connection has been used before.
    let silent = 0;
    for (let seed = 1; seed <= 50; seed++) {
      const m = play(herd({}, {}, { rate: null, thinkMs: 50, users: 5 }), seed, kill, 3500).metrics(0, 3500);
      expect(m['requests.failed.status.none']).toBe(m['requests.failed']);
      silent += m['requests.failed'] ?? 0;
    }
    expect(silent).toBeGreaterThan(25);
  });

  it('1: half-sent, R·T/N of them, is a 200 that is cut: no setting tries it again (R-1, R-4)', () => {
    const sending = { serviceTime: { kind: 'fixed', ms: 10 }, transferMs: 100 } as const;
    for (const lb of [
      OFF,
      { retryOn: ['all-retryable-errors'] },
      { kind: 'nginx', image: 'nginx:1.22', check: null, nextUpstream: ['error', 'non_idempotent'] },
    ] as const) {
      const cut = sample(200, (seed) => {
        const m = play(herd(lb, sending, { browserResend: true }), seed, kill, AT + 1000).metrics(
          0,
          AT + 1000,
        );
        const n = m['requests.failed.truncated'] ?? 0;
        expect(m['requests.failed.status.none']).toBeGreaterThanOrEqual(n);
        expect(m['requests.failed.status.502']).toBeLessThanOrEqual(m['requests.failed.reset'] ?? 0);
        return n;
      });
      expectMean(cut, (100 * 0.1) / 3);
    }
  });

  it('an answer that stops half-way is cut after `timeout server` of silence, not before (R-1, S-85)', () => {
    const s = herd(
      { serverTimeoutMs: 300, check: null },
      { serviceTime: { kind: 'fixed', ms: 10 }, transferMs: 1000 },
    );
    expect(play(s, 1, [], 6000).metrics(0, 6000)['requests.failed']).toBe(0);
    const hung = play(s, 1, [[AT, 'paddock hang shop-app-2']], AT + 400).metrics(0, AT + 400);
    // 1 s of arrivals at one of three.
    expect(hung['requests.failed.truncated']).toBeGreaterThan(20);
    const short = [
      [AT, 'paddock hang shop-app-2'],
      [AT + 200, 'paddock resume shop-app-2'],
    ] as const;
    expect(play(s, 1, short, 6000).metrics(0, 6000)['requests.failed.truncated']).toBe(0);
  });

  it('2: arriving while it still counts as UP is refused at once: 503 without retries, 0 with redispatch (R-1)', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const plain = play(herd({ ...OFF, check: null }), seed, kill, 4000).metrics(AT + 1, 4000);
      expect(plain['requests.failed.connect-refused']).toBeGreaterThan(0);
      expect(plain['requests.failed.status.503']).toBe(plain['requests.failed.connect-refused']);
      const hidden = play(herd({ check: null }), seed, kill, 4000).metrics(AT + 100, 4000);
      expect(hidden['requests.failed']).toBe(0);
    }
  });

  it('3: after DOWN no request goes there and none fails (R-1)', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const run = play(herd(OFF), seed, kill, 7000);
      const down = run.metrics(0, 7000)['detect.down'] ?? 0;
      const last =
        entries(run)
          .filter((e) => e.kind === 'request-failed')
          .at(-1)?.t ?? 0;
      expect(last).toBeLessThan(AT + down + 2);
    }
  });

  it('`retry-on all-retryable-errors` fails none and executes R·S/N twice, POST included unless told not to (R-1)', () => {
    const mix = { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 1, checkout: 0 };
    const again = { retryOn: ['all-retryable-errors'] } as const;
    const twice = sample(200, (seed) => {
      const m = play(herd(again, {}, { mix }), seed, kill, 4500).metrics(0, 4500);
      expect(m['requests.failed']).toBe(0);
      return m['attempts.duplicated'] ?? 0;
    });
    expectMean(twice, inFlight);
    const posts = sample(200, (seed) => failed(herd({ ...again, noPost: true }, {}, { mix }), seed, 4500));
    expectMean(posts, inFlight / 2);
  });
});
