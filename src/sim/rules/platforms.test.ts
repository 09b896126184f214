import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { RestartPolicy } from '../model/upkeep.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const on = (platform: string, a: Partial<AppService>): Scenario =>
  scenario([app({ replicas: 2, ...a }), balancer({ check: null })], { platform }, { rate: 0 });

type Fate = 'stays' | 'same again' | 'new' | 'nothing' | 'gone';
/** What became of the first container by the end of a run. */
function fate(run: Run): Fate {
  const all = run.view().containers.filter((c) => c.role === 'app');
  const first = entries(run).filter((e) => e.subject === 'shop-app-1' && e.t >= AT);
  const ended = first.some((e) => e.kind === 'container-exited' || e.kind === 'container-removed');
  if (!ended) return 'nothing';
  const same = all.find((c) => c.name === 'shop-app-1' && c.phase !== 'removed');
  if (same?.phase === 'running') return 'same again';
  if (all.filter((c) => c.phase === 'running').length === 2) return 'new';
  return same === undefined ? 'gone' : 'stays';
}

const POLICIES = ['no', 'always', 'unless-stopped', 'on-failure'] as const satisfies readonly RestartPolicy[];

describe('a restart policy on Compose', () => {
  it.each(POLICIES)('docker compose kill: %s does not restart it (A1, S-4)', (restart) => {
    const run = play(on('compose', { restart }), 1, [[AT, 'docker compose kill app']], AT + 60_000);
    expect(fate(run)).toBe('stays');
  });

  it('a manual start arms the policy again (S-6)', () => {
    const lines = [
      [AT, 'docker kill shop-app-1'],
      [AT + 1000, 'docker start shop-app-1'],
      [AT + 5000, 'paddock crash shop-app-1'],
    ] as const;
    expect(fate(play(on('compose', { restart: 'always' }), 1, lines, AT + 9000))).toBe('same again');
  });

  it('on-failure:3 counts restarts for good: the fourth crash stays down (S-3)', () => {
    const crashes = [0, 1, 2, 3].map((k) => [AT + k * 3_600_000, 'paddock crash shop-app-1'] as const);
    const s = on('compose', { restart: 'on-failure', restartMax: 3 });
    expect(fate(play(s, 1, crashes.slice(0, 3), AT + 3 * 3_600_000))).toBe('same again');
    expect(fate(play(s, 1, crashes, AT + 4 * 3_600_000))).toBe('stays');
  });

  it('unhealthy is a label: nothing restarts and traffic goes on (A1, S-19)', () => {
    const healthcheck = {
      intervalMs: 1000,
      timeoutMs: 500,
      retries: 3,
      startPeriodMs: 0,
      startIntervalMs: 5000,
      works: false,
    };
    const run = play(on('compose', { restart: 'always', healthcheck }), 1, [], 60_000);
    expect(container(run, 'shop-app-1').health).toBe('unhealthy');
    expect(container(run, 'shop-app-1').restarts).toBe(0);
    expect(container(run, 'shop-app-1').server).toBe('up');
  });
});

describe('a Swarm service with defaults', () => {
  it('a replacement is another task: it was started, not started again (S-44)', () => {
    const run = play(on('swarm', {}), 1, [[AT, 'docker kill shop-app-1']], AT + 20_000);
    const started = entries(run).filter((e) => e.kind === 'container-started' && e.t >= AT);
    expect(started.map((e) => e.text)).toEqual(['shop-app-3 was started']);
    expect(container(run, 'shop-app-3').restarts).toBe(0);
  });

  it('with a HEALTHCHECK of 10 s and a boot of 8 s a task joins at 10 s; without one at once (S-17, S-47)', () => {
    const healthcheck = {
      intervalMs: 10_000,
      timeoutMs: 1000,
      retries: 3,
      startPeriodMs: 0,
      startIntervalMs: 5000,
      works: true,
    };
    const joined = (a: Partial<AppService>): number => {
      const run = play(
        on('swarm', { bootMs: 8000, ...a }),
        1,
        [[AT, 'docker service scale shop_app=3']],
        AT + 30_000,
      );
      return (entries(run).find((e) => e.kind === 'server-up' && e.t >= AT)?.t ?? Number.NaN) - AT;
    };
    expect(joined({ healthcheck })).toBe(10_000);
    expect(joined({})).toBe(0);
  });
});

