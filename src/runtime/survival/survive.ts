/** What each ordeal would do to each kind of state, found out by forking the run and trying. */
import { createDriver } from '../../commands/driver.ts';
import type { Metrics } from '../../sim/metrics/names.ts';
import type { Run } from '../../sim/run.ts';
import type { ContainerView } from '../../sim/view.ts';
import { backendOf, herdOf } from '../backend-of.ts';
import { ORDEALS, recipeOf, type Ordeal } from './ordeals.ts';

/** One outcome: how much was held before, how much was lost by it and how much could not be reached for a while. */
export interface Fate {
  readonly lost: number;
  readonly outOfReach: number;
}

export interface SurvivalRow {
  /** Kind of state, its home, and how many pieces there are now. */
  readonly kind: string;
  readonly home: string;
  readonly held: number;
  /** By ordeal; null = cannot be tried here. */
  readonly fates: Readonly<Record<Ordeal, Fate | null>>;
}

export interface Survival {
  readonly atMs: number;
  readonly victim: string;
  /** What was typed in each trial, and why one could not be made: there is no such thing here, or the tool refused. */
  readonly lines: Readonly<Record<Ordeal, readonly string[]>>;
  readonly missing: Readonly<Record<Ordeal, string | null>>;
  readonly refused: Readonly<Record<Ordeal, string | null>>;
  readonly failed: Readonly<Record<Ordeal, number | null>>;
  readonly rows: readonly SurvivalRow[];
}

/** How far each trial is followed, in ms of virtual time. */
const HORIZON_MS = 45_000;

interface Kind {
  readonly kind: 'sessions' | 'uploads' | 'records' | 'membership';
  held(run: Run): number;
  /** Made meanwhile: what is neither held nor made plays no part in this herd. */
  made(metrics: Metrics): number;
  lost(metrics: Metrics): number;
  outOfReach(metrics: Metrics): number;
}

const n = (value: number | null): number => value ?? 0;

const KINDS: readonly Kind[] = [
  {
    kind: 'sessions',
    held: (run) => run.view().totals.sessionsHeld,
    made: (m) => n(m['sessions.created']),
    lost: (m) => n(m['sessions.lost']),
    outOfReach: (m) => Math.max(0, n(m['sessions.refused']) - n(m['sessions.lost'])),
  },
  {
    kind: 'uploads',
    held: (run) => stored(run, 'uploads'),
    made: (m) => n(m['uploads.stored']),
    lost: (m) => n(m['uploads.lost']),
    outOfReach: (m) => (n(m['uploads.lost']) > 0 ? 0 : n(m['uploads.not-found'])),
  },
  {
    kind: 'records',
    held: (run) => stored(run, 'records'),
    made: (m) => n(m['records.stored']),
    lost: (m) => n(m['records.lost']),
    outOfReach: () => 0,
  },
  {
    // Entries in the lists of all members; lost = members that do not know of each other at the end.
    kind: 'membership',
    held: (run) => run.view().containers.reduce((sum, { peers }) => sum + (peers?.known ?? 0), 0),
    made: () => 0,
    lost: (m) => n(m['members.unknown']),
    outOfReach: (m) => n(m['members.forward-failed']),
  },
];

const stored = (run: Run, what: 'uploads' | 'records'): number => {
  const m = run.metrics(0, run.now + 1);
  const over = what === 'uploads' ? n(m['uploads.overwritten']) : 0;
  return n(m[`${what}.stored`]) - n(m[`${what}.lost`]) - over;
};

/** Tries every ordeal on a fork of `run`, beside one fork that is left alone. `victim` = name of the container to suffer. */
export function survival(run: Run, victim: string | null): Survival | null {
  const view = run.view();
  const container = victimOf(view.containers, victim);
  const backend = backendOf(run.scenario);
  if (!container || !backend) return null;
  const subject = { view, victim: container, herd: herdOf(view, backend) };
  const from = Math.ceil(run.now);
  const calm = follow(run.fork(), [], from);
  const recipes = ORDEALS.map((ordeal) => recipeOf(ordeal, subject));
  const trials = recipes.map((recipe) =>
    typeof recipe === 'string' ? null : follow(run.fork(), recipe, from),
  );
  const each = <T>(of: (index: number) => T): Record<Ordeal, T> =>
    Object.fromEntries(ORDEALS.map((ordeal, i) => [ordeal, of(i)])) as Record<Ordeal, T>;
  const rows = KINDS.filter(
    ({ kind, held, made }) => backend.state[kind] !== 'none' && held(run) + made(calm.metrics) > 0,
  ).map((kind): SurvivalRow => ({
    kind: kind.kind,
    home: view.state[kind.kind] ?? backend.state[kind.kind],
    held: kind.held(run),
    fates: each((i) => {
      const trial = trials[i];
      if (!trial || trial.refusal !== null) return null;
      return {
        lost: Math.max(0, kind.lost(trial.metrics) - kind.lost(calm.metrics)),
        outOfReach: Math.max(0, kind.outOfReach(trial.metrics) - kind.outOfReach(calm.metrics)),
      };
    }),
  }));
  return {
    atMs: run.now,
    victim: container.name,
    lines: each((i) => {
      const recipe = recipes[i]!;
      return typeof recipe === 'string' ? [] : recipe;
    }),
    missing: each((i) => {
      const recipe = recipes[i]!;
      return typeof recipe === 'string' ? recipe : null;
    }),
    refused: each((i) => trials[i]?.refusal ?? null),
    failed: each((i) => {
      const trial = trials[i];
      return trial && trial.refusal === null
        ? Math.max(0, n(trial.metrics['requests.failed']) - n(calm.metrics['requests.failed']))
        : null;
    }),
    rows,
  };
}

const victimOf = (containers: readonly ContainerView[], name: string | null): ContainerView | null =>
  containers.find((c) => c.name === name && c.phase === 'running') ??
  containers.find((c) => c.phase === 'running') ??
  null;

function follow(
  fork: Run,
  lines: readonly string[],
  from: number,
): { metrics: Metrics; refusal: string | null } {
  const driver = createDriver(fork, []);
  driver.advance(from);
  const refused = lines.map((line) => driver.apply(line)).find(({ ok }) => !ok);
  driver.advance(from + HORIZON_MS);
  // Windows round to bins of 100 ms: this one takes in the bin that the trial began in, which every fork shares.
  const metrics = fork.metrics(Math.max(0, from - 100), from + HORIZON_MS);
  return { metrics, refusal: refused?.text ?? null };
}
