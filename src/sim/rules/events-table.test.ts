import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Healthcheck, Probe, RestartPolicy } from '../model/upkeep.ts';
import type { Run } from '../run.ts';

/**
 * Table A1, every cell of it played that its sources agree on: one event by its real command, and what becomes of the
 * container. A new row is an event, a new column is a platform with its setting.
 */

const AT = 2000;

const COLUMNS = {
  no: ['docker', 'compose'],
  always: ['docker', 'compose'],
  'unless-stopped': ['docker', 'compose'],
  'on-failure': ['docker', 'compose'],
  Swarm: ['swarm'],
  Kubernetes: ['kubernetes'],
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];

/**
 * `same` = the same container with its layer, `new` = another one, `pod` = another container in the same pod; each with the
 * ms between the end of the old process and the start of the next. `alongside` = the next starts while the old one ends.
 */
type Fate = 'nothing' | 'stays' | 'gone' | 'new alongside' | `${'same' | 'new' | 'pod'} +${number}`;
/** Null: the event does not exist there, or the sources contradict each other. */
type Cell = Fate | null;

interface Row {
  /** What is typed on Docker, Compose and Swarm; and on Kubernetes, if that is another line. */
  readonly lines: readonly string[];
  readonly kubernetes?: readonly string[];
  readonly app?: Partial<AppService>;
  readonly cells: Readonly<Record<Column, Cell>>;
}

const cells = (...values: readonly [Cell, Cell, Cell, Cell, Cell, Cell]): Row['cells'] =>
  Object.fromEntries(NAMES.map((name, k) => [name, values[k]])) as Row['cells'];

const healthcheck: Healthcheck = {
  intervalMs: 1000,
  timeoutMs: 500,
  retries: 3,
  startPeriodMs: 0,
  startIntervalMs: 5000,
  works: true,
};
const probe: Probe = { intervalMs: 1000, timeoutMs: 500, rise: 1, fall: 3 };

const KILL_1 = ['docker exec shop-app-1 kill 1'];
const POD_KILL_1 = ['kubectl exec shop-app-1 -- kill 1'];
const HANG = ['paddock hang shop-app-1'];

const ROWS: Readonly<Record<string, Row>> = {
  'the process exits ≠ 0': {
    lines: ['paddock crash shop-app-1'],
    cells: cells('stays', 'same +100', 'same +100', 'same +100', 'new +5000', 'pod +0'),
  },
  'the process exits 0: kill 1 from inside, whose handler ends well': {
    lines: KILL_1,
    kubernetes: POD_KILL_1,
    app: { sigterm: 'exit' },
    cells: cells('stays', 'same +100', 'same +100', 'stays', 'new +5000', 'pod +0'),
  },
  'OOM kill of PID 1': {
    lines: ['paddock oom shop-app-1'],
    cells: cells('stays', 'same +100', 'same +100', 'same +100', 'new +5000', 'pod +0'),
  },
  'docker kill': {
    lines: ['docker kill shop-app-1'],
    kubernetes: ['kubectl delete pod shop-app-1'],
    // Who ignores SIGTERM is seen to go on while the replacement runs.
    app: { sigterm: 'none' },
    cells: cells('stays', 'stays', 'stays', 'stays', 'new +5000', 'new alongside'),
  },
  'docker stop': {
    lines: ['docker stop shop-app-1'],
    cells: cells('stays', 'stays', 'stays', 'stays', 'new +5000', null),
  },
  'kill 1 from inside, which ends with a status': {
    lines: KILL_1,
    kubernetes: POD_KILL_1,
    app: { sigterm: 'none', pid1: 'init' },
    cells: cells('stays', 'same +100', 'same +100', 'same +100', 'new +5000', 'pod +0'),
  },
  'kill 1 from inside, without a handler': {
    lines: KILL_1,
    kubernetes: POD_KILL_1,
    app: { sigterm: 'none' },
    cells: cells('nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'),
  },
  'kill -9 1 from inside': {
    lines: ['docker exec shop-app-1 kill -9 1'],
    kubernetes: ['kubectl exec shop-app-1 -- kill -9 1'],
    cells: cells('nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'),
  },
  'HEALTHCHECK unhealthy': {
    lines: HANG,
    app: { healthcheck },
    cells: cells('nothing', 'nothing', 'nothing', 'nothing', 'new +5000', 'nothing'),
  },
  'a liveness probe fails': {
    lines: HANG,
    app: { liveness: probe, healthcheck },
    cells: cells(null, null, null, null, null, 'pod +0'),
  },
  'a readiness probe fails': {
    lines: HANG,
    app: { readiness: { kind: 'probe', ...probe }, healthcheck },
    cells: cells(null, null, null, null, null, 'nothing'),
  },
  'the host reboots': {
    lines: ['paddock reboot-host host-1'],
    // Sources and documents contradict each other about on-failure. Swarm gives the node up 15 s into the 30 s.
    cells: cells('stays', 'same +30000', 'same +30000', null, 'new +20000', 'pod +30000'),
  },
  'the host reboots after a manual stop': {
    lines: ['docker stop shop-app-1', 'paddock reboot-host host-1'],
    cells: cells('stays', 'same +30100', 'stays', null, null, null),
  },
  'the host is lost for ever': {
    lines: ['paddock lose-host host-1'],
    cells: cells('gone', 'gone', 'gone', 'gone', 'new +20000', 'new +350000'),
  },
  'docker rm -f': {
    lines: ['docker rm -f shop-app-1'],
    cells: cells('gone', 'gone', 'gone', 'gone', 'new +5000', null),
  },
};

