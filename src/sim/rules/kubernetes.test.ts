import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, play, sample } from '../../../test/support/many-seeds.ts';
import { age } from '../platforms/kubectl-look.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const AT = 2000;
/** A deployment with the defaults of Kubernetes. */
const deployment = (
  a: Partial<AppService> = {},
  lb: Partial<BalancerService> = {},
  t: Partial<Traffic> = {},
): Scenario =>
  scenario(
    [
      app({ replicas: 2, drain: 'concurrent', endpointDelayMs: 1000, stopGraceMs: 30_000, ...a }),
      balancer({ check: null, retries: 0, redispatch: false, ...lb }),
    ],
    { platform: 'kubernetes' },
    { rate: 0, ...t },
  );
const time = (run: Run, kind: string, subject: string, from = AT): number =>
  entries(run).find((e) => e.kind === kind && e.subject === subject && e.t >= from)?.t ?? Number.NaN;
const refuse = (s: Scenario, line: string): string => {
  const run = play(s, 1, [], AT);
  const words = line.split(' ');
  const command =
    words[0] === 'docker' && words[1] === 'kill'
      ? ({
          verb: 'kill',
          tool: 'docker',
          targets: { kind: 'names', names: [words[2] ?? ''] },
          signal: 'KILL',
        } as const)
      : ({ verb: 'ps', all: false } as const);
  const answer = run.apply(command, line);
  expect(answer.ok).toBe(false);
  return answer.text;
};

describe('table A1, a Kubernetes deployment', () => {
  it.each([
    ['a crash', 'paddock crash shop-app-1', {}],
    ['OOM of PID 1', 'paddock oom shop-app-1', {}],
    ['an exit with 0 after kill 1, with a handler', 'kubectl exec shop-app-1 -- kill 1', { sigterm: 'exit' }],
  ] as const)(
    '%s: another container in the same pod, the first at once (A1, S-68, S-69)',
    (_name, line, a) => {
      const run = play(deployment(a), 1, [[AT, line]], AT + 20_000);
      const c = container(run, 'shop-app-1');
      expect([c.phase, c.restarts, c.host]).toEqual(['running', 1, 0]);
      expect(c.startedAt).toBe(time(run, 'container-exited', 'shop-app-1'));
      expect(run.metrics(0, AT + 20_000)['containers.started']).toBe(1);
    },
  );

  it.each([
    ['kubectl exec shop-app-1 -- kill 1', 'none'],
    ['kubectl exec shop-app-1 -- kill -9 1', 'drain'],
  ] as const)('%s does nothing to a PID 1 with handler %s (A1, S-8)', (line, sigterm) => {
    const run = play(deployment({ sigterm }), 1, [[AT, line]], AT + 60_000);
    expect(entries(run).filter((e) => e.kind === 'container-exited')).toEqual([]);
  });

  it('has no dockerd: docker says so, and kubectl is named (A1)', () => {
    for (const line of ['docker kill shop-app-1', 'docker ps']) {
      const text = refuse(deployment(), line);
      expect(text).toContain('Cannot connect to the Docker daemon');
      expect(text).toContain('kubectl');
    }
  });

  it('HEALTHCHECK is not even asked (A1, S-22)', () => {
    const healthcheck = {
      intervalMs: 500,
      timeoutMs: 500,
      retries: 1,
      startPeriodMs: 0,
      startIntervalMs: 500,
      works: false,
    };
    const run = play(deployment({ healthcheck }), 1, [[AT, 'paddock crash shop-app-1']], AT + 20_000);
    expect(container(run, 'shop-app-1').health).toBeNull();
    expect(container(run, 'shop-app-2').health).toBeNull();
    expect(entries(run).some((e) => e.kind === 'container-unhealthy')).toBe(false);
  });

  it('a deleted pod is replaced at once, while it still goes (A1, S-63)', () => {
    const run = play(deployment({ prestopMs: 5000 }), 1, [[AT, 'kubectl delete pod shop-app-1']], AT + 4000);
    expect(container(run, 'shop-app-1').phase).toBe('prestop');
    expect(container(run, 'shop-app-3').startedAt).toBe(AT);
    expect(container(run, 'shop-app-3').phase).toBe('running');
    run.advance(AT + 6000);
    expect(container(run, 'shop-app-1').phase).toBe('removed');
  });
});

