import { describe, expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { container, entries, expectMean, play, sample, summary } from '../../../test/support/many-seeds.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { createRun } from '../create-run.ts';
import type { BalancerService, Scenario, Traffic } from '../model/scenario.ts';

const AT = 2000;
const herd = herdOf({
  app: {
    serviceTime: { kind: 'fixed', ms: 100 },
    state: homes({ sessions: 'redis' }),
    onExit: { do: 'none', delayMs: 0, layer: 'keep' },
  },
  balancer: { image: 'l4', kind: 'l4', check: null, retries: 0, redispatch: false, balance: 'random(1)' },
});
/** Users in closed load: one connection each. */
const CLOSED: Partial<Traffic> = { rate: null, thinkMs: 500, users: 60 };
const shares = (s: Scenario, seed: number, untilMs: number): number[] => {
  const run = createRun(s, seed);
  run.recordLegs(true);
  run.advance(untilMs);
  const legs = run.legs(untilMs, untilMs);
  const counts = new Map<number, number>();
  for (let i = 0; i < legs.length; i++)
    if (legs.from[i] === 1 && (legs.to[i] ?? 0) >= 2)
      counts.set(legs.to[i] ?? 0, (counts.get(legs.to[i] ?? 0) ?? 0) + 1);
  return [...counts.values()];
};

describe('layer 4', () => {
  it('pins a kept-alive client to one container, and spreads one that connects anew (S-53, S-70)', () => {
    for (let seed = 1; seed <= 20; seed++)
      for (const balance of ['roundrobin', 'random(1)'] as const) {
        const one = { ...CLOSED, users: 1, thinkMs: 100 };
        expect(shares(herd({ balance }, {}, one), seed, 20_000)).toHaveLength(1);
        expect(shares(herd({ balance }, {}, { ...one, keepAlive: false }), seed, 20_000)).toHaveLength(3);
      }
  });

  it('takes connections in turn, or at random: multinomial counts, not equal ones (S-53, S-70)', () => {
    // 60 clients that each send one request after another: 60 connections.
    const spread = (balance: BalancerService['balance']): number[] =>
      Array.from({ length: balance === 'roundrobin' ? 20 : 200 }, (_, k) => {
        const run = play(
          herd({ balance }, { serviceTime: { kind: 'fixed', ms: 5000 } }, { ...CLOSED, thinkMs: 1 }),
          k + 1,
          [],
          1000,
        );
        const c = run.view().containers.map((x) => x.inFlight);
        expect(c.reduce((a, b) => a + b, 0)).toBe(60);
        return c.reduce((a, x) => a + (x - 20) * (x - 20), 0);
      });
    expect(Math.max(...spread('roundrobin'))).toBe(0);
    // Σ (n_i - n/3)² of a multinomial has the mean n·(1 - 1/3).
    expectMean(summary(spread('random(1)')), 60 * (2 / 3));
  });

  it('fails what is in flight with a reset and what is refused at the client, at once and without a status (S-70)', () => {
    const lost = sample(200, (seed) => {
      const run = play(
        herd({}, {}, { rate: 100, keepAlive: false }),
        seed,
        [[AT, 'docker kill shop-app-2']],
        4000,
      );
      const m = run.metrics(0, 4000);
      expect(m['requests.failed.status.none']).toBe(m['requests.failed']);
      expect(m['requests.failed']).toBe(
        (m['requests.failed.reset'] ?? 0) + (m['requests.failed.connect-refused'] ?? 0),
      );
      return m['requests.failed.reset'] ?? 0;
    });
    // R·S/N in flight.
    expectMean(lost, (100 * 0.1) / 3);
    const refused = sample(
      100,
      (seed) =>
        play(
          herd({}, {}, { rate: 100, keepAlive: false }),
          seed,
          [[AT, 'docker kill shop-app-2']],
          AT + 3000,
        ).metrics(AT, AT + 3000)['requests.failed.connect-refused'] ?? 0,
    );
    expectMean(refused, (100 * 3) / 3);
  });

  it('lets kept connections go on to a container that new ones no longer reach, until it closes them (S-53, S-70)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(herd({}, {}, CLOSED), seed, [[AT, 'paddock balancer maint shop-app-2']], 6000);
      const before = run.metrics(AT + 200, 6000);
      expect(before['requests.failed']).toBe(0);
      expect(container(run, 'shop-app-2').inFlight).toBeGreaterThan(0);
      // A drained process closes them after their last answer: everybody opens another, and nobody fails.
      const gone = play(
        herd({}, {}, CLOSED),
        seed,
        [
          [AT, 'paddock balancer maint shop-app-2'],
          [AT + 1000, 'docker stop shop-app-2'],
        ],
        6000,
      );
      const m = gone.metrics(0, 6000);
      // A request may cross the closing of its idle connection: 2 hops in 600 ms, for 20 users.
      expect(m['requests.failed']).toBeLessThanOrEqual(1);
      expect(m['requests.failed.reset']).toBe(m['requests.failed']);
      expect(m['requests.ok']).toBeGreaterThan(400);
    }
  });

  it('refuses at once when there is nobody left, and not after a time-out (S-71)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const lines = ['1', '2', '3'].map((n) => [AT, `paddock balancer maint shop-app-${n}`] as const);
      const run = play(herd({}, {}, { rate: 50, keepAlive: false }), seed, lines, 6000);
      const m = run.metrics(AT + 500, 6000);
      expect(m['requests.ok']).toBe(0);
      expect(m['requests.failed.no-server']).toBe(m['requests.failed']);
      expect(m['requests.failed.status.none']).toBe(m['requests.failed']);
      expect(m['requests.failed']).toBeGreaterThan(100);
      expect(run.view().totals.inFlight).toBeLessThanOrEqual(1);
    }
  });

  it('has no time-out of its own: a frozen container holds its clients until they give up (A3)', () => {
    const m = play(
      herd({}, {}, { rate: 100, timeoutMs: 3000 }),
      1,
      [[AT, 'paddock hang shop-app-2']],
      9000,
    ).metrics(0, 9000);
    expect(m['requests.failed']).toBeGreaterThan(40);
    expect(m['requests.failed.client-timeout']).toBe(m['requests.failed']);
  });

  it('misses a session with 1 - 1/N on every new connection, and never on a kept one (S-53, R-7)', () => {
    const misses = (t: Partial<Traffic>): number => {
      const m = play(
        herd({}, { state: homes({ sessions: 'memory' }) }, { ...t, relogin: 'next' }),
        1,
        [],
        60_000,
      ).metrics(30_000, 60_000);
      return (
        (m['requests.unauthorized'] ?? 0) /
        ((m['requests.ok'] ?? 0) - (m['logins'] ?? 0) + (m['requests.unauthorized'] ?? 0))
      );
    };
    expect(misses(CLOSED)).toBe(0);
    expect(misses({ ...CLOSED, keepAlive: false })).toBeCloseTo(2 / 3, 1);
  });

  it('keeps an address with its server under session affinity, and gives it another when that is gone (S-70)', () => {
    const one = { ...CLOSED, users: 1, thinkMs: 100, keepAlive: false };
    for (let seed = 1; seed <= 10; seed++)
      expect(shares(herd({ balance: 'source' }, {}, one), seed, 20_000)).toHaveLength(1);
    const all = ['1', '2'].map((n) => [AT, `paddock balancer maint shop-app-${n}`] as const);
    expect(
      play(herd({ balance: 'source' }, {}, { ...CLOSED, keepAlive: false }), 1, all, 6000).metrics(0, 6000)[
        'requests.failed'
      ],
    ).toBe(0);
  });
});

