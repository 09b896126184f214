import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import { parseCommand } from '../../commands/parse-command.ts';
import { leastHealthy } from '../platforms/mechanisms/disruption-budget.ts';
import type { Answer } from '../model/command.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const AT = 5000;
const PROBE = { kind: 'probe', intervalMs: 1000, timeoutMs: 1000, rise: 1, fall: 3 } as const;
const cluster = (hosts: number, a: Partial<AppService> = {}, rate = 0): Scenario =>
  scenario(
    [
      app({
        replicas: 4,
        readiness: PROBE,
        drain: 'concurrent',
        endpointDelayMs: 200,
        prestopMs: 500,
        stopGraceMs: 30_000,
        state: homes({ sessions: 'signed' }),
        ...a,
      }),
      balancer({ check: null, retries: 0, redispatch: false }),
    ],
    { platform: 'kubernetes', hosts },
    { rate },
  );
function say(run: Run, line: string): Answer {
  const parsed = parseCommand(line);
  if (!parsed.ok) throw new Error(parsed.message);
  return run.apply(parsed.command, line);
}
/** Running pods by host. */
const spread = (run: Run, hosts: number): number[] => {
  const n = Array.from({ length: hosts }, () => 0);
  for (const c of run.view().containers) if (c.phase === 'running') n[c.host] = (n[c.host] ?? 0) + 1;
  return n;
};

describe('a drained node', () => {
  it('is cordoned, and its pods are replaced elsewhere (S-77)', () => {
    const run = play(cluster(2), 1, [[AT, 'kubectl drain host-1']], AT + 20_000);
    expect(spread(run, 2)).toEqual([0, 4]);
    expect(say(run, 'kubectl get nodes').text).toMatch(/host-1 +Ready,SchedulingDisabled/);
    expect(say(run, 'kubectl uncordon host-1').text).toBe('node/host-1 uncordoned');
    // Nothing moves back by itself.
    run.advance(AT + 60_000);
    expect(spread(run, 2)).toEqual([0, 4]);
    say(run, 'kubectl scale deployment/app --replicas=6');
    run.advance(AT + 80_000);
    expect(spread(run, 2)).toEqual([2, 4]);
  });

  it('without a budget takes every pod at once; with one it waits for their successors (S-77)', () => {
    const worst = (a: Partial<AppService>): number => {
      // Both nodes' worth of pods run on the one that is drained.
      const s = cluster(2, { bootMs: 3000, ...a }, 60);
      const run = play(
        s,
        1,
        [
          [AT, 'kubectl drain host-2'],
          [AT + 60_000, 'kubectl uncordon host-2'],
          [AT + 90_000, 'kubectl drain host-1'],
        ],
        AT + 200_000,
      );
      expect(spread(run, 2)).toEqual([0, 4]);
      return run.metrics(AT + 90_000, AT + 200_000)['capacity.min'] ?? 0;
    };
    expect(worst({})).toBe(0);
    expect(worst({ pdb: { kind: 'min-available', value: 3 } })).toBeGreaterThanOrEqual(3);
    expect(worst({ pdb: { kind: 'max-unavailable', value: { percent: 50 } } })).toBeGreaterThanOrEqual(2);
  });

  it('that no budget lets go keeps its pods; a deletion asks no budget (S-77)', () => {
    const run = play(
      cluster(2, { pdb: { kind: 'min-available', value: 4 } }),
      1,
      [[AT, 'kubectl drain host-1']],
      AT + 60_000,
    );
    expect(spread(run, 2)).toEqual([2, 2]);
    expect(run.commands()[0]?.answer).toContain("violate the pod's disruption budget");
    expect(say(run, 'kubectl delete pod shop-app-1').ok).toBe(true);
    run.advance(AT + 70_000);
    expect(spread(run, 2)).toEqual([1, 3]);
  });

  it('that is uncordoned is no longer drained: what the budget kept stays, though it would be let go now (S-77)', () => {
    const s = cluster(2, { pdb: { kind: 'min-available', value: 4 } });
    const blocked: readonly (readonly [number, string])[] = [
      [AT, 'kubectl drain host-1'],
      [AT + 1000, 'kubectl scale deployment/app --replicas=5'],
    ];
    const made = (lines: typeof blocked): number =>
      play(s, 1, lines, AT + 60_000).metrics(AT + 600, AT + 60_000)['containers.started'] ?? 0;
    // the fifth, and one for each of two that the drain takes away
    expect(made(blocked)).toBe(3);
    expect(made([...blocked.slice(0, 1), [AT + 500, 'kubectl uncordon host-1'], ...blocked.slice(1)])).toBe(
      1,
    );
  });

  it('leaves pods pending where no other node takes them, until one does', () => {
    const run = play(cluster(1), 1, [[AT, 'kubectl drain host-1']], AT + 20_000);
    expect(spread(run, 1)).toEqual([0]);
    expect(say(run, 'kubectl get pods').text.match(/Pending/g)).toHaveLength(4);
    expect(say(run, 'kubectl uncordon host-1').ok).toBe(true);
    run.advance(AT + 40_000);
    expect(spread(run, 1)).toEqual([4]);
  });

  it('percentages of a budget are rounded up, on either side (S-77)', () => {
    const quarter = { percent: 25 };
    expect([1, 3, 4, 7].map((n) => leastHealthy({ kind: 'min-available', value: quarter }, n))).toEqual([
      1, 1, 1, 2,
    ]);
    expect([1, 3, 4, 7].map((n) => leastHealthy({ kind: 'max-unavailable', value: quarter }, n))).toEqual([
      0, 2, 3, 5,
    ]);
  });
});

