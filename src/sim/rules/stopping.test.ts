import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';

const compose = (a: Partial<AppService>): Scenario =>
  scenario([app({ replicas: 2, ...a }), balancer({ check: null })], { platform: 'compose' }, { rate: 0 });
const AT = 1000;

describe('docker stop', () => {
  it.each([
    ['exec', 'drain', 0, 0],
    ['exec', 'exit', 0, 0],
    ['exec', 'none', 10_000, 137],
    ['shell', 'drain', 10_000, 137],
    ['shell', 'none', 10_000, 137],
    ['init', 'drain', 0, 0],
    ['init', 'none', 0, 143],
  ] as const)(
    'PID 1 %s, SIGTERM %s: gone after %i ms with exit code %i (S-12, S-14, S-15, S-16, A4)',
    (pid1, sigterm, ms, code) => {
      const run = play(compose({ pid1, sigterm }), 1, [[AT, 'docker stop shop-app-1']], AT + 20_000);
      const c = container(run, 'shop-app-1');
      expect(c.phase).toBe('exited');
      expect(c.endedAt).toBe(AT + ms);
      expect(c.exitCode).toBe(code);
    },
  );

  it('that is asked for again with less patience brings SIGKILL forward, with more of it changes nothing (S-12)', () => {
    const deaf = compose({ sigterm: 'none' });
    const end = (again: string): number | null =>
      container(
        play(
          deaf,
          1,
          [
            [AT, 'docker stop shop-app-1'],
            [AT + 1000, again],
          ],
          AT + 40_000,
        ),
        'shop-app-1',
      ).endedAt;
    expect(end('docker stop -t 2 shop-app-1')).toBe(AT + 3000);
    expect(end('docker stop -t 30 shop-app-1')).toBe(AT + 10_000);
  });

  it('waits for what the handler finishes; docker kill waits for nothing (S-12, S-13)', () => {
    const busy = { serviceTime: { kind: 'fixed', ms: 3000 }, sigterm: 'drain' } as const;
    const herd = scenario(
      [app({ replicas: 2, ...busy }), balancer({ check: null })],
      { platform: 'compose' },
      { rate: 20 },
    );
    for (let seed = 1; seed <= 20; seed++) {
      const stopped = play(herd, seed, [[AT + 2000, 'docker stop shop-app-1']], AT + 15_000);
      const took = (container(stopped, 'shop-app-1').endedAt ?? 0) - AT - 2000;
      expect(took).toBeGreaterThan(2500);
      expect(took).toBeLessThanOrEqual(3001);
      expect(container(stopped, 'shop-app-1').exitCode).toBe(0);
      const killed = play(herd, seed, [[AT + 2000, 'docker kill shop-app-1']], AT + 15_000);
      expect(container(killed, 'shop-app-1').endedAt).toBe(AT + 2000);
      expect(container(killed, 'shop-app-1').exitCode).toBe(137);
      expect(killed.metrics(0, AT + 2100)['requests.failed.reset']).toBeGreaterThan(10);
    }
  });

  it('from inside, `kill 1` does nothing without a handler, and `kill -9 1` nothing at all (S-8)', () => {
    const inside = (sigterm: AppService['sigterm'], line: string): string =>
      container(
        play(compose({ sigterm }), 1, [[AT, `docker exec shop-app-1 ${line}`]], AT + 5000),
        'shop-app-1',
      ).phase;
    expect(inside('none', 'kill 1')).toBe('running');
    expect(inside('drain', 'kill -9 1')).toBe('running');
    expect(inside('drain', 'kill 1')).toBe('exited');
  });
});

