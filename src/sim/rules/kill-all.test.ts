import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, expectMean, play, sample, type Sample } from '../../../test/support/many-seeds.ts';
import type { AppService, BalancerService, Scenario } from '../model/scenario.ts';

const AT = 3000;
const R = 100;
const S = 0.1;
const ALL = [[AT, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
const CHECK = { interMs: 1000, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: null };
/** All are back D ms after the kill. */
const herd = (D: number, lb: Partial<BalancerService> = {}, a: Partial<AppService> = {}): Scenario =>
  scenario(
    [
      app({
        serviceTime: { kind: 'exponential', mean: S * 1000 },
        state: homes({ sessions: 'redis' }),
        onExit: { do: 'restart', delayMs: D / 2, layer: 'wipe' },
        bootMs: D / 2,
        ...a,
      }),
      store(),
      balancer({ check: CHECK, ...lb }),
    ],
    {},
    { rate: R },
  );

describe('killing all of them', () => {
  it('is an outage of D if they are back before the balancer noticed: E = R·D + R·S (R-11, R-12)', () => {
    const s = herd(900);
    const failed = sample(200, (seed) => {
      const m = play(s, seed, ALL, 6000).metrics(0, 6000);
      expect(m['recovery.time']).toBeGreaterThan(800);
      expect(m['recovery.time']).toBeLessThan(902);
      return m['requests.failed'] ?? 0;
    });
    expectMean(failed, R * 0.9 + R * S, 0.5);
  });

  it('else of D + T_up of the first: (rise-1)·i and the earliest of three phases, i/4 on average (R-12)', () => {
    const recovery = sample(200, (seed) => {
      const run = play(herd(3600), seed, ALL, 12_000);
      const up = entries(run).find((e) => e.kind === 'server-up' && e.t > AT)?.t ?? Number.NaN;
      const last = run.metrics(0, 12_000)['recovery.time'] ?? 0;
      expect(last).toBeLessThan(up - AT + 2);
      expect(last).toBeGreaterThan(up - AT - 150);
      return up - AT;
    });
    // The earliest of three independent phases of a second: 250 ms.
    expectMean(recovery, 3600 + 1000 + 250, 5);
  });

  it('is not hidden by redispatch, but by waiting retries: a sticky cookie, or none at all, if D < r·d (R-12)', () => {
    const hidden = (lb: Partial<BalancerService>): number[] =>
      Array.from(
        { length: 30 },
        (_, k) =>
          play(herd(900, { check: null, ...lb }), k + 1, ALL, 8000).metrics(AT + 50, 8000)[
            'requests.failed'
          ] ?? 0,
      );
    expect(Math.min(...hidden({}))).toBeGreaterThan(50);
    expect(Math.max(...hidden({ sticky: 'cookie' }))).toBe(0);
    expect(Math.max(...hidden({ redispatch: false }))).toBe(0);
  });

  it('after DOWN everybody gets an immediate 503 (R-12)', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const m = play(herd(9000), seed, ALL, 9000).metrics(AT + 2100, 9000);
      expect(m['requests.failed.no-server']).toBe(m['requests.total']);
      expect(m['requests.failed.status.503']).toBe(m['requests.total']);
    }
  });

  it('turns every sticky session in memory into a login, and the workers pay for them (R-11)', () => {
    let logins = 0;
    const seeds = 60;
    const after = (sessions: 'memory' | 'redis'): Sample =>
      sample(seeds, (seed) => {
        const base = herd(
          2000,
          { sticky: sessions === 'memory' ? 'cookie' : 'none' },
          { state: homes({ sessions }), concurrency: 1, serviceTime: { kind: 'exponential', mean: 20 } },
        );
        const s = { ...base, traffic: { ...base.traffic, users: 60, signInMs: 60 } };
        const run = play(s, seed, ALL, AT + 6500);
        const m = run.metrics(AT + 2000, AT + 6500);
        const refused = m['sessions.refused'] ?? 0;
        expect(refused > 20).toBe(sessions === 'memory');
        logins += (m['logins'] ?? 0) / refused / seeds;
        return run.metrics(AT + 4000, AT + 6500)['latency.p95'] ?? 0;
      });
    const paying = after('memory').mean;
    expect(logins).toBeGreaterThan(0.8);
    expect(paying).toBeGreaterThan(3 * after('redis').mean);
  });
});

describe('recreate', () => {
  it('is an outage of stop, start-up and readiness poll: E = R·outage (R-12)', () => {
    const s = herd(
      0,
      { check: null },
      {
        bootMs: 1000,
        readiness: { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 },
        rollout: { ...app().rollout, strategy: 'recreate', maxSurge: 0, maxUnavailable: 3 },
      },
    );
    // What failed beyond R·outage; each of the 200 outages has a length of its own.
    const beyond = sample(200, (seed) => {
      const run = play(s, seed, [[AT, 'docker service update --image shop:2.0 shop_app']], 6000);
      const of = (kind: string): number[] =>
        entries(run)
          .filter((e) => e.kind === kind && e.t >= AT)
          .map((e) => e.t);
      const stopped = Math.max(...of('container-removed'));
      const up = Math.min(...of('server-up'));
      expect(up - stopped).toBeGreaterThanOrEqual(1000);
      expect(up - stopped).toBeLessThanOrEqual(1251);
      return (run.metrics(0, 6000)['requests.failed'] ?? 0) - (R * (up - AT)) / 1000;
    });
    expectMean(beyond, 0);
  });
});