describe("Swarm's own address", () => {
  const file = `name: shop
x-paddock: { platform: swarm, traffic: { rate: 100/s, keep-alive: false } }
services:
  app: { image: "shop:1.0", deploy: { replicas: 3 }, x-paddock: { service-time: 100ms } }
  cache: { image: redis }
`;
  const { scenario: s } = parseScenario(file, 'compose.yaml');
  if (s === null) throw new Error('does not parse');

  it('is a balancer that runs in no container (S-53)', () => {
    const run = play(s, 1, [], 1000);
    expect(run.view().balancer).toMatchObject({ name: 'vip', kind: 'l4', balance: 'roundrobin', up: true });
    expect(run.view().containers.map((c) => c.service)).toEqual(['app', 'app', 'app']);
    const ps = run.apply({ verb: 'ps', all: true }, 'docker ps -a');
    expect(ps.text).not.toContain('vip');
    expect(run.apply({ verb: 'service-scale', service: 'vip', replicas: 2 }, 'scale')).toEqual({
      ok: false,
      text: 'Error: No such service: vip',
    });
  });

  it('forgets a task that died at once, and one that is stopped before its SIGTERM (S-52, S-53)', () => {
    const lost = sample(200, (seed) => {
      const m = play(s, seed, [[AT, 'docker kill shop-app-2']], 6000).metrics(0, 6000);
      // One may be on its way to the dead when it dies.
      expect((m['requests.failed'] ?? 0) - (m['requests.failed.reset'] ?? 0)).toBeLessThanOrEqual(1);
      return m['requests.failed.reset'] ?? 0;
    });
    expectMean(lost, (100 * 0.1) / 3);
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(s, seed, [[AT, 'docker service update --force shop_app']], 20_000);
      const failed = entries(run).filter((e) => e.kind === 'request-failed');
      // New tasks without a HEALTHCHECK are in at once and refuse for their 0.5 s of boot (S-47); nothing else fails.
      for (const e of failed) expect(e.text).toContain('refused');
    }
  });
});