/** One of three is scaled away at a plain supervisor: R = 100/s, n = 3 in rotation. */
describe('failures for each container that is stopped', () => {
  const R = 100;
  const herd = (a: Partial<AppService>, meanMs = 100): Scenario =>
    scenario(
      [
        app({
          serviceTime: { kind: 'exponential', mean: meanMs },
          state: homes({ sessions: 'signed' }),
          ...a,
        }),
        balancer({ check: null, retries: 0, redispatch: false }),
      ],
      {},
      { rate: R },
    );
  const failures = (a: Partial<AppService>, meanMs = 100): ReturnType<typeof sample> =>
    sample(200, (seed) => {
      const m = play(herd(a, meanMs), seed, [[2000, 'docker compose up -d --scale app=2']], 6000).metrics(
        0,
        6000,
      );
      return m['requests.failed'] ?? 0;
    });

  it('none if it is drained first, even without a handler (R-5)', () => {
    expect(Math.max(...failures({ drain: 'before' }).values)).toBe(0);
    expect(
      Math.max(...failures({ drain: 'before', prestopMs: 2500, pid1: 'init', sigterm: 'none' }).values),
    ).toBe(0);
  });

  it('(R/n)·max(0, told - preStop) while it no longer listens and the balancer has not been told (R-5)', () => {
    const late = { drain: 'concurrent', endpointDelayMs: 500, sigterm: 'drain' } as const;
    expectMean(failures(late), (R / 3) * 0.5, 0.2);
    expectMean(failures({ ...late, prestopMs: 200 }), (R / 3) * 0.3, 0.2);
    expect(Math.max(...failures({ ...late, prestopMs: 600 }).values)).toBe(0);
  });

  it('n is N + surge in a rolling update: no old one goes before the balancer knows the new one (R-5)', () => {
    const late = {
      drain: 'concurrent',
      endpointDelayMs: 400,
      readiness: { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 },
    } as const;
    const s = sample(60, (seed) => {
      const line = [[2000, 'docker service update --image shop:2.0 shop_app']] as const;
      const run = play(herd(late), seed, line, 9000);
      return run.metrics(0, 9000)['requests.failed'] ?? 0;
    });
    expectMean(s, 3 * (R / 4) * 0.4, 0.6);
  });

  it('and what is in flight when it dies without a handler: (R/n)·S more (R-5)', () => {
    const s = failures({ drain: 'concurrent', endpointDelayMs: 300, pid1: 'init', sigterm: 'none' });
    expectMean(s, (R / 3) * 0.3 + (R / 3) * 0.1, 0.3);
  });

  it('and what outlives the grace period: (R/n)·S·exp(-grace/S) (R-5)', () => {
    const S = 0.2;
    const grace = 0.3;
    expectMean(
      failures({ drain: 'before', stopGraceMs: grace * 1000 }, S * 1000),
      (R / 3) * S * Math.exp(-grace / S),
      0.1,
    );
  });

  it('retries with redispatch hide the refused connections, not the dead requests (R-5)', () => {
    const late = { drain: 'concurrent', endpointDelayMs: 500, pid1: 'init', sigterm: 'none' } as const;
    const s = sample(200, (seed) => {
      const [a] = herd(late).services;
      const shop = scenario([a ?? app(), balancer({ check: null })], {}, { rate: R });
      return (
        play(shop, seed, [[2000, 'docker compose up -d --scale app=2']], 6000).metrics(0, 6000)[
          'requests.failed'
        ] ?? 0
      );
    });
    expectMean(s, (R / 3) * 0.1, 0.1);
  });
});

describe('a planned stop of Swarm', () => {
  it('leaves the balancer, then 2 s, then SIGTERM, then 10 s to SIGKILL (S-52, A4)', () => {
    const s = scenario(
      [app({ sigterm: 'none' }), balancer({ check: null })],
      { platform: 'swarm' },
      { rate: 20 },
    );
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(s, seed, [[AT, 'docker service scale shop_app=2']], AT + 20_000);
      const of = (kind: string): number | undefined =>
        entries(run).find(
          (e) => e.kind === kind && e.t >= AT && (kind.startsWith('server') || e.subject === 'shop-app-3'),
        )?.t;
      expect(of('server-maint')).toBe(AT);
      expect(of('container-signalled')).toBe(AT + 2000);
      expect(of('container-exited')).toBe(AT + 12_000);
      expect(run.metrics(0, AT + 20_000)['requests.failed']).toBe(0);
    }
  });
});
