import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, expectUniform, play, sample } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario, Traffic } from '../model/scenario.ts';
import type { Probe } from '../model/upkeep.ts';
import type { Run } from '../run.ts';

const AT = 30_000;
/** The defaults of Kubernetes (S-66). */
const DEFAULT: Probe = { intervalMs: 10_000, timeoutMs: 1000, rise: 1, fall: 3 };
const READY = { kind: 'probe', ...DEFAULT } as const;
const deployment = (a: Partial<AppService>, t: Partial<Traffic> = {}): Scenario =>
  scenario(
    [
      app({ drain: 'concurrent', endpointDelayMs: 0, stopGraceMs: 30_000, ...a }),
      store(),
      balancer({ check: null, retries: 0, redispatch: false }),
    ],
    { platform: 'kubernetes' },
    { rate: 0, ...t },
  );
const first = (run: Run, kind: string, subject: string, from = AT): number =>
  (entries(run).find((e) => e.kind === kind && e.subject === subject && e.t >= from)?.t ?? Number.NaN) - from;
const restarts = (run: Run): number[] => run.view().containers.map((c) => c.restarts);

describe('a readiness probe', () => {
  it('with the defaults finds a hung pod after 20 to 31 s, spread evenly (A4, S-66)', () => {
    const s = deployment({ readiness: READY });
    expectUniform(
      sample(200, (seed) =>
        first(play(s, seed, [[AT, 'paddock hang shop-app-1']], AT + 32_000), 'server-maint', 'shop-app-1'),
      ),
      21_000,
      31_000,
    );
  });

  it('takes the pod out of the balancer and nothing else; the first success lets it in again (S-67)', () => {
    const s = deployment({ readiness: READY });
    const run = play(s, 1, [[AT, 'paddock hang shop-app-1']], AT + 59_000);
    const c = container(run, 'shop-app-1');
    expect([c.phase, c.restarts, c.server]).toEqual(['running', 0, 'maint']);
    const back = play(
      s,
      1,
      [
        [AT, 'paddock hang shop-app-1'],
        [AT + 60_000, 'paddock resume shop-app-1'],
      ],
      AT + 80_000,
    );
    expect(first(back, 'server-up', 'shop-app-1', AT + 60_000)).toBeLessThanOrEqual(10_000);
  });

  it('is failed by a version whose health endpoint never answers well: its rollout stalls at the fenceposts (A5, S-60)', () => {
    for (const [replicas, old, fresh] of [
      [1, 1, 1],
      [3, 3, 1],
      [4, 3, 2],
      [10, 8, 5],
    ] as const) {
      const quarter = { percent: 25 };
      const s = deployment({
        replicas,
        readiness: READY,
        rollout: { ...app().rollout, maxSurge: quarter, maxUnavailable: quarter },
        versions: { '2.0': { healthcheck: 'never' } },
      });
      const run = play(s, 1, [[AT, 'kubectl set image deployment/app app=shop:2.0']], AT + 60_000);
      const there = run.view().containers.filter((c) => c.service === 'app' && c.phase === 'running');
      const of = (tag: string): number => there.filter((c) => c.tag === tag).length;
      expect([of('1.0'), of('2.0')]).toEqual([old, fresh]);
    }
  });

  it('begins with the process, after its initial delay (S-66)', () => {
    const joins = (initialDelayMs: number, bootMs: number): number => {
      const s = deployment({ bootMs, readiness: { ...READY, initialDelayMs } });
      return first(
        play(s, 1, [[AT, 'kubectl delete pod shop-app-1']], AT + 40_000),
        'server-up',
        'shop-app-4',
      );
    };
    expect(joins(0, 500)).toBe(10_000);
    expect(joins(5000, 500)).toBe(5000);
    expect(joins(5000, 8000)).toBe(15_000);
  });

  it('that asks the stores takes every pod out at once when one store is away, and nobody is restarted (S-67)', () => {
    const s = deployment({
      readiness: { ...READY, intervalMs: 1000, deep: true },
      state: homes({ sessions: 'redis' }),
    });
    const run = play(
      s,
      1,
      [
        [AT, 'paddock store cache down'],
        [AT + 10_000, 'paddock store cache up'],
      ],
      AT + 9000,
    );
    expect(run.view().containers.map((c) => c.server)).toEqual(['maint', 'maint', 'maint']);
    expect(restarts(run)).toEqual([0, 0, 0]);
    const lost = entries(run).find((e) => e.kind === 'probe-failed');
    // What it is due to leads to the command.
    expect(run.chain(lost?.id ?? -1).at(-1)?.text).toBe('paddock store cache down');
  });
});

