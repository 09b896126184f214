import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import {
  container,
  entries,
  expectMean,
  play,
  sample,
  summary,
  type Sample,
} from '../../../test/support/many-seeds.ts';
import { fenceposts } from '../platforms/mechanisms/rolling.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const DEPLOY = [[AT, 'docker service update --image shop:2.0 shop_app']] as const;
const PROBE = { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 } as const;
const rollout = (maxSurge: number, maxUnavailable: number): AppService['rollout'] => ({
  ...app().rollout,
  maxSurge,
  maxUnavailable,
});
const herd = (
  a: Partial<AppService>,
  lb: Partial<BalancerService> = {},
  t: Partial<Traffic> = {},
): Scenario =>
  scenario(
    [app({ readiness: PROBE, rollout: rollout(1, 0), ...a }), store(), balancer({ check: null, ...lb })],
    {},
    { rate: 100, ...t },
  );

/** losses of a user in a rolling update whose losers spread over M servers; M = N when they return before the next new one is in. */
const recurrence = (n: number, m: number): number => (m / n) * ((1 + 1 / m) ** n - 1);

describe('fenceposts', () => {
  it.each([
    [1, 1, 0],
    [2, 1, 0],
    [3, 1, 0],
    [4, 1, 1],
    [5, 2, 1],
    [6, 2, 1],
    [7, 2, 1],
    [8, 2, 2],
    [9, 3, 2],
    [10, 3, 2],
    [12, 3, 3],
    [20, 5, 5],
    [100, 25, 25],
  ])('25 %% of %i are %i surge and %i unavailable (S-58, A5)', (n, surge, unavailable) => {
    const quarter = { percent: 25 };
    expect(fenceposts(n, { ...rollout(0, 0), maxSurge: quarter, maxUnavailable: quarter })).toEqual({
      surge,
      unavailable,
    });
  });

  it('of two zeros are one that may be missing (S-58)', () => {
    expect(fenceposts(3, rollout(0, 0))).toEqual({ surge: 0, unavailable: 1 });
  });
});

describe('a rolling update', () => {
  /** Old and new ones that are not on their way out, after every step the journal tells of. */
  function trace(run: Run): string[] {
    let [old, young] = [3, 0];
    const gone = new Set<number>();
    const steps = ['3,0'];
    for (const e of entries(run)) {
      if (e.kind === 'container-created' && e.t >= AT) young++;
      else if ((e.kind === 'container-told' || e.kind === 'container-signalled') && !gone.has(e.container)) {
        gone.add(e.container);
        old--;
      } else continue;
      steps.push(`${old},${young}`);
    }
    return steps;
  }

  it('of three with surge 1 goes 3,0 3,1 2,1 2,2 1,2 1,3 0,3 (S-59, A5)', () => {
    const s = scenario(
      [app({ readiness: PROBE, rollout: rollout(1, 0) }), balancer({ check: null })],
      {},
      { rate: 0 },
    );
    for (let seed = 1; seed <= 20; seed++)
      expect(trace(play(s, seed, DEPLOY, 20_000))).toEqual(['3,0', '3,1', '2,1', '2,2', '1,2', '1,3', '0,3']);
  });

  it('with an image that never becomes ready stalls at 3,1, and the old ones serve on (A5)', () => {
    const s = herd({ versions: { '2.0': { bootMs: 1e9 } } });
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(s, seed, DEPLOY, 20_000);
      const live = run
        .view()
        .containers.filter((c) => c.role === 'app' && (c.phase === 'booting' || c.phase === 'running'));
      expect(live.filter((c) => c.tag === '1.0')).toHaveLength(3);
      expect(live.filter((c) => c.tag === '2.0')).toHaveLength(1);
      expect(run.metrics(0, 20_000)['requests.failed']).toBe(0);
    }
  });

  it('with readiness fails nothing, whatever the start-up time, and takes N start-ups, probes and stops (R-6)', () => {
    for (const bootMs of [500, 3000]) {
      const took: number[] = [];
      for (let seed = 1; seed <= 30; seed++) {
        const run = play(herd({ bootMs }), seed, DEPLOY, 14_000);
        expect(run.metrics(0, 14_000)['requests.failed']).toBe(0);
        took.push((entries(run).find((e) => e.kind === 'deploy-done')?.t ?? Number.NaN) - AT);
      }
      const { mean } = summary(took);
      expect(mean).toBeGreaterThan(3 * bootMs);
      expect(mean).toBeLessThan(3 * (bootMs + 250 + 400));
    }
  });

  it('without readiness is over in well under a second, and the herd is down for a start-up: E = R·startup (R-6)', () => {
    for (const surge of [1, 2]) {
      const bare = herd(
        { readiness: { kind: 'none' }, bootMs: 2000, rollout: rollout(surge, 0) },
        { retries: 0, redispatch: false },
      );
      const failed = sample(50, (seed) => {
        const run = play(bare, seed, DEPLOY, 8000);
        expect((entries(run).find((e) => e.kind === 'deploy-done')?.t ?? Number.NaN) - AT).toBeLessThan(1000);
        return run.metrics(0, 8000)['requests.failed'] ?? 0;
      });
      expect(failed.mean).toBeGreaterThan(0.93 * 200);
      expect(failed.mean).toBeLessThan(1.15 * 200);
    }
  });

  it('loses a sticky session 1.37 times a user who soon returns: (M/N)((1 + 1/M)^N - 1) with M = N = 3 (R-6)', () => {
    const s = herd(
      { state: homes({ sessions: 'memory' }), bootMs: 2000 },
      { sticky: 'cookie' },
      { users: 60, rate: 120 },
    );
    const lost = sample(
      200,
      (seed) => (play(s, seed, DEPLOY, 14_000).metrics(AT, 14_000)['logins'] ?? 0) / 60,
    );
    expectMean(lost, recurrence(3, 3), 0.02);
    for (const sessions of ['redis', 'signed'])
      for (let seed = 1; seed <= 10; seed++) {
        const kept = play(herd({ state: homes({ sessions }), bootMs: 2000 }), seed, DEPLOY, 14_000).metrics(
          0,
          14_000,
        );
        expect(kept['requests.unauthorized']).toBe(0);
      }
  });
});