describe('a lost node (A1, S-78)', () => {
  it('is NotReady after 50 s, and its pods are replaced 300 s later', () => {
    const run = play(cluster(2), 1, [[AT, 'paddock lose-host host-1']], AT + 50_100);
    expect(say(run, 'kubectl get nodes').text).toMatch(/host-1 +NotReady/);
    run.advance(AT + 349_900);
    expect(spread(run, 2)).toEqual([0, 2]);
    run.advance(AT + 352_000);
    expect(spread(run, 2)).toEqual([0, 4]);
    const made = entries(run).filter((e) => e.kind === 'container-created' && e.t > AT);
    expect(made.map((e) => e.t)).toEqual([AT + 350_000, AT + 350_000]);
    expect(run.chain(made[0]?.id ?? -1).at(-1)?.text).toBe('paddock lose-host host-1');
    expect(say(run, 'kubectl get pods').text.match(/Terminating/g)).toHaveLength(2);
  });

  it('takes its share of the requests with it until its pods leave the Service', () => {
    const run = play(cluster(2, {}, 40), 1, [[AT, 'paddock lose-host host-1']], AT + 120_000);
    expect(run.metrics(AT + 10_000, AT + 50_000)['requests.failed']).toBeGreaterThan(400);
    expect(run.metrics(AT + 60_000, AT + 120_000)['requests.failed']).toBe(0);
  });

  it('that is back in time starts the containers of its pods again, with clean layers; nothing is replaced', () => {
    const run = play(cluster(2), 1, [[AT, 'paddock reboot-host host-1']], AT + 200_000);
    expect(spread(run, 2)).toEqual([2, 2]);
    expect(run.view().containers.map((c) => c.number)).toEqual([1, 2, 3, 4]);
  });

  it('that is back within 50 s was never NotReady (S-78)', () => {
    const s = cluster(2);
    const run = play({ ...s, rebootMs: 20_000 }, 1, [[AT, 'paddock reboot-host host-1']], AT + 120_000);
    expect(entries(run).filter((e) => e.text.includes('NotReady'))).toEqual([]);
    expect(say(run, 'kubectl get nodes').text).not.toContain('NotReady');
    expect(spread(run, 2)).toEqual([2, 2]);
  });

  it('a pod that is deleted while its node is silent is replaced at once, and gone only by force', () => {
    const run = play(
      cluster(2),
      1,
      [
        [AT, 'paddock lose-host host-1'],
        [AT + 60_000, 'kubectl delete pod shop-app-1'],
      ],
      AT + 70_000,
    );
    expect(spread(run, 2)).toEqual([0, 3]);
    expect(say(run, 'kubectl get pods').text).toContain('Terminating');
    say(run, 'kubectl delete pod shop-app-1 --force --grace-period=0');
    expect(say(run, 'kubectl get pods').text).not.toContain('Terminating');
  });
});