describe('what a pod keeps (A2, S-68, S-123)', () => {
  const uploads = { state: homes({ sessions: 'layer', uploads: 'layer' }) };
  it.each([
    ['paddock crash shop-app-1', 'a container restart'],
    ['kubectl delete pod shop-app-1', 'a new pod'],
  ])('%s: the layer is lost with %s', (line) => {
    const s = deployment({ replicas: 1, ...uploads }, {}, { users: 10, storedUploads: 7 });
    const run = play(
      s,
      1,
      [
        [AT - 1, "kubectl exec shop-app-1 -- sh -c 'echo hi > /app/x'"],
        [AT, line],
      ],
      AT + 20_000,
    );
    const m = run.metrics(0, AT + 20_000);
    expect([m['uploads.lost'], m['sessions.lost'], m['drift.changes']]).toEqual([7, 10, 0]);
  });
});

describe('CrashLoopBackOff', () => {
  /** Waits before the restarts, when every run lasts `ranMs`. */
  function delays(ranMs: number, crashes: number): number[] {
    const run = play(deployment({ bootMs: 10 }), 1, [], AT);
    const out: number[] = [];
    for (let k = 0; k < crashes; k++) {
      run.apply({ verb: 'crash', targets: { kind: 'names', names: ['shop-app-1'] } }, 'crash');
      const due = container(run, 'shop-app-1').dueAt ?? Number.NaN;
      out.push(due - run.now);
      run.advance(due + ranMs);
    }
    return out;
  }

  it('waits 0, 10, 20, 40, 80, 160, 300, 300 s (A4, S-69)', () => {
    expect(delays(5000, 8)).toEqual([0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  });

  it('is forgiven after a run of ten minutes, not of a little less (S-69)', () => {
    expect(delays(599_999, 3)).toEqual([0, 10_000, 20_000]);
    expect(delays(600_000, 3)).toEqual([0, 0, 0]);
  });

  it('a pod that waits is deleted at once, and its successor starts without a wait (S-63)', () => {
    const run = play(
      deployment(),
      1,
      [
        [AT, 'paddock crash shop-app-1'],
        [AT + 2000, 'paddock crash shop-app-1'],
        [AT + 3000, 'kubectl delete pod shop-app-1'],
      ],
      AT + 5000,
    );
    expect(container(run, 'shop-app-1').phase).toBe('removed');
    expect(container(run, 'shop-app-3').startedAt).toBe(AT + 3000);
  });
});

describe('deletion of a pod (S-64)', () => {
  const ends = (a: Partial<AppService>, line = 'kubectl delete pod shop-app-1'): number =>
    time(play(deployment(a), 1, [[AT, line]], AT + 60_000), 'container-exited', 'shop-app-1') - AT;

  it('SIGTERM follows preStop, SIGKILL the grace period of 30 s that includes it (A4, S-64)', () => {
    expect(ends({})).toBe(0);
    expect(ends({ prestopMs: 5000 })).toBe(5000);
    expect(ends({ sigterm: 'none' })).toBe(30_000);
    expect(ends({ sigterm: 'none', prestopMs: 5000 })).toBe(30_000);
  });

  it('a preStop that outlasts the grace period is cut short, with 2 s more (A4, S-64)', () => {
    expect(ends({ prestopMs: 60_000 })).toBe(30_000);
    expect(ends({ prestopMs: 60_000, sigterm: 'none' })).toBe(32_000);
  });

  it('--grace-period is what it says, and --force with 0 gives no notice', () => {
    expect(ends({ sigterm: 'none' }, 'kubectl delete pod shop-app-1 --grace-period=3')).toBe(3000);
    expect(ends({ prestopMs: 5000 }, 'kubectl delete pod shop-app-1 --force --grace-period=0')).toBe(0);
    const run = play(deployment(), 1, [[AT, 'kubectl delete pod shop-app-1 --force']], AT + 60_000);
    expect(container(run, 'shop-app-3').phase).toBe('running');
  });

  it('errors = rate/N x max(0, propagation - preStop): the endpoint race (S-64, S-65)', () => {
    const failed = (prestopMs: number): { mean: number; error: number } =>
      sample(200, (seed) => {
        const s = deployment(
          {
            replicas: 4,
            prestopMs,
            serviceTime: { kind: 'fixed', ms: 1 },
            state: homes({ sessions: 'signed' }),
          },
          {},
          { rate: 80 },
        );
        const until = AT + 3000;
        const run = play(s, seed, [[AT, 'kubectl delete pod shop-app-1']], until);
        return run.metrics(0, until)['requests.failed'] ?? 0;
      });
    for (const [prestopMs, expected] of [
      [0, 20],
      [400, 12],
      [1100, 0],
    ] as const) {
      const { mean, error } = failed(prestopMs);
      expect(Math.abs(mean - expected), `preStop ${prestopMs}: ${mean}`).toBeLessThan(4 * error + 0.25);
    }
  });
});

describe('who is behind a Service (S-65)', () => {
  it('a pod that waits for its restart is out of it, one delay late, and in again one delay after it runs', () => {
    const run = play(
      deployment(),
      1,
      [
        [AT, 'paddock crash shop-app-1'],
        [AT + 5000, 'paddock crash shop-app-1'],
      ],
      AT + 20_000,
    );
    expect(time(run, 'server-maint', 'shop-app-1', AT + 5000)).toBe(AT + 6000);
    expect(time(run, 'server-up', 'shop-app-1', AT + 5000)).toBe(AT + 16_000);
  });

  it('news of a ready pod comes too late for one that has been deleted meanwhile', () => {
    const run = play(
      deployment(),
      1,
      [
        [AT, 'kubectl scale deployment/app --replicas=3'],
        [AT + 500, 'kubectl delete pod shop-app-3'],
      ],
      AT + 20_000,
    );
    expect(time(run, 'server-up', 'shop-app-3')).toBeNaN();
    expect(time(run, 'server-up', 'shop-app-4')).toBe(AT + 1500);
  });
});

describe('scaling (S-75)', () => {
  const PROBE = { kind: 'probe', intervalMs: 1000, timeoutMs: 500, rise: 1, fall: 3 } as const;

  it.each([
    ['is not ready', [[100_000, 'paddock hang shop-app-1']]],
    [
      'has been ready for a shorter time by far',
      [
        [100_000, 'paddock hang shop-app-1'],
        [110_000, 'paddock resume shop-app-1'],
      ],
    ],
  ] as const)('of pods alike takes the one that %s', (_name, lines) => {
    for (let seed = 1; seed <= 10; seed++) {
      const run = play(
        deployment({ replicas: 4, readiness: PROBE }),
        seed,
        [...lines, [115_000, 'kubectl scale deployment/app --replicas=3']],
        150_000,
      );
      const kept = run.view().containers.filter((c) => c.phase === 'running');
      expect(kept.map((c) => c.number)).toEqual([2, 3, 4]);
    }
  });

  it('takes pods that are not ready first, whatever their age', () => {
    const s = deployment({ replicas: 3, bootMs: 500 });
    const run = play(
      s,
      1,
      [
        [AT, 'paddock crash shop-app-1'],
        [AT + 1000, 'paddock crash shop-app-1'],
        [AT + 2000, 'kubectl scale deployment/shop-app --replicas=2'],
      ],
      AT + 3000,
    );
    expect(
      run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.number),
    ).toEqual([2, 3]);
  });

  it('takes the newest where ages differ by an order of magnitude, and by chance where they do not', () => {
    const kept = (seed: number, later: number): number[] => {
      const run = play(
        deployment({ replicas: 3 }),
        seed,
        [
          [AT, 'kubectl scale deployment/shop-app --replicas=6'],
          [later, 'kubectl scale deployment/shop-app --replicas=3'],
        ],
        later + 3000,
      );
      return run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.number);
    };
    const seeds = Array.from({ length: 20 }, (_, k) => k + 1);
    for (const seed of seeds) expect(kept(seed, AT + 1000)).toEqual([1, 2, 3]);
    // After a while 2 s of age are no difference: the first three survive only by chance.
    const first = seeds.filter((seed) => kept(seed, 1_000_000).join() === '1,2,3').length;
    expect(first).toBeLessThan(seeds.length / 2);
  });
});