describe('long-lived connections', () => {
  const streams = (clients: number, retryMs: number): Partial<Traffic> => ({
    rate: 0,
    streams: { clients, retryMs, backoff: 1, jitter: 0.3, maxMs: 30_000 },
  });
  const drops = (a: Partial<AppService>, lb: Partial<BalancerService>, retryMs: number, n = 200): Sample =>
    sample(
      n,
      (seed) =>
        (play(
          herd({ replicas: 4, bootMs: 1500, ...a }, lb, streams(120, retryMs)),
          seed,
          DEPLOY,
          30_000,
        ).metrics(0, 30_000)['connections.dropped'] ?? 0) / 120,
    );

  it('drop by the same recurrence in a rolling update: 1.44 a client that soon returns, for M = N = 4 (R-10)', () => {
    expectMean(drops({}, { balance: 'roundrobin' }, 100), recurrence(4, 4), 0.02);
    expectMean(drops({}, { balance: 'random(1)' }, 100), recurrence(4, 4), 0.02);
  });

  it('drop exactly once with leastconn, and when they come back only after the update (R-10)', () => {
    expect(drops({}, { balance: 'leastconn' }, 100, 10).values.every((v) => v === 1)).toBe(true);
    expect(drops({}, {}, 20_000, 10).values.every((v) => v === 1)).toBe(true);
  });

  it('of a killed container drop at once, all C/N of them, and no other (R-10)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const s = herd(
        { replicas: 4, onExit: { do: 'none', delayMs: 0, layer: 'keep' } },
        {},
        streams(100, 5000),
      );
      const run = play(s, seed, [[AT, 'docker kill shop-app-2']], AT + 100);
      expect(run.metrics(0, AT + 100)['connections.dropped']).toBe(25);
    }
  });

  it('stay uneven after a restart with roundrobin (N/(N-1) = 1.33), even out with leastconn if it is back first (R-10)', () => {
    const skew = (balance: BalancerService['balance']): Sample =>
      sample(200, (seed) => {
        const s = herd(
          { replicas: 4, bootMs: 500 },
          {
            balance,
            check: { interMs: 200, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: null },
          },
          streams(120, 2000),
        );
        const run = play(s, seed, [[AT, 'docker kill shop-app-2']], AT + 3000);
        const held = [1, 2, 3, 4].map((k) => container(run, `shop-app-${k}`).streams);
        return Math.max(...held) / 30;
      });
    // It is back in rotation before its 30 clients are: they spread over all four, 30 + 7.5 against 7.5.
    expectMean(skew('roundrobin'), 37.5 / 30, 0.04);
    expectMean(skew('leastconn'), 1, 0.01);
  });

  it('never move to a new container when the herd grows (R-10)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(
        herd({}, {}, streams(90, 500)),
        seed,
        [[AT, 'docker compose up -d --scale app=5']],
        AT + 10_000,
      );
      expect(container(run, 'shop-app-4').streams + container(run, 'shop-app-5').streams).toBe(0);
      expect(run.metrics(0, AT + 10_000)['connections.dropped']).toBe(0);
    }
  });

  it('kept open on SIGTERM cost the whole grace period: N·grace (R-10)', () => {
    const s = herd({ streamsOnTerm: 'keep', stopGraceMs: 2000, bootMs: 100 }, {}, streams(30, 200));
    for (let seed = 1; seed <= 20; seed++) {
      const done =
        entries(play(s, seed, DEPLOY, 20_000)).find((e) => e.kind === 'deploy-done')?.t ?? Number.NaN;
      expect(done - AT).toBeGreaterThan(2 * 2000);
      expect(done - AT).toBeLessThan(3 * 2000 + 3 * 500);
    }
  });
});
