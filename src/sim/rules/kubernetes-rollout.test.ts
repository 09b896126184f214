import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import { parseCommand } from '../../commands/parse-command.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { createReconfigure } from '../../scenario/reconfigure.ts';
import { createRun } from '../create-run.ts';
import { shares } from '../platforms/mechanisms/deployment.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Answer } from '../model/command.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const QUARTER = { percent: 25 };
const PROBE = { kind: 'probe', intervalMs: 1000, timeoutMs: 1000, rise: 1, fall: 3 } as const;
const rolling: AppService['rollout'] = {
  ...app().rollout,
  strategy: 'rolling',
  maxSurge: QUARTER,
  maxUnavailable: QUARTER,
  minReadyMs: 0,
  deadlineMs: 600_000,
};
const deployment = (replicas: number, a: Partial<AppService> = {}, rate = 0): Scenario =>
  scenario(
    [
      app({
        replicas,
        rollout: rolling,
        readiness: PROBE,
        drain: 'concurrent',
        endpointDelayMs: 200,
        prestopMs: 500,
        stopGraceMs: 30_000,
        versions: { bad: { bootMs: 1e9 } },
        ...a,
      }),
      balancer({ check: null, retries: 0, redispatch: false }),
    ],
    { platform: 'kubernetes' },
    { rate, signedIn: false },
  );
const DEPLOY = 'kubectl set image deployment/shop-app app=shop:2.0';
const BAD = 'kubectl set image deployment/shop-app app=shop:bad';
const UNDO = 'kubectl rollout undo deployment/shop-app';

function say(run: Run, line: string): Answer {
  const parsed = parseCommand(line);
  if (!parsed.ok) throw new Error(parsed.message);
  return run.apply(parsed.command, line);
}
/** Pods of a tag that are neither going nor gone. */
const pods = (run: Run, tag: string): number =>
  run.view().containers.filter((c) => c.tag === tag && (c.phase === 'booting' || c.phase === 'running'))
    .length;

/** Old and new pods after every instant at which either number changed. */
function trace(run: Run, replicas: number): string[] {
  let [old, young] = [replicas, 0];
  const steps = [`${old},${young}`];
  const gone = new Set<number>();
  const born = new Set<number>();
  let t = AT;
  let state = '';
  for (const e of entries(run)) {
    if (e.kind === 'container-created' && e.t >= AT) born.add(e.container);
    else if ((e.kind === 'container-told' || e.kind === 'container-signalled') && e.t >= AT)
      gone.add(e.container);
    else continue;
    [old, young] = [replicas - gone.size, born.size];
    // A controller that makes and takes in one instant takes two steps.
    if (e.t === t && state.startsWith(e.kind)) steps.pop();
    steps.push(`${old},${young}`);
    t = e.t;
    state = e.kind;
  }
  return steps.filter((step, i) => step !== steps[i - 1]);
}