describe('kubectl', () => {
  it('prints an age in two units while they matter', () => {
    const SECOND = 1000;
    const MINUTE = 60 * SECOND;
    const HOUR = 60 * MINUTE;
    expect(
      [0, 119 * SECOND, 2 * MINUTE, 125 * SECOND, 599 * SECOND, 10 * MINUTE + 30 * SECOND].map(age),
    ).toEqual(['0s', '119s', '2m', '2m5s', '9m59s', '10m']);
    expect([3 * HOUR - 1, 3 * HOUR, 3 * HOUR + 5 * MINUTE, 8 * HOUR + 5 * MINUTE].map(age)).toEqual([
      '179m',
      '3h',
      '3h5m',
      '8h',
    ]);
  });
});

it('a label selects the pods of that deployment, and another one nobody (S-63)', () => {
  const gone = (selector: string): number => {
    const run = play(deployment(), 1, [], AT);
    const pods = { verb: 'kubectl-delete-pod', pods: [], selector, force: false, graceMs: null } as const;
    return run.apply(pods, 'kubectl delete pods -l').text.match(/ deleted$/gm)?.length ?? 0;
  };
  expect(gone('app=app')).toBe(2);
  expect(gone('app=barn')).toBe(0);
  expect(gone('tier=app')).toBe(0);
});
