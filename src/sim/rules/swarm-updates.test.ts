import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { JournalEntry } from '../engine/journal-entry.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';
import { runningOf } from '../../../test/support/running.ts';

/** How Swarm updates a service, what stops it, and the way back. */

const AT = 2000;
const UPDATE = [AT, 'docker service update --image shop:2.0 shop_app'] as const;
const HEALTH = {
  intervalMs: 1000,
  timeoutMs: 500,
  retries: 2,
  startPeriodMs: 0,
  startIntervalMs: 1000,
  works: true,
};
/** An image whose tasks never become healthy: they are shut down, which counts as a failure. */
const SICK = { versions: { '2.0': { healthcheck: 'never' } } } as const;

const herd = (
  update: Partial<AppService['update']> = {},
  a: Partial<AppService> = {},
  rollback: Partial<AppService['update']> = {},
): Scenario =>
  scenario(
    [
      app({
        healthcheck: HEALTH,
        restartDelayMs: 1000,
        update: { ...app().update, ...update },
        rollback: { ...app().rollback, ...rollback },
        state: homes({ sessions: 'redis' }),
        ...a,
      }),
      store(),
      balancer({ check: null }),
    ],
    { platform: 'swarm' },
    { rate: 50 },
  );
const of = (run: Run, kind: JournalEntry['kind']): JournalEntry[] =>
  entries(run).filter((e) => e.kind === kind);
const tags = (run: Run): string[] =>
  run
    .view()
    .containers.filter((c) => c.server === 'up')
    .map((c) => c.tag)
    .toSorted();

describe('an update of a service', () => {
  it('pauses at the first slot whose task never becomes healthy, and the rest serves on (S-47, S-50)', () => {
    const run = play(herd({}, SICK), 1, [UPDATE], 60_000);
    expect(of(run, 'deploy-paused')).toHaveLength(1);
    expect(of(run, 'deploy-step')).toHaveLength(1);
    expect(tags(run)).toEqual(['1.0', '1.0']);
    expect(run.metrics(0, 60_000)['requests.failed']).toBe(0);
  });

  it('that is paused goes on with the next `update`, and stops again at the next failure (S-50)', () => {
    const run = play(herd({}, SICK), 1, [UPDATE, [30_000, 'docker service update shop_app']], 60_000);
    expect(of(run, 'deploy-resumed')).toHaveLength(1);
    expect(of(run, 'deploy-paused')).toHaveLength(2);
    const idle = createRun(herd());
    expect(idle.apply({ verb: 'deploy', action: 'resume', service: null }, 'x').ok).toBe(false);
    expect(idle.apply({ verb: 'deploy', action: 'pause', service: null }, 'x').text).toContain(
      'docker service rollback',
    );
  });

  it('with failure_action continue goes through all the same (S-50)', () => {
    const run = play(herd({ failureAction: 'continue', monitorMs: 1000 }, SICK), 1, [UPDATE], 60_000);
    expect(of(run, 'deploy-paused')).toHaveLength(0);
    expect(of(run, 'deploy-step').length).toBeGreaterThanOrEqual(1);
  });

  it('with failure_action rollback takes back what it did, and nothing else (S-51)', () => {
    const run = play(herd({ failureAction: 'rollback' }, SICK), 1, [UPDATE], 60_000);
    expect(of(run, 'deploy-rolled-back')).toHaveLength(1);
    expect(tags(run)).toEqual(['1.0', '1.0', '1.0']);
    // Slots that still had the old spec were left alone.
    expect(run.view().containers.filter((c) => c.server === 'up' && c.number <= 3)).toHaveLength(2);
    expect(run.chain(of(run, 'deploy-rolled-back')[0]?.id ?? -1).at(-1)?.kind).toBe('command');
  });

  it('is rolled back by hand as rollback_config says, not as update_config does (S-51)', () => {
    const back = [40_000, 'docker service rollback shop_app'] as const;
    const least = (rollback: Partial<AppService['update']>): number | null => {
      const s = herd({ order: 'start-first' }, {}, rollback);
      const run = play(s, 1, [UPDATE, back], 90_000);
      expect(tags(run)).toEqual(['1.0', '1.0', '1.0']);
      return run.metrics(40_000, 90_000)['capacity.min'];
    };
    expect(least({})).toBe(2);
    expect(least({ order: 'start-first' })).toBe(3);
    expect(least({ parallelism: 0 })).toBe(0);
  });

  it('cannot be rolled back twice: the previous spec is used once, by whatever word (S-51)', () => {
    const run = play(herd(), 1, [UPDATE, [40_000, 'paddock deploy undo']], 90_000);
    expect(tags(run)).toEqual(['1.0', '1.0', '1.0']);
    const again = run.apply({ verb: 'service-rollback', service: 'app' }, 'again');
    expect(again.ok).toBe(false);
    expect(again.text).toContain('does not have a previous spec');
  });

  it('whose rollback fails too pauses: it is not rolled back in turn (S-51)', () => {
    const versions = { '1.0': { healthcheck: 'never' }, '2.0': {} } as const;
    const run = play(
      herd({ failureAction: 'rollback' }, { versions }),
      1,
      [
        [900, 'docker service update --image shop:2.0 shop_app'],
        [40_000, 'docker service rollback shop_app'],
      ],
      90_000,
    );
    expect(of(run, 'deploy-rolled-back')).toHaveLength(1);
    expect(of(run, 'deploy-paused')).toHaveLength(1);
  });

  it('with --force replaces every task though nothing changed, and drift with it (S-57, S-123)', () => {
    const edit = [500, 'docker exec shop-app-2 touch /app/patch.js'] as const;
    const run = play(herd(), 1, [edit, [AT, 'docker service update --force shop_app']], 60_000);
    expect(run.metrics(0, 1000)['drift.containers']).toBe(1);
    expect(run.metrics(0, 60_000)['drift.containers']).toBe(0);
    expect(run.metrics(0, 60_000)['containers.started']).toBe(3);
    expect(tags(run)).toEqual(['1.0', '1.0', '1.0']);
    const idle = play(herd(), 1, [[AT, 'docker service update shop_app']], 20_000);
    expect(idle.metrics(0, 20_000)['containers.started']).toBe(0);
  });

  it('waits for its delay between slots, and watches a second longer than that after the last (S-45, S-50)', () => {
    const done = (u: Partial<AppService['update']>): number => {
      const run = play(herd({ parallelism: 0, ...u }, { healthcheck: null, bootMs: 0 }), 1, [UPDATE], 60_000);
      return (
        (of(run, 'deploy-done')[0]?.t ?? NaN) - Math.max(...of(run, 'container-started').map((e) => e.t))
      );
    };
    expect(done({ monitorMs: 5000 })).toBeCloseTo(5000, 0);
    expect(done({ monitorMs: 2000 })).toBeCloseTo(2000, 0);
    const run = play(herd({ delayMs: 8000 }, { healthcheck: null, bootMs: 0 }), 1, [UPDATE], 90_000);
    const started = of(run, 'container-started').map((e) => e.t);
    for (let i = 1; i < started.length; i++)
      expect((started[i] ?? 0) - (started[i - 1] ?? 0)).toBeGreaterThan(8000);
    expect((of(run, 'deploy-done')[0]?.t ?? 0) - (started.at(-1) ?? 0)).toBeCloseTo(8000 + 9000, 0);
  });

  it('brings back the environment with the image (S-51)', () => {
    const s = herd();
    const next = {
      ...s,
      services: s.services.map((x) => (x.name === 'app' ? { ...x, environment: { FLAG: 'on' } } : x)),
    };
    const run = createRun(s);
    run.advance(1000);
    run.apply({ verb: 'set', assignments: ['FLAG'], scenario: next }, 'set');
    const env = (): string => run.apply({ verb: 'exec', target: 'shop_app.1', argv: ['env'] }, 'env').text;
    run.advance(40_000);
    expect(env()).toContain('FLAG=on');
    run.apply({ verb: 'service-rollback', service: 'app' }, 'back');
    run.advance(80_000);
    expect(env()).not.toContain('FLAG');
  });
});

