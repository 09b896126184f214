import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Mount, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';
import { runningOf } from '../../../test/support/running.ts';

const AT = 5000;
const USERS = 20;
const PROBE = { kind: 'probe', intervalMs: 1000, timeoutMs: 1000, rise: 1, fall: 3 } as const;

/** What became of sessions on a volume by the end. */
function fate(
  mounts: readonly Mount[],
  home: string,
  line: string,
  hosts = 1,
): 'kept' | 'lost' | 'out of reach' {
  const s = scenario(
    [
      app({ replicas: 1, mounts, state: homes({ sessions: home }), stopGraceMs: 30_000 }),
      balancer({ check: null }),
    ],
    { platform: 'kubernetes', hosts },
    { users: USERS, rate: null, thinkMs: 500, relogin: 'next' },
  );
  const m = play(s, 1, [[AT, line]], AT + 400_000).metrics(0, AT + 400_000);
  if (m['sessions.lost'] === USERS) return 'lost';
  expect(m['sessions.lost']).toBe(0);
  return m['sessions.refused'] === 0 ? 'kept' : 'out of reach';
}

const target = '/app/sessions';
const HOMES: readonly (readonly [string, readonly Mount[], string, readonly string[]])[] = [
  ['process memory', [], 'memory', ['lost', 'lost', 'lost']],
  ['the layer', [], 'layer', ['lost', 'lost', 'lost']],
  ['tmpfs', [], 'tmpfs', ['lost', 'lost', 'lost']],
  ['a volume of the image', [], 'volume', ['lost', 'lost', 'lost']],
  ['an emptyDir', [{ type: 'volume', source: null, target }], 'volume', ['kept', 'lost', 'lost']],
  ['a claim', [{ type: 'volume', source: 'carts', target }], 'volume', ['kept', 'kept', 'kept']],
  ['a network volume', [{ type: 'network', source: 'carts', target }], 'volume', ['kept', 'kept', 'kept']],
  ['a hostPath', [{ type: 'bind', source: './carts', target }], 'volume', ['kept', 'kept', 'lost']],
];

describe('what survives on Kubernetes', () => {
  it.each(HOMES)('%s (A2, S-68)', (_name, mounts, home, [restart, replaced, lost]) => {
    expect(fate(mounts, home, 'paddock crash shop-app-1')).toBe(restart);
    expect(fate(mounts, home, 'kubectl delete pod shop-app-1')).toBe(replaced);
    expect(fate(mounts, home, 'paddock lose-host host-1', 2)).toBe(lost);
  });
});

const stateful = (a: Partial<AppService> = {}, hosts = 1): Scenario =>
  scenario(
    [
      app({
        replicas: 3,
        workload: 'statefulset',
        readiness: PROBE,
        drain: 'concurrent',
        endpointDelayMs: 1000,
        stopGraceMs: 30_000,
        versions: { bad: { bootMs: 1e9 } },
        ...a,
      }),
      balancer({ check: null, retries: 0, redispatch: false }),
    ],
    { platform: 'kubernetes', hosts },
    { rate: 0 },
  );
const happened = (run: Run, kind: string): string[] =>
  entries(run)
    .filter((e) => e.kind === kind && e.t >= AT)
    .map((e) => `${e.subject.slice(-1)} ${e.t - AT}`);
const running = (run: Run): string[] => runningOf(run).map((c) => `${c.number}:${c.tag}`);

