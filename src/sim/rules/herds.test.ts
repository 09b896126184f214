import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { expectMean, play, sample, type Sample } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';

/** What a crowd does: users bound by cookies, streams in a rolling update, sign-ins after everybody was killed. */
const CHECK = { interMs: 1000, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: null };
const herd = (a: Partial<AppService>, lb: Partial<BalancerService>, t: Partial<Traffic>): Scenario =>
  scenario([app(a), store(), balancer({ check: CHECK, ...lb })], {}, t);

describe('a drained server with cookie users', () => {
  const U = 120;
  const R = 40;
  const s = herd(
    { serviceTime: { kind: 'exponential', mean: 20 }, state: homes({ sessions: 'memory' }) },
    { sticky: 'cookie' },
    { users: U, rate: R },
  );

  it('keeps them: nobody signs in again while it drains, U/N lose their session when it goes (R-5)', () => {
    const lost = sample(200, (seed) => {
      const run = play(
        s,
        seed,
        [
          [2000, 'paddock balancer drain shop-app-2'],
          [5000, 'docker stop shop-app-2'],
        ],
        5200,
      );
      const before = run.metrics(0, 5000);
      expect(before['requests.failed']).toBe(0);
      expect(before['requests.unauthorized']).toBe(0);
      return run.metrics(0, 5200)['sessions.lost'] ?? 0;
    });
    expectMean(lost, U / 3);
  });

  it('in maintenance sends them away: (U/N)(1 - exp(-R·T/U)) have signed in again after T (R-5)', () => {
    const T = 3;
    const moved = sample(200, (seed) => {
      const m = play(s, seed, [[2000, 'paddock balancer maint shop-app-2']], 2000 + T * 1000).metrics(
        0,
        5000,
      );
      expect(m['requests.failed']).toBe(0);
      expect(m['sessions.lost']).toBe(0);
      return m['sessions.refused'] ?? 0;
    });
    expectMean(moved, (U / 3) * (1 - Math.exp((-R * T) / U)), 0.2);
  });
});

describe('streams in a rolling update of four', () => {
  const recurrence = (n: number, m: number): number => (m / n) * ((1 + 1 / m) ** n - 1);
  const readiness = { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 } as const;
  const clients = 60;
  /** With maxSurge 1 it is in rolling.test.ts. */
  const drops = (balance: BalancerService['balance'], retryMs: number): Sample =>
    sample(200, (seed) => {
      const s = herd(
        {
          replicas: 4,
          bootMs: 1500,
          readiness,
          state: homes({ sessions: 'signed' }),
          rollout: { ...app().rollout, maxSurge: 0, maxUnavailable: 1 },
        },
        { check: null, balance },
        { rate: 0, streams: { clients, retryMs, backoff: 1, jitter: 0.3, maxMs: 30_000 } },
      );
      const run = play(s, seed, [[2000, 'docker service update --image shop:2.0 shop_app']], 16_000);
      expect(run.view().containers.reduce((n, c) => n + c.streams, 0)).toBe(clients);
      return (run.metrics(0, 16_000)['connections.dropped'] ?? 0) / clients;
    });

  it('with maxSurge 0 spread over the three that are left: (M/N)((1 + 1/M)^N - 1) = 1.62 a client, M = 3 (R-10)', () => {
    for (const balance of ['roundrobin', 'random(1)'] as const)
      expectMean(drops(balance, 100), recurrence(4, 3), 0.03);
  });

  it('less where the way back takes longer than the next is away: they find all four up (R-10)', () => {
    // Away for 1.75 s; those who take up to 2.6 s return in part to the one that has just come.
    const late = drops('random(1)', 2000).mean;
    expect(late).toBeLessThan(recurrence(4, 3) - 0.1);
    expect(late).toBeGreaterThan(1);
  });
});

describe('sign-ins after everybody was killed', () => {
  const U = 150;
  const R = 100;
  const AT = 2000;
  const D = 1000;
  const ALL = [[AT, 'docker kill $(docker ps -q --filter name=app)']] as const;
  /** n workers, one request at a time, that are half busy; a sign-in costs c ms more. */
  const workers = (n: number, signInMs: number, sessions = 'memory'): Scenario =>
    herd(
      {
        replicas: n,
        bootMs: D / 2,
        onExit: { do: 'restart', delayMs: D / 2, layer: 'keep' },
        concurrency: 1,
        serviceTime: { kind: 'exponential', mean: (500 * n) / R },
        state: homes({ sessions }),
      },
      { check: null, sticky: 'cookie', retries: 0, redispatch: false },
      { users: U, rate: R, signInMs, timeoutMs: 60_000 },
    );
  /** s from the return until nobody waits for a worker. */
  const drain = (n: number, signInMs: number): Sample =>
    sample(60, (seed) => {
      const run = createRun(workers(n, signInMs), seed);
      run.advance(AT);
      const targets = { kind: 'filter', substring: 'app' } as const;
      run.apply({ verb: 'kill', tool: 'docker', targets, signal: 'KILL' }, 'docker kill');
      let t = AT + D + 2000;
      for (let waiting = true; waiting; t += 250) {
        run.advance(t);
        waiting = run.view().containers.some((c) => c.queued > 0);
      }
      return (t - AT - D) / 1000;
    });

  it('are worked off by what is free: t = U·c/(N(1 - rho)), a little sooner (R-11)', () => {
    const formula = (n: number, c: number): number => (U * c) / 1000 / (n * 0.5);
    // Sooner, because those who wait for their sign-in get a 401 for what else they ask: that is no work.
    const shares = (
      [
        [1, 20],
        [1, 40],
        [2, 40],
      ] as const
    ).map(([n, c]) => drain(n, c).mean / formula(n, c));
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(1.05);
    }
  });

  it('come as users come back: U(1 - exp(-R·T/U)) of them within T; with Redis none (R-7, R-11)', () => {
    const T = 2;
    const asked = (sessions: string): Sample =>
      sample(200, (seed) => {
        const run = play(workers(2, 0, sessions), seed, ALL, AT + D + T * 1000);
        return run.metrics(AT + D, AT + D + T * 1000)['sessions.refused'] ?? 0;
      });
    expectMean(asked('memory'), U * (1 - Math.exp((-R * T) / U)), 1.5);
    expect(Math.max(...asked('redis').values)).toBe(0);
  });
});