describe('the times of table A4', () => {
  it('restart back-off doubles from 100 ms to a minute (S-2, A4)', () => {
    const s = on('compose', { restart: 'always', bootMs: 10 });
    const run = play(s, 1, [], AT);
    const delays: number[] = [];
    for (let k = 0; k < 13; k++) {
      expect(
        run.apply(
          { verb: 'crash', targets: { kind: 'names', names: ['shop-app-1'] } },
          'paddock crash shop-app-1',
        ).ok,
      ).toBe(true);
      const c = container(run, 'shop-app-1');
      // The run before the first crash was short too: it began at 0.
      delays.push((c.dueAt ?? 0) - run.now);
      run.advance((c.dueAt ?? 0) + 11);
    }
    expect(delays).toEqual([
      100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000, 60_000,
    ]);
  });

  it('a run of 10 s starts it over, one of 9.9 s does not (S-2)', () => {
    for (const [ranMs, delay] of [
      [9900, 200],
      [10_000, 100],
    ] as const) {
      const run = play(
        on('compose', { restart: 'always', bootMs: 10 }),
        1,
        [[AT, 'paddock crash shop-app-1']],
        AT + 100 + ranMs,
      );
      run.apply(
        { verb: 'crash', targets: { kind: 'names', names: ['shop-app-1'] } },
        'paddock crash shop-app-1',
      );
      expect((container(run, 'shop-app-1').dueAt ?? 0) - run.now).toBe(delay);
    }
  });

  it('HEALTHCHECK asks an event loop that is blocked by its work in its turn, so that too much of it is unhealthy (S-17, R-8)', () => {
    const asked = (rate: number): string | null => {
      const herd = app({
        replicas: 1,
        blocking: true,
        concurrency: 1,
        serviceTime: { kind: 'fixed', ms: 100 },
        healthcheck: {
          intervalMs: 1000,
          timeoutMs: 500,
          retries: 2,
          startPeriodMs: 0,
          startIntervalMs: 5000,
          works: true,
        },
      });
      const s = scenario(
        [herd, balancer({ check: null })],
        { platform: 'compose' },
        { rate, timeoutMs: 5000 },
      );
      return container(play(s, 1, [], 20_000), 'shop-app-1').health;
    };
    expect(asked(5)).toBe('healthy');
    expect(asked(30)).toBe('unhealthy');
  });

  it('HEALTHCHECK probes first after one interval; healthy at 30 s, unhealthy at 90 s at the earliest (S-17, S-18, A4)', () => {
    const defaults = {
      intervalMs: 30_000,
      timeoutMs: 30_000,
      retries: 3,
      startPeriodMs: 0,
      startIntervalMs: 5000,
    };
    const turned = (healthcheck: AppService['healthcheck'], kind: string): number => {
      const run = play(
        on('compose', { healthcheck, restart: 'always' }),
        1,
        [[AT, 'paddock crash shop-app-1']],
        200_000,
      );
      const started = entries(run).find((e) => e.kind === 'container-started' && e.t > AT)?.t ?? Number.NaN;
      return (
        (entries(run).find((e) => e.kind === kind && e.subject === 'shop-app-1' && e.t > started)?.t ??
          Number.NaN) - started
      );
    };
    expect(turned({ ...defaults, works: true }, 'container-healthy')).toBe(30_000);
    expect(turned({ ...defaults, works: false }, 'container-unhealthy')).toBe(90_000);
    // In a start period the first probe comes after the start interval, and failures do not count.
    expect(turned({ ...defaults, startPeriodMs: 20_000, works: true }, 'container-healthy')).toBe(5000);
    expect(turned({ ...defaults, startPeriodMs: 20_000, works: false }, 'container-unhealthy')).toBe(
      20_000 + 2 * 30_000,
    );
  });

  it('stop-first on Swarm with one replica is an outage of 2 s + stop + start (S-48)', () => {
    const s = scenario(
      [app({ replicas: 1, bootMs: 700 }), balancer({ check: null, retries: 0 })],
      { platform: 'swarm' },
      { rate: 50 },
    );
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(s, seed, [[AT, 'docker service update --image shop:2.0 shop_app']], AT + 15_000);
      const m = run.metrics(AT, AT + 15_000);
      expect(m['recovery.time']).toBeGreaterThan(2600);
      expect(m['recovery.time']).toBeLessThan(2000 + 700 + 400);
      expect(m['requests.failed']).toBeGreaterThan(100);
    }
  });

  it('start-first leaves no gap in capacity when a HEALTHCHECK says when (S-49)', () => {
    const healthcheck = {
      intervalMs: 1000,
      timeoutMs: 500,
      retries: 3,
      startPeriodMs: 0,
      startIntervalMs: 5000,
      works: true,
    };
    const update = {
      parallelism: 1,
      delayMs: 0,
      order: 'start-first',
      failureAction: 'pause',
      monitorMs: 5000,
      maxFailureRatio: 0,
    } as const;
    const s = scenario(
      [app({ replicas: 1, healthcheck, update }), balancer({ check: null })],
      { platform: 'swarm' },
      { rate: 50 },
    );
    for (let seed = 1; seed <= 20; seed++) {
      const m = play(s, seed, [[AT, 'docker service update --image shop:2.0 shop_app']], AT + 20_000).metrics(
        0,
        AT + 20_000,
      );
      expect(m['requests.failed']).toBe(0);
      expect(m['capacity.min']).toBe(1);
    }
  });
});

it.each(['bare', 'swarm'])(
  'docker update on %s changes a memory limit; a restart policy is not asked there (S-27)',
  (platform) => {
    const run = play(on(platform, {}), 1, [], AT);
    const update = {
      verb: 'update',
      targets: { kind: 'names', names: ['shop-app-1'] },
      restartMax: 0,
    } as const;
    const refused = run.apply({ ...update, restart: 'always' }, 'docker update --restart=always');
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain('is not asked');
    expect(run.apply({ ...update, restart: null, memoryMb: 200 }, 'docker update -m 200m').ok).toBe(true);
    expect(container(run, 'shop-app-1').memory).toBe(0.5);
  },
);

it.each(['bare', 'docker', 'compose', 'swarm'])('%s refuses what only kubectl can ask for', (platform) => {
  const run = play(on(platform, {}), 1, [], AT);
  const command = { verb: 'kubectl-scale', deployment: 'app', replicas: 5 } as const;
  const answer = run.apply(command, 'kubectl scale');
  expect(answer.ok).toBe(false);
  expect(answer.text).toContain('There is no Kubernetes here');
  expect(run.view().containers.filter((c) => c.role === 'app')).toHaveLength(2);
});

it('a database goes back to a schema that it had, and to no other', () => {
  const run = play(on('bare', {}), 1, [], AT);
  expect(run.apply({ verb: 'migrate', schema: 'z' }, 'paddock migrate z')).toEqual({
    ok: false,
    text: "paddock: the database never had schema z; it had ''",
  });
});