describe('a rolling update of a deployment', () => {
  it.each([
    [3, '3,0 3,1 2,1 2,2 1,2 1,3 0,3'],
    [4, '4,0 4,1 3,1 3,2 1,2 1,4 0,4'],
    [10, '10,0 10,3 8,3 8,5 3,5 3,10 0,10'],
  ])('of %i goes %s (S-58, S-59, A5)', (replicas, expected) => {
    for (let seed = 1; seed <= 5; seed++)
      expect(trace(play(deployment(replicas), seed, [[AT, DEPLOY]], 30_000), replicas).join(' ')).toBe(
        expected,
      );
  });

  it.each([
    [1, 1, 1],
    [3, 3, 1],
    [4, 3, 2],
    [10, 8, 5],
  ])('of %i to an image that is never ready stalls at %i,%i; the old ones serve (A5)', (n, old, young) => {
    const run = play(deployment(n, {}, 50), 1, [[AT, BAD]], 60_000);
    expect([pods(run, '1.0'), pods(run, 'bad')]).toEqual([old, young]);
    expect(run.metrics(0, 60_000)['requests.failed']).toBe(0);
  });

  it('fails nothing with a probe; without one it marches on with an app that cannot serve (S-60)', () => {
    const failed = (a: Partial<AppService>): number => {
      const run = play(deployment(3, { bootMs: 8000, ...a }, 50), 1, [[AT, DEPLOY]], 60_000);
      expect(pods(run, '2.0')).toBe(3);
      return run.metrics(0, 60_000)['requests.failed'] ?? 0;
    };
    expect(failed({})).toBe(0);
    expect(failed({ readiness: { kind: 'none' } })).toBeGreaterThan(300);
  });

  it('waits for min-ready before a pod counts (S-60)', () => {
    const done = (minReadyMs: number): number =>
      (entries(play(deployment(1, { rollout: { ...rolling, minReadyMs } }), 1, [[AT, DEPLOY]], 60_000)).find(
        (e) => e.kind === 'deploy-done',
      )?.t ?? Number.NaN) - AT;
    expect(done(0)).toBe(1000);
    expect(done(7000)).toBe(8000);
  });

  it('that goes on, however slowly, does not miss its deadline: it counts from the last step (S-61)', () => {
    const s = deployment(4, { bootMs: 8000, rollout: { ...rolling, deadlineMs: 15_000 } });
    const run = play(s, 1, [[AT, DEPLOY]], 60_000);
    expect(entries(run).some((e) => e.kind === 'deploy-failed')).toBe(false);
    expect((entries(run).find((e) => e.kind === 'deploy-done')?.t ?? 0) - AT).toBeGreaterThan(15_000);
  });

  it('past its deadline only says so: nothing is rolled back (S-61)', () => {
    const run = play(deployment(3), 1, [[AT, BAD]], AT + 599_000);
    expect(say(run, 'kubectl rollout status deployment/shop-app').ok).toBe(true);
    run.advance(AT + 601_000);
    expect(say(run, 'kubectl rollout status deployment/shop-app')).toEqual({
      ok: false,
      text: 'error: deployment "shop-app" exceeded its progress deadline',
    });
    expect(entries(run).filter((e) => e.kind === 'deploy-failed')).toHaveLength(1);
    run.advance(AT + 1_300_000);
    expect([pods(run, '1.0'), pods(run, 'bad')]).toEqual([3, 1]);
    expect(entries(run).filter((e) => e.kind === 'deploy-failed')).toHaveLength(1);
  });
});

describe('rollout undo (S-62)', () => {
  it('after a bad rollout of three takes the bad pod and touches no other: 3,1 to 3,0', () => {
    const run = play(
      deployment(3),
      1,
      [
        [AT, BAD],
        [10_000, UNDO],
      ],
      20_000,
    );
    expect(
      run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.number),
    ).toEqual([1, 2, 3]);
    expect(say(run, 'kubectl rollout status deployment/shop-app').text).toContain('successfully rolled out');
  });

  it('brings the environment back, of the pods and of what they are compared with', () => {
    const source =
      'name: shop\nx-paddock: { platform: kubernetes }\nservices: { app: { image: "shop:1.0", environment: { PRICE: "1" } } }\n';
    const { scenario: s } = parseScenario(source, 'compose.yaml');
    const run = createRun(s!);
    const driver = createDriver(run, [], createReconfigure(source, 'compose.yaml'));
    const price = (): string => {
      const pod = run.view().containers.findLast((c) => c.phase === 'running')?.name ?? '';
      return driver.apply(`kubectl exec ${pod} -- env`).text;
    };
    driver.advance(AT);
    expect(driver.apply('paddock set services.app.environment.PRICE=2').ok).toBe(true);
    driver.advance(AT + 60_000);
    expect(price()).toBe('PRICE=2');
    expect(driver.apply('kubectl rollout undo deployment/app').ok).toBe(true);
    driver.advance(AT + 120_000);
    expect(price()).toBe('PRICE=1');
    expect(run.metrics(AT + 90_000, AT + 120_000)['answers.variant']).toBe(0);
  });

  it('keeps the number of replicas, and a second one goes forth again', () => {
    const run = play(
      deployment(3),
      1,
      [
        [AT, DEPLOY],
        [10_000, 'kubectl scale deployment/shop-app --replicas=5'],
        [15_000, UNDO],
      ],
      40_000,
    );
    expect([pods(run, '1.0'), pods(run, '2.0')]).toEqual([5, 0]);
    expect(say(run, UNDO).text).toBe('deployment.apps/shop-app rolled back');
    run.advance(80_000);
    expect([pods(run, '1.0'), pods(run, '2.0')]).toEqual([0, 5]);
    expect(say(run, `${UNDO} --to-revision=9`).text).toContain('unable to find specified revision 9');
  });

  it('has nowhere to go without a history', () => {
    const run = play(deployment(3), 1, [], AT);
    expect(say(run, UNDO)).toEqual({
      ok: false,
      text: 'error: no rollout history found for deployment "shop-app"',
    });
  });
});