const isPolicy = (column: Column): column is RestartPolicy & Column =>
  column !== 'Swarm' && column !== 'Kubernetes';

/** Two hosts where the platform has several, so that there is somewhere to go; a hand edit marks the layer. */
function herd(platform: string, column: Column, row: Row): Scenario {
  const a = app({
    replicas: 2,
    drain: platform === 'kubernetes' ? 'concurrent' : platform === 'swarm' ? 'before' : 'none',
    restart: isPolicy(column) ? column : 'no',
    ...row.app,
  });
  const hosts = platform === 'swarm' || platform === 'kubernetes' ? 2 : 1;
  const restart = isPolicy(column) ? column : 'no';
  return scenario([a, balancer({ check: null, restart })], { platform, hosts }, { rate: 0 });
}

function fate(run: Run): Fate {
  const after = entries(run).filter((e) => e.t >= AT);
  const ended = after.find((e) => e.kind === 'container-exited' && e.subject === 'shop-app-1')?.t;
  const next = after.find((e) => e.kind === 'container-started' && /^shop-app-[13]$/.test(e.subject));
  if (next === undefined) {
    if (ended === undefined) return 'nothing';
    const there = run.view().containers.some((c) => c.name === 'shop-app-1' && c.phase !== 'removed');
    return there ? 'stays' : 'gone';
  }
  if (ended === undefined || next.t < ended) return 'new alongside';
  const ms = Math.round(next.t - ended);
  if (next.subject !== 'shop-app-1') return `new +${ms}`;
  const c = container(run, 'shop-app-1');
  return c.edits > 0 ? `same +${ms}` : `pod +${ms}`;
}

function played(platform: string, column: Column, row: Row): Fate {
  const inside = platform === 'kubernetes' ? 'kubectl exec shop-app-1 --' : 'docker exec shop-app-1';
  const lines = platform === 'kubernetes' ? (row.kubernetes ?? row.lines) : row.lines;
  return fate(
    play(
      herd(platform, column, row),
      1,
      [
        [AT - 1000, `${inside} sh -c 'echo mine > /app/mark'`],
        ...lines.map((line, k): [number, string] => [AT + 100 * k, line]),
      ],
      AT + 400_000,
    ),
  );
}