describe('an update that is overtaken', () => {
  const running = (run: Run): string[] => runningOf(run).map((c) => c.tag);
  const BACK = 'docker service rollback shop_app';

  it('by a rollback while its first task still stops fills that slot again (S-48, S-51)', () => {
    const lines = [UPDATE, [AT + 1000, BACK]] as const;
    expect(running(play(herd(), 1, lines, 60_000))).toEqual(['1.0', '1.0', '1.0']);
  });

  it('by a rollback while the new task is not healthy yet takes that one away (S-49, S-51)', () => {
    const s = herd({ order: 'start-first' }, { bootMs: 3000, healthcheck: { ...HEALTH, retries: 9 } });
    const lines = [UPDATE, [AT + 2000, BACK]] as const;
    expect(running(play(s, 1, lines, 60_000))).toEqual(['1.0', '1.0', '1.0']);
  });

  it('by an eviction has one task a slot in the end (S-49, S-54)', () => {
    const slow = { bootMs: 3000, healthcheck: { ...HEALTH, retries: 9 } };
    const two = { ...herd({ order: 'start-first' }, slow), hosts: 2 };
    const lines = [UPDATE, [AT + 100, 'paddock evict shop-app-1 --to host-2']] as const;
    expect(running(play(two, 1, lines, 90_000))).toEqual(['2.0', '2.0', '2.0']);
  });

  it('by a reboot of the node goes on when that is back (S-48, S-54)', () => {
    const lines = [UPDATE, [AT + 1000, 'paddock reboot-host host-1']] as const;
    expect(running(play(herd(), 1, lines, 120_000))).toEqual(['2.0', '2.0', '2.0']);
  });
});