describe('strategies and pauses', () => {
  it('recreate makes no new pod before every old one is gone; a deleted one is replaced at once all the same (S-63)', () => {
    const s = deployment(3, { rollout: { ...rolling, strategy: 'recreate' }, prestopMs: 3000 });
    const run = play(
      s,
      1,
      [
        [AT, DEPLOY],
        [20_000, 'kubectl delete pod shop-app-4'],
      ],
      30_000,
    );
    const created = entries(run).filter((e) => e.kind === 'container-created' && e.t >= AT);
    const removed = entries(run).filter((e) => e.kind === 'container-removed');
    expect(created.map((e) => e.t)).toEqual([AT + 3000, AT + 3000, AT + 3000, 20_000]);
    expect(removed.map((e) => e.t)).toEqual([AT + 3000, AT + 3000, AT + 3000, 23_000]);
  });

  it('a paused deployment does not roll, but scales; resumed it goes on', () => {
    const run = play(
      deployment(3),
      1,
      [
        [AT, 'kubectl rollout pause deployment/shop-app'],
        [AT + 1, DEPLOY],
        [AT + 2, 'kubectl scale deployment/shop-app --replicas=4'],
      ],
      20_000,
    );
    expect([pods(run, '1.0'), pods(run, '2.0')]).toEqual([4, 0]);
    expect(say(run, UNDO).text).toContain('you cannot rollback a paused deployment');
    expect(say(run, 'kubectl rollout restart deployment/shop-app').text).toContain(
      'run rollout resume first',
    );
    expect(say(run, 'kubectl rollout resume deployment/shop-app').ok).toBe(true);
    run.advance(60_000);
    expect([pods(run, '1.0'), pods(run, '2.0')]).toEqual([0, 4]);
  });

  it('restart rolls every pod anew under the same image', () => {
    const run = play(deployment(3), 1, [[AT, 'kubectl rollout restart deployment/shop-app']], 30_000);
    const running = run.view().containers.filter((c) => c.phase === 'running');
    expect(running.map((c) => [c.number, c.tag])).toEqual([
      [4, '1.0'],
      [5, '1.0'],
      [6, '1.0'],
    ]);
  });

  it('scaled in the middle of a stalled rollout every template keeps its share', () => {
    // 10 replicas at 8 + 5; 13 pods allowed. 15 replicas allow 19: the larger set takes what rounding leaves over.
    expect(shares([8, 5], 13, 19)).toEqual([12, 7]);
    expect(shares([8, 5], 13, 7)).toEqual([4, 3]);
    expect(shares([3, 1], 4, 7)).toEqual([5, 2]);
    expect(shares([0, 0], 0, 4)).toEqual([0, 0]);
    const run = play(
      deployment(10),
      1,
      [
        [AT, BAD],
        [20_000, 'kubectl scale deployment/shop-app --replicas=15'],
      ],
      21_000,
    );
    expect([pods(run, '1.0'), pods(run, 'bad')]).toEqual([12, 7]);
  });

  it('a pod of the old template that is deleted in mid-rollout is replaced by one of the old template', () => {
    const run = play(
      deployment(3),
      1,
      [
        [AT, BAD],
        [10_000, 'kubectl delete pod shop-app-1'],
      ],
      20_000,
    );
    expect([pods(run, '1.0'), pods(run, 'bad')]).toEqual([3, 1]);
  });

  it('is known to kubectl under its own names', () => {
    const run = play(deployment(2), 1, [], AT);
    const rows = say(run, 'kubectl get pods -o wide').text.split('\n');
    expect(rows[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE +NODE +TAG$/);
    const name = /^shop-app-[a-z0-9]{10}-[a-z0-9]{5}/.exec(rows[1] ?? '')?.[0] ?? '';
    expect(rows[1]).toMatch(/ 1\/1 +Running +0 +2s +host-1 +shop-app-1$/);
    expect(say(run, `kubectl delete pod ${name}`)).toEqual({ ok: true, text: `pod "${name}" deleted` });
    expect(say(run, 'kubectl delete pod nobody').text).toBe(
      'Error from server (NotFound): pods "nobody" not found',
    );
    expect(say(run, 'kubectl scale deployment/nothing --replicas=1').text).toBe(
      'Error from server (NotFound): deployments.apps "nothing" not found',
    );
    run.advance(AT + 1000);
    expect(pods(run, '1.0')).toBe(2);
  });
});

describe('a third template while the second has never become ready', () => {
  it('takes away what serves nobody, of both, as far as the fenceposts allow (S-59)', () => {
    // Ten at 25 %: at most 13 pods, and no fewer than 8.
    const run = play(deployment(10), 1, [[AT, BAD]], AT + 4000);
    const old = run.view().containers.filter((c) => c.tag === '1.0' && c.phase === 'running');
    for (const c of old.slice(0, 3)) say(run, `paddock hang ${c.name}`);
    run.advance(AT + 12_000);
    expect([pods(run, '1.0'), pods(run, 'bad')]).toEqual([8, 5]);
    say(run, 'kubectl set image deployment/shop-app app=shop:2.0');
    run.advance(AT + 12_001);
    const kept = pods(run, '1.0') + pods(run, 'bad') + pods(run, '2.0');
    expect(kept).toBeGreaterThanOrEqual(8);
    expect(kept).toBeLessThanOrEqual(13);
    // five may go: the three that hang first, then two of those that never came up
    expect([pods(run, '1.0'), pods(run, 'bad')]).toEqual([5, 3]);
  });
});

it('a rollout that is done says how long it took', () => {
  const run = play(deployment(3), 1, [[AT, DEPLOY]], 60_000);
  const done = entries(run).find((e) => e.kind === 'deploy-done');
  expect(done?.text).toBe(`the roll-out is done after ${Math.round(((done?.t ?? 0) - AT) / 100) / 10} s`);
});

it('undo goes back to the environment before, too (S-62)', () => {
  const s = deployment(2, { environment: { PRICE: '1' } });
  const services = s.services.map((x) =>
    x.role === 'app' ? { ...x, image: 'shop:2.0', environment: { PRICE: '2' } } : x,
  );
  const run = play(s, 1, [], AT);
  const price = (): string => {
    const pod = run.view().containers.findLast((c) => c.role === 'app' && c.phase === 'running')?.name;
    return say(run, `kubectl exec ${pod} -- env`).text;
  };
  run.apply({ verb: 'set', assignments: ['PRICE'], scenario: { ...s, services } }, 'paddock set PRICE');
  run.advance(AT + 60_000);
  expect([pods(run, '1.0'), pods(run, '2.0'), price()]).toEqual([0, 2, 'PRICE=2']);
  expect(say(run, UNDO).ok).toBe(true);
  run.advance(AT + 120_000);
  expect([pods(run, '1.0'), pods(run, '2.0'), price()]).toEqual([2, 0, 'PRICE=1']);
});