describe('a StatefulSet (S-76)', () => {
  it('replaces a deleted pod under its own number, when it is gone', () => {
    const run = play(stateful({ prestopMs: 3000 }), 1, [[AT, 'kubectl delete pod shop-app-2']], AT + 20_000);
    expect(happened(run, 'container-removed')).toEqual(['2 3000']);
    expect(happened(run, 'container-created')).toEqual(['2 3000']);
    expect(running(run)).toEqual(['1:1.0', '2:1.0', '3:1.0']);
  });

  it('counts its preStop in the grace period of a pod (S-71)', () => {
    const slow = { prestopMs: 5000, stopGraceMs: 10_000, sigterm: 'none' } as const;
    for (const workload of ['statefulset', 'deployment'] as const) {
      const run = play(
        stateful({ ...slow, workload }),
        1,
        [[AT, `kubectl scale ${workload}/${workload === 'statefulset' ? 'shop-app' : 'app'} --replicas=2`]],
        AT + 30_000,
      );
      expect(
        happened(run, 'container-exited').map((x) => x.slice(2)),
        workload,
      ).toEqual(['10000']);
    }
  });

  it('scales up from the lowest number and down from the highest, one at a time', () => {
    const run = play(
      stateful({ replicas: 2 }),
      1,
      [
        [AT, 'kubectl scale statefulset/shop-app --replicas=5'],
        [AT + 20_000, 'kubectl scale sts shop-app --replicas=2'],
      ],
      AT + 60_000,
    );
    expect(happened(run, 'container-created')).toEqual(['3 0', '4 1000', '5 2000']);
    expect(happened(run, 'container-signalled')).toEqual(['5 20000', '4 21000', '3 22000']);
  });

  it('scales down to none at all, and up again from the first', () => {
    const none = [AT, 'kubectl scale statefulset/shop-app --replicas=0'] as const;
    expect(running(play(stateful(), 1, [none], AT + 60_000))).toEqual([]);
    const again = [AT + 60_000, 'kubectl scale statefulset/shop-app --replicas=1'] as const;
    expect(running(play(stateful(), 1, [none, again], AT + 90_000))).toEqual(['1:1.0']);
  });

  it('updates from the highest number down: deleted, gone, made again, ready, then the next', () => {
    const run = play(
      stateful(),
      1,
      [[AT, 'kubectl set image statefulset/shop-app app=shop:2.0']],
      AT + 30_000,
    );
    expect(happened(run, 'container-signalled')).toEqual(['3 0', '2 2000', '1 4000']);
    expect(happened(run, 'container-created')).toEqual(['3 1000', '2 3000', '1 5000']);
    expect(running(run)).toEqual(['1:2.0', '2:2.0', '3:2.0']);
    expect(run.metrics(AT, AT + 30_000)['capacity.min']).toBe(2);
    expect(entries(run).some((e) => e.kind === 'deploy-done')).toBe(true);
  });

  it('a pod that is lost before the update reached it comes back as it was, one that was updated as it is', () => {
    // Pods take 5 s to get ready, so that the update waits for the one that is made again.
    const slow = { versions: { '1.0': { bootMs: 5000 }, '2.0': { bootMs: 5000 } } };
    const during = (pod: string, at: number): Run =>
      play(
        stateful(slow),
        1,
        [
          [AT, 'kubectl set image statefulset/shop-app app=shop:2.0'],
          [AT + at, `kubectl delete pod ${pod}`],
        ],
        AT + at + 6000,
      );
    const early = during('shop-app-1', 500);
    early.advance(AT + 7500);
    expect(running(early)).toEqual(['1:1.0', '2:1.0']);
    early.advance(AT + 40_000);
    expect(running(early)).toEqual(['1:2.0', '2:2.0', '3:2.0']);
    expect(running(during('shop-app-3', 6500))).toEqual(['1:1.0', '2:1.0', '3:2.0']);
  });

  it('stalls at a pod that is never ready, even after an undo, until it is deleted by hand', () => {
    const run = play(
      stateful(),
      1,
      [
        [AT, 'kubectl set image statefulset/shop-app app=shop:bad'],
        [AT + 20_000, 'kubectl rollout undo statefulset/shop-app'],
        [AT + 60_000, 'kubectl delete pod shop-app-3'],
      ],
      AT + 59_000,
    );
    expect(running(run)).toEqual(['1:1.0', '2:1.0']);
    const mended = play(
      stateful(),
      1,
      [
        [AT, 'kubectl set image statefulset/shop-app app=shop:bad'],
        [AT + 20_000, 'kubectl rollout undo statefulset/shop-app'],
        [AT + 60_000, 'kubectl delete pod shop-app-3'],
      ],
      AT + 80_000,
    );
    expect(running(mended)).toEqual(['1:1.0', '2:1.0', '3:1.0']);
  });

  it('a pod finds its own volume again, and no other', () => {
    const mounts: readonly Mount[] = [{ type: 'volume', source: 'data', target: '/app/uploads' }];
    const of = (workload: AppService['workload']): number => {
      const s = scenario(
        [
          app({
            replicas: 3,
            workload,
            mounts,
            state: homes({ sessions: 'signed', uploads: 'volume' }),
          }),
          balancer({ check: null }),
        ],
        { platform: 'kubernetes', hosts: 3 },
        {
          users: 30,
          rate: 30,
          storedUploads: 30,
          mix: { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 1, post: 0, checkout: 0 },
        },
      );
      const m = play(s, 1, [[AT, 'kubectl delete pod -l app=app']], AT + 60_000).metrics(
        AT + 30_000,
        AT + 60_000,
      );
      expect(m['uploads.lost']).toBe(0);
      return (m['uploads.not-found'] ?? 0) / (m['requests.total'] ?? 1);
    };
    // Each holds a third: two of three look in vain. A volume that all claim holds everything.
    expect(of('deployment')).toBe(0);
    expect(of('statefulset')).toBeGreaterThan(0.6);
    expect(of('statefulset')).toBeLessThan(0.73);
  });

  it('makes no second pod of a number while its node is silent, however long', () => {
    const run = play(stateful({}, 3), 1, [[AT, 'paddock lose-host host-2']], AT + 600_000);
    expect(running(run)).toHaveLength(2);
    const forced = play(
      stateful({}, 3),
      1,
      [
        [AT, 'paddock lose-host host-2'],
        [AT + 400_000, 'kubectl delete pod shop-app-2 --force --grace-period=0'],
      ],
      AT + 420_000,
    );
    expect(running(forced)).toHaveLength(3);
  });
});

it('recreate goes on where the news of a pod’s end takes longer than its end (S-63, S-65)', () => {
  const s = stateful({
    workload: 'deployment',
    endpointDelayMs: 5000,
    rollout: { ...app().rollout, strategy: 'recreate' },
  });
  const run = play(s, 1, [[AT, 'kubectl rollout restart deployment/shop-app']], AT + 30_000);
  expect(happened(run, 'container-created').map((x) => x.split(' ')[1])).toEqual(['5000', '5000', '5000']);
});

it.each(['pause', 'resume'] as const)('kubectl refuses to %s the rollout of a StatefulSet', (action) => {
  const s = scenario([app({ workload: 'statefulset' }), balancer()], { platform: 'kubernetes' });
  const run = play(s, 1, [], AT);
  const command = { verb: 'kubectl-rollout', action, deployment: 'app', toRevision: null } as const;
  expect(run.apply(command, `kubectl rollout ${action} statefulset/shop-app`)).toEqual({
    ok: false,
    text: `error: statefulsets.apps "shop-app" ${action === 'pause' ? 'pausing' : 'resuming'} is not supported`,
  });
});