describe('what becomes of a container (A1)', () => {
  it.each(Object.entries(ROWS))('%s (A1, S-1, S-4, S-7, S-8, S-19, S-44, S-45, S-54, S-68)', (_name, row) => {
    const expected: unknown[] = [];
    const found: unknown[] = [];
    for (const column of NAMES) {
      const cell = row.cells[column];
      if (cell === null) continue;
      for (const platform of COLUMNS[column]) {
        expected.push([column, platform, cell]);
        found.push([column, platform, played(platform, column, row)]);
      }
    }
    expect(found).toEqual(expected);
  });

  /** Delays before the starts of a container that crashes a second after each. */
  const delays = (platform: string, column: Column): number[] => {
    const run = play(
      herd(platform, column, {
        lines: [],
        app: { versions: { '1.0': { crash: 1000 } } },
        cells: cells(null, null, null, null, null, null),
      }),
      1,
      [],
      1_500_000,
    );
    const at = (kind: string): number[] =>
      entries(run)
        .filter((e) => e.kind === kind && (platform === 'swarm' || e.subject === 'shop-app-1'))
        .map((e) => e.t);
    const ends = at('container-exited');
    return at('container-started').map((t) => Math.round(t - (ends.findLast((end) => end <= t) ?? 0)));
  };
  it.each([
    ['always', 'docker', [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000]],
    ['unless-stopped', 'compose', [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000]],
    ['on-failure', 'docker', [100, 200, 400, 800, 1600]],
    ['Swarm', 'swarm', [5000, 5000, 5000, 5000]],
    ['Kubernetes', 'kubernetes', [0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]],
  ] as const)('a crash loop, %s on %s: %j (A1, A4, S-2, S-45, S-69)', (column, platform, expected) => {
    expect(delays(platform, column).slice(0, expected.length)).toEqual(expected);
  });
});

describe('another image in the file, applied (A1)', () => {
  /** Fewest containers that can answer and most with a process at once, and the tags in the end. */
  function swept(platform: string): [fewest: number, most: number, tags: string[]] {
    const percent = { percent: 25 };
    const before = app({
      replicas: 4,
      sigterm: 'exit',
      drain: platform === 'kubernetes' ? 'concurrent' : platform === 'swarm' ? 'before' : 'none',
      readiness: platform === 'kubernetes' ? { kind: 'probe', ...probe } : { kind: 'none' },
      rollout: { ...app().rollout, maxSurge: percent, maxUnavailable: percent },
    });
    const s = (a: AppService): Scenario =>
      scenario([a, balancer({ check: null })], { platform }, { rate: 0 });
    const run = play(s(before), 1, [], AT);
    run.apply({ verb: 'set', assignments: [], scenario: s({ ...before, image: 'shop:2.0' }) }, 'set image');
    let alive = 4;
    let able = 4;
    let [fewest, most] = [4, 4];
    run.advance(AT + 120_000);
    const moves = entries(run).filter((e) => e.subject.startsWith('shop-app-') && e.t >= AT);
    for (const [k, e] of moves.entries()) {
      if (e.kind === 'container-started') alive++;
      if (e.kind === 'container-ready') able++;
      if (e.kind === 'container-exited') {
        alive--;
        able--;
      }
      // What happens in one instant is one step.
      if (moves[k + 1]?.t === e.t) continue;
      fewest = Math.min(fewest, able);
      most = Math.max(most, alive);
    }
    const running = run.view().containers.filter((c) => c.role === 'app' && c.phase === 'running');
    return [fewest, most, running.map((c) => c.tag)];
  }
  const NEW = ['2.0', '2.0', '2.0', '2.0'];
  it.each([
    ['docker', 'nothing until somebody recreates', 4, 4, ['1.0', '1.0', '1.0', '1.0']],
    ['swarm', 'one slot after the other, stop-first', 3, 4, NEW],
    ['kubernetes', 'a quarter more, a quarter fewer', 3, 5, NEW],
  ] as const)('%s: %s (A1, S-27, S-46, S-48, S-59)', (platform, _rule, fewest, most, tags) => {
    expect(swept(platform)).toEqual([fewest, most, tags]);
  });

  it('compose: all of them are gone before the first of the new ones starts (A1, S-30, S-31)', () => {
    const [, most, tags] = swept('compose');
    expect([most, tags]).toEqual([4, NEW]);
    const s = (image: string): Scenario =>
      scenario(
        [app({ image, replicas: 3, sigterm: 'none', stopGraceMs: 3000 }), balancer({ check: null })],
        { platform: 'compose' },
        { rate: 0 },
      );
    const run = play(s('shop:1.0'), 1, [], AT);
    run.apply({ verb: 'set', assignments: [], scenario: s('shop:2.0') }, 'set image');
    run.advance(AT + 10_000);
    const at = (kind: string): number[] =>
      entries(run)
        .filter((e) => e.kind === kind && e.subject.startsWith('shop-app-') && e.t >= AT)
        .map((e) => e.t - AT);
    expect([at('container-removed'), at('container-started')]).toEqual([
      [3000, 3000, 3000],
      [3000, 3000, 3000],
    ]);
  });
});
