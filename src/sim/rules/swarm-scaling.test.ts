import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';
import { runningOf } from '../../../test/support/running.ts';

/** How many tasks a Swarm service has: who goes, what an update under way makes of it, and the way back. */

const AT = 2000;
const swarm = (a: Partial<AppService> = {}, hosts = 1): Scenario =>
  scenario(
    [app({ bootMs: 100, ...a }), balancer({ check: null })],
    { platform: 'swarm', hosts },
    { rate: 0 },
  );
const running = (run: Run): string[] => runningOf(run).map((c) => c.name);
const tags = (run: Run): string[] =>
  run
    .view()
    .containers.filter((c) => c.service === 'app' && c.phase === 'running')
    .map((c) => c.tag);

describe('scaling in', () => {
  it('takes the task that does not run, not the newest slot, and it gets no successor (S-55)', () => {
    const lines = [
      [AT, 'docker kill shop-app-1'],
      [AT + 1000, 'docker service scale shop_app=2'],
    ] as const;
    expect(running(play(swarm(), 1, lines, AT + 30_000))).toEqual(['shop-app-2', 'shop-app-3']);
  });

  it('leaves the nodes even: those of the fullest node go (S-55)', () => {
    // Slots 1 and 3 are on the first node, 2 and 4 on the second.
    const lines = [
      [AT, 'paddock evict shop-app-2 --to host-1'],
      [AT + 5000, 'docker service scale shop_app=2'],
    ] as const;
    expect(running(play(swarm({ replicas: 4 }, 2), 1, lines, AT + 30_000))).toEqual([
      'shop-app-1',
      'shop-app-4',
    ]);
  });

  it('and out again fills the lowest free slots (S-55)', () => {
    const lines = [
      [AT, 'docker kill shop-app-1'],
      [AT + 1000, 'docker service scale shop_app=2'],
      [AT + 2000, 'docker service scale shop_app=3'],
      [AT + 9000, 'docker kill shop_app.1'],
    ] as const;
    const run = play(swarm(), 1, lines, AT + 8000);
    expect(running(run)).toEqual(['shop-app-2', 'shop-app-3', 'shop-app-5']);
    expect(running(play(swarm(), 1, lines, AT + 10_000))).toEqual(['shop-app-2', 'shop-app-3']);
  });
});

describe('scaling while an update is under way', () => {
  const update = [AT, 'docker service update --image shop:2.0 shop_app'] as const;

  it.each([0, 1, 2, 3, 6])('from 4 to %i ends with that many, all of the new version (S-48, S-55)', (n) => {
    const scale = [AT + 3000, `docker service scale shop_app=${n}`] as const;
    const run = play(swarm({ replicas: 4 }), 1, [update, scale], AT + 60_000);
    expect(tags(run)).toEqual(Array<string>(n).fill('2.0'));
    expect(entries(run).filter((e) => e.kind === 'deploy-done')).toHaveLength(1);
  });

  it('to none also where one update has overtaken another (S-48, S-55)', () => {
    const force = [AT, 'docker service update --force shop_app'] as const;
    const none = [AT, 'docker service scale shop_app=0'] as const;
    expect(tags(play(swarm({ replicas: 2 }), 1, [force, force, none], AT + 60_000))).toEqual([]);
  });

  it('lets one that is paused go on (S-50)', () => {
    const crashing = { versions: { '2.0': { crash: 'boot' } } } as const;
    const resumed = (lines: readonly (readonly [number, string])[]): number =>
      entries(play(swarm(crashing), 1, [update, ...lines], AT + 30_000)).filter(
        (e) => e.kind === 'deploy-resumed',
      ).length;
    expect(resumed([])).toBe(0);
    expect(resumed([[AT + 20_000, 'docker service scale shop_app=4']])).toBe(1);
  });
});

it('a rollback undoes the last change of the spec, also if that was the number of replicas (S-51)', () => {
  const lines = [
    [AT, 'docker service update --image shop:2.0 shop_app'],
    [AT + 30_000, 'docker service scale shop_app=5'],
    [AT + 40_000, 'docker service rollback shop_app'],
  ] as const;
  expect(tags(play(swarm(), 1, lines, AT + 39_000))).toEqual(['2.0', '2.0', '2.0', '2.0', '2.0']);
  expect(tags(play(swarm(), 1, lines, AT + 80_000))).toEqual(['2.0', '2.0', '2.0']);
});

it('a task that is restarted by hand keeps its slot: nobody is started beside it (S-44)', () => {
  const lines = [
    [AT, 'docker restart shop-app-1'],
    [AT + 1000, 'docker service scale shop_app=3'],
  ] as const;
  const stubborn = { sigterm: 'none', stopGraceMs: 3000 } as const;
  expect(running(play(swarm(stubborn), 1, lines, AT + 30_000))).toEqual([
    'shop-app-1',
    'shop-app-2',
    'shop-app-3',
  ]);
});