describe('a liveness probe', () => {
  const liveness = DEFAULT;

  it('restarts a hung container: found after 20 to 31 s, killed at the end of the grace period (S-67)', () => {
    const s = deployment({ liveness, replicas: 1 });
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(s, seed, [[AT, 'paddock hang shop-app-1']], AT + 70_000);
      const failed = first(run, 'probe-failed', 'shop-app-1');
      expect(failed).toBeGreaterThan(21_000 - 1);
      expect(failed).toBeLessThan(31_001);
      // A hung process does not hear SIGTERM.
      expect(first(run, 'container-exited', 'shop-app-1')).toBe(failed + 30_000);
      expect(container(run, 'shop-app-1').restarts).toBe(1);
      expect(container(run, 'shop-app-1').phase).toBe('running');
    }
  });

  it('kills a container that starts too slowly, for ever; a startup probe gives it the time (S-67)', () => {
    const slow = { bootMs: 60_000, liveness, replicas: 1 } as const;
    const boots = (a: Partial<AppService>): readonly [number, boolean] => {
      const run = play(
        deployment({ ...slow, ...a }),
        1,
        [[AT, 'kubectl delete pod shop-app-1']],
        AT + 900_000,
      );
      const c = container(run, 'shop-app-2');
      return [
        c.restarts,
        entries(run).some((e) => e.kind === 'container-ready' && e.subject === 'shop-app-2'),
      ];
    };
    expect(boots({})[0]).toBeGreaterThan(5);
    expect(boots({})[1]).toBe(false);
    expect(boots({ startupProbe: { ...DEFAULT, fall: 30 } })).toEqual([0, true]);
    // A startup probe that gives up too early restarts it just the same.
    expect(boots({ startupProbe: DEFAULT })[1]).toBe(false);
  });

  it('while the startup probe has not passed the pod is not ready, and nothing else is asked (S-67)', () => {
    const s = deployment({ bootMs: 25_000, replicas: 1, startupProbe: { ...DEFAULT, fall: 30 } });
    const run = play(s, 1, [[AT, 'kubectl delete pod shop-app-1']], AT + 60_000);
    expect(first(run, 'server-up', 'shop-app-2')).toBe(30_000);
  });

  it('that asks the stores turns a blip of one store into a restart of the whole herd; a shallow one does not (S-67)', () => {
    const storm = (deep: boolean): Run => {
      const s = deployment(
        { liveness: { ...DEFAULT, deep }, state: homes({ sessions: 'redis' }), prestopMs: 0 },
        { rate: 30 },
      );
      return play(s, 1, [[AT, 'paddock store cache pause --for 35s']], AT + 120_000);
    };
    const run = storm(true);
    expect(restarts(run)).toEqual([1, 1, 1]);
    expect(restarts(storm(false))).toEqual([0, 0, 0]);
    const exits = entries(run).filter((e) => e.kind === 'container-exited');
    for (const e of exits) expect(run.chain(e.id).at(-1)?.text).toBe('paddock store cache pause --for 35s');
  });

  it('of an event loop that is blocked by its work comes too late beyond capacity, and restarts what only has too much to do (S-66, R-8)', () => {
    const restarted = (blocking: boolean, rate: number): number => {
      const s = deployment(
        {
          replicas: 2,
          blocking,
          concurrency: 1,
          serviceTime: { kind: 'exponential', mean: 25 },
          liveness: { ...DEFAULT, intervalMs: 2000 },
          state: homes({ sessions: 'signed' }),
        },
        { rate, timeoutMs: 5000 },
      );
      return play(s, 1, [], 60_000).metrics(0, 60_000)['containers.started'] ?? -1;
    };
    expect(restarted(true, 140)).toBeGreaterThanOrEqual(2);
    expect(restarted(true, 40)).toBe(0);
    expect(restarted(false, 140)).toBe(0);
  });

  it('repeated failures end in the same back-off as crashes (S-67, S-69)', () => {
    const s = deployment({
      replicas: 1,
      sigterm: 'exit',
      liveness: { ...DEFAULT, deep: true },
      state: homes({ sessions: 'redis' }),
    });
    const run = play(s, 1, [[AT, 'paddock store cache down']], AT + 600_000);
    const waits = entries(run)
      .filter((e) => e.kind === 'container-restart-planned')
      .map((e) => /starts in (.*) s$/.exec(e.text)?.[1]);
    expect(waits.slice(0, 4)).toEqual(['0', '10', '20', '40']);
  });
});

it('without any probe nobody notices a hung pod (S-60)', () => {
  const run = play(deployment({}), 1, [[AT, 'paddock hang shop-app-1']], AT + 300_000);
  const c = container(run, 'shop-app-1');
  expect([c.phase, c.server, c.restarts]).toEqual(['running', 'up', 0]);
});