describe('what kubectl shows', () => {
  const at = (
    lines: readonly (readonly [number, string])[],
    line: string,
    over: Partial<AppService> = {},
  ): string => say(play(cluster(1, over, 20), 1, lines, 40_000), line).text;

  it('of a drain: it begins, and is done when the last pod has had its grace period (S-77)', () => {
    const run = play(
      cluster(2, { sigterm: 'none', prestopMs: 0, stopGraceMs: 4000 }),
      1,
      [[2000, 'kubectl drain host-1']],
      20_000,
    );
    const said = entries(run).filter((e) => e.kind === 'node-status');
    expect(said.map((e) => e.text)).toEqual(['host-1 is being drained', 'host-1 is drained']);
    expect(said[0]?.t).toBe(2000);
    expect(said[1]?.t).toBeGreaterThanOrEqual(6000);
    expect(said[1]?.t).toBeLessThanOrEqual(7001);
  });

  it('of the autoscaler: what it measured last, and the bounds (S-72)', () => {
    const scaler: AppService['scaler'] = {
      min: 2,
      max: 5,
      metric: 'cpu',
      target: 0.6,
      intervalMs: 15_000,
      windowMs: 300_000,
      tolerance: 0.1,
      capacity: null,
      behavior: false,
    };
    expect(at([], 'kubectl get hpa')).toBe('No resources found in default namespace.');
    expect(at([], 'kubectl get hpa', { scaler })).toMatch(
      /^NAME +REFERENCE +TARGETS +MINPODS +MAXPODS +REPLICAS +AGE\nshop-app +Deployment\/shop-app +cpu: \d+%\/60% +2 +5 +\d +40s$/,
    );
  });

  it('of the history of a rollout: every template that can be gone back to (S-62)', () => {
    const lines = [[2000, 'kubectl set image deployment/shop-app app=shop:2.0']] as const;
    expect(at(lines, 'kubectl rollout history deployment/shop-app')).toBe(
      'deployment.apps/shop-app\nREVISION   CHANGE-CAUSE\n1          <none>\n2          <none>',
    );
    expect(at(lines, 'kubectl rollout history deployment/shop-app --revision=2')).toContain(
      'Image:\tshop:2.0',
    );
    // Gone back to, a template is the newest revision, and has its old number no more.
    const back = [...lines, [8000, 'kubectl rollout undo deployment/shop-app']] as const;
    expect(at(back, 'kubectl rollout history deployment/shop-app')).toBe(
      'deployment.apps/shop-app\nREVISION   CHANGE-CAUSE\n2          <none>\n3          <none>',
    );
    expect(at(back, 'kubectl rollout history deployment/shop-app --revision=3')).toContain(
      'Image:\tshop:1.0',
    );
  });
});

it('a node that is back is Ready, takes pods again, and has none of those that were deleted meanwhile (S-78)', () => {
  const s = { ...cluster(2), rebootMs: 400_000 };
  const run = play(s, 1, [[AT, 'paddock reboot-host host-1']], AT + 60_000);
  expect(say(run, 'kubectl get nodes').text).toMatch(/host-1 +NotReady/);
  const there = (): string[] =>
    run
      .view()
      .containers.filter((c) => c.host === 0 && c.role === 'app' && c.phase !== 'removed')
      .map((c) => c.name);
  const before = there();
  expect(before).toHaveLength(2);
  run.advance(AT + 430_000);
  expect(say(run, 'kubectl get nodes').text).toMatch(/host-1 +Ready/);
  expect(say(run, 'kubectl get nodes').text).not.toContain('NotReady');
  expect(there()).toEqual([]);
  expect(say(run, 'kubectl scale deployment/shop-app --replicas=6').ok).toBe(true);
  run.advance(AT + 440_000);
  expect(there()).toHaveLength(2);
});
