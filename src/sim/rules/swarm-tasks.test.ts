import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';
import { runningOf } from '../../../test/support/running.ts';

const AT = 2000;
const swarm = (a: Partial<AppService>, hosts = 1): Scenario =>
  scenario(
    [app({ replicas: 1, bootMs: 100, restartDelayMs: 500, ...a }), balancer({ check: null })],
    { platform: 'swarm', hosts },
    { rate: 0 },
  );
const running = (run: Run): string[] => runningOf(run).map((c) => c.name);
const crash = (n: number, everyMs: number) =>
  Array.from({ length: n }, (_, k) => [AT + k * everyMs, `paddock crash shop-app-${k + 1}`] as const);
const notes = (run: Run): string[] =>
  entries(run)
    .filter((e) => e.kind === 'note')
    .map((e) => e.text);

describe('restart_policy.max_attempts', () => {
  it('counts the successors of a slot: after two the third death is the last (S-45)', () => {
    const s = swarm({ restartMax: 2 });
    expect(running(play(s, 1, crash(2, 2000), AT + 6000))).toEqual(['shop-app-3']);
    const run = play(s, 1, crash(3, 2000), AT + 60_000);
    expect(running(run)).toEqual([]);
    expect(notes(run)).toEqual(['shop-app-3 gets no successor: restart_policy.max_attempts (2) are used up']);
  });

  it('counts each slot for itself (S-45)', () => {
    const s = swarm({ restartMax: 1, replicas: 2 });
    const lines = [
      [AT, 'paddock crash shop-app-1'],
      [AT + 2000, 'paddock crash shop-app-2'],
    ] as const;
    expect(running(play(s, 1, lines, AT + 6000))).toHaveLength(2);
  });

  it('with window counts those of that time only (S-45)', () => {
    const s = swarm({ restartMax: 1, restartWindowMs: 5000 });
    expect(running(play(s, 1, crash(3, 6000), AT + 20_000))).toEqual(['shop-app-4']);
    expect(running(play(s, 1, crash(2, 4000), AT + 20_000))).toEqual([]);
  });

  it('begins anew with another spec, which also fills the slot that was given up (S-45)', () => {
    const lines = [
      ...crash(2, 2000),
      [AT + 6000, 'docker service update --force shop_app'],
      [AT + 20_000, 'paddock crash shop-app-3'],
    ] as const;
    expect(running(play(swarm({ restartMax: 1 }), 1, lines, AT + 30_000))).toEqual(['shop-app-4']);
  });

  it('is not filled up by scaling out: the slot is given up (S-45)', () => {
    const lines = [...crash(2, 2000), [AT + 6000, 'docker service scale shop_app=2']] as const;
    const run = play(swarm({ restartMax: 1 }), 1, lines, AT + 30_000);
    expect(running(run)).toEqual(['shop-app-3']);
  });
});

describe('a port of the node (mode: host)', () => {
  const port = { hostPorts: [8080], bootMs: 100 };

  it('keeps a second task off the node: it is pending, and starts when the port is free (S-49)', () => {
    const s = swarm({ ...port, replicas: 2 }, 2);
    const run = play(s, 1, [[AT, 'docker service scale shop_app=3']], AT + 1000);
    expect(container(run, 'shop-app-3').phase).toBe('created');
    expect(notes(run)).toEqual(['shop-app-3: no suitable node (host-mode port already in use on 2 nodes)']);
    const later = play(
      s,
      1,
      [
        [AT, 'docker service scale shop_app=3'],
        [AT + 1000, 'docker kill shop-app-1'],
      ],
      AT + 9000,
    );
    // Its own successor finds the port taken in its turn.
    expect(running(later).toSorted()).toHaveLength(2);
  });

  it('is given to the task that waits for it, also on the first node (S-49)', () => {
    const s = swarm({ ...port, restartCondition: 'none' });
    const lines = [
      [AT, 'docker service scale shop_app=2'],
      [AT + 1000, 'docker kill shop-app-1'],
    ] as const;
    expect(running(play(s, 1, lines, AT + 900))).toEqual(['shop-app-1']);
    expect(running(play(s, 1, lines, AT + 2000))).toEqual(['shop-app-2']);
  });

  it('holds up start-first for ever on one node; a rollback takes the pending one away; stop-first goes through (S-48, S-49)', () => {
    const order = (how: 'start-first' | 'stop-first') => ({ ...app().update, order: how });
    const lines = [[AT, 'docker service update --image shop:2.0 shop_app']] as const;
    const stuck = play(swarm({ ...port, update: order('start-first') }), 1, lines, AT + 60_000);
    expect([running(stuck), container(stuck, 'shop-app-2').phase]).toEqual([['shop-app-1'], 'created']);
    const back = play(
      swarm({ ...port, update: order('start-first') }),
      1,
      [...lines, [AT + 10_000, 'docker service rollback shop_app']],
      AT + 60_000,
    );
    expect(running(back)).toEqual(['shop-app-1']);
    expect(back.view().containers.filter((c) => c.service === 'app' && c.phase !== 'removed')).toHaveLength(
      1,
    );
    const through = play(swarm({ ...port, update: order('stop-first') }), 1, lines, AT + 60_000);
    expect(running(through)).toEqual(['shop-app-2']);
  });

  it('is free again on a node that is given up: the task waits for one (S-54)', () => {
    const s = swarm({ ...port, replicas: 2 }, 2);
    const run = play(s, 1, [[AT, 'paddock lose-host host-1']], AT + 60_000);
    expect(running(run)).toEqual(['shop-app-2']);
    expect(run.view().containers.filter((c) => c.service === 'app' && c.phase === 'created')).toHaveLength(1);
  });
});

describe('restart_policy.condition (S-1, S-44)', () => {
  it.each([
    ['any', 'paddock crash shop-app-1', true],
    ['any', 'docker stop shop-app-1', true],
    ['on-failure', 'paddock crash shop-app-1', true],
    ['on-failure', 'docker stop shop-app-1', false],
    ['none', 'paddock crash shop-app-1', false],
    ['none', 'docker stop shop-app-1', false],
  ] as const)('%s, after %s: a successor? %s', (restartCondition, line, replaced) => {
    const s = swarm({ restartCondition, sigterm: 'exit' });
    const run = play(s, 1, [[AT, line]], AT + 10_000);
    expect(running(run)).toEqual(replaced ? ['shop-app-2'] : []);
  });
});

it.each([
  ['any', 2],
  ['none', 1],
] as const)(
  '%s: of two tasks, one on a node that is lost, %i run in the end (S-44, S-54)',
  (restartCondition, n) => {
    const s = swarm({ restartCondition, replicas: 2 }, 2);
    expect(running(play(s, 1, [[AT, 'paddock lose-host host-2']], AT + 60_000))).toHaveLength(n);
  },
);

it('a node that goes silent again has its 15 s anew (S-54)', () => {
  const s = { ...swarm({ replicas: 4, restartDelayMs: 0 }, 2), rebootMs: 2000 };
  const lines = [
    [AT, 'paddock lose-host host-2'],
    [AT + 2000, 'paddock reboot-host host-2'],
    [AT + 8000, 'paddock lose-host host-2'],
  ] as const;
  const run = play(s, 1, lines, AT + 40_000);
  const made = entries(run).filter((e) => e.kind === 'container-created' && e.t > AT + 8000);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map((e) => e.t))).toEqual(new Set([AT + 8000 + 15_000]));
});
