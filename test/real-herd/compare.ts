import { createDriver } from '../../src/commands/driver.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { createRun } from '../../src/sim/create-run.ts';
import type { MetricName, Metrics } from '../../src/sim/metrics/names.ts';
import { toCompose, type MeasuredScenario } from './translate.ts';

/** Median, extremes and number of the repetitions of one measured quantity. */
export interface Measured {
  readonly med: number;
  readonly min: number;
  readonly max: number;
  readonly n: number;
}

/** One file of `measurements/`. */
export interface Measurement {
  readonly name: string;
  readonly reps: number;
  readonly scenario: MeasuredScenario;
  readonly measured: Readonly<Record<string, Measured>>;
}

/** A quantity of one scenario, measured and simulated. `agrees` as the two bands below say. */
export interface Row {
  readonly quantity: string;
  readonly measured: Measured;
  readonly simulated: { readonly med: number; readonly p05: number; readonly p95: number };
  readonly agrees: boolean;
}

export interface Comparison {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly agrees: boolean;
}

export interface CompareOptions {
  /** Runs, on the scenario's seed, + 1, … */
  readonly seeds: number;
  /** False = the same herd and load, but nothing is done to it: what a comparison that cannot fail would let pass. */
  readonly script?: boolean;
}

/** A quantity: the measured keys that add up to it, the metrics that add up to it, and the window they are read in. */
interface Quantity {
  readonly name: string;
  readonly keys: readonly string[];
  readonly metrics: readonly MetricName[];
  readonly kind: 'count' | 'time' | 'detection';
  readonly window?: 'after-action';
}

const count = (name: string, keys: readonly string[], metrics: readonly MetricName[]): Quantity => ({
  name,
  keys,
  metrics,
  kind: 'count',
});

const QUANTITIES: readonly Quantity[] = [
  count('failed', ['failed'], ['requests.failed']),
  count('502', ['classes.lb502'], ['requests.failed.status.502']),
  count('503', ['classes.lb503', 'classes.app503'], ['requests.failed.status.503']),
  count('504', ['classes.lb504'], ['requests.failed.status.504']),
  count('500', ['classes.app500'], ['requests.failed.status.500']),
  // A client that gives up and an answer cut short end without a status of their own too.
  count(
    'closed without an answer',
    ['classes.silentClose', 'classes.connError', 'classes.timeout', 'classes.truncated'],
    ['requests.failed.status.none'],
  ),
  count('timeout', ['classes.timeout'], ['requests.failed.client-timeout']),
  count('truncated', ['classes.truncated'], ['requests.failed.truncated']),
  { ...count('sessions refused', ['sess.lostAfter'], ['sessions.refused']), window: 'after-action' },
  count('uploads missing', ['files.missing404'], ['uploads.not-found']),
  count('streams dropped', ['sse.drops'], ['connections.dropped']),
  { name: 'recovery', keys: ['times.recover'], metrics: ['recovery.time'], kind: 'time' },
  { name: 'marked DOWN', keys: ['times.detectDown'], metrics: ['detect.down'], kind: 'detection' },
  { name: 'marked UP', keys: ['times.backUp'], metrics: ['detect.up'], kind: 'detection' },
  { name: 'latency p50', keys: ['latAll.p50'], metrics: ['latency.p50'], kind: 'time' },
  { name: 'latency p95', keys: ['latAll.p95'], metrics: ['latency.p95'], kind: 'time' },
];

/** Counted once for every refusal instead of once for every session, and not measured again. */
const OLD_COUNT: Readonly<Record<string, string>> = { 'g01-kill1-n5-memory-rr': 'sess.lostAfter' };

/** Traffic before the first second that counts, where a script follows. */
const LEAD_IN_MS = 5000;

/**
 * The scenario as it was really run, which its own words leave open in three places:
 * - a process took `startupMs` and, before that, the start of its runtime on that machine, which was measured with it
 *   (`noise.bootMs`): `boot` is the time until it listens, so both belong to it;
 * - its users had signed in through the balancer and kept those connections open when the window began. Here they have
 *   used them: the script comes `LEAD_IN_MS` later, and the window with it. Queues that build up from the start
 *   (no script) are measured from the start;
 * - the load ended with the window, and whoever still waited was waited for: their answers were measured too
 *   (`total` is every arrival). Here a queue without a script has the client's time-out to empty, without arrivals.
 */
export function asItWasRun(m: Measurement): {
  scenario: MeasuredScenario;
  leadInMs: number;
  drainMs: number;
} {
  const { app, actions, load, durationS } = m.scenario;
  const scripted = actions.length > 0;
  const startup = app['startupMs'];
  const runtime = m.measured['noise.bootMs']?.med ?? 0;
  return {
    scenario: {
      ...m.scenario,
      app: { ...app, startupMs: (typeof startup === 'number' ? startup : 500) + runtime },
      actions: actions.map((a) => ({ ...a, at: Number(a['at']) + LEAD_IN_MS / 1000 })),
      load: scripted ? load : { ...load, endsAtS: durationS },
    },
    leadInMs: scripted ? LEAD_IN_MS : 0,
    drainMs: scripted ? 0 : Number(load['timeoutMs'] ?? 10_000),
  };
}

/** Simulates a measured scenario on many seeds and holds every quantity that both sides have against the measured one. */
export function compare(m: Measurement, { seeds, script = true }: CompareOptions): Comparison {
  const { scenario: words, leadInMs, drainMs } = asItWasRun(m);
  const { scenario, problems } = parseScenario(toCompose(words), m.name);
  if (scenario === null) throw new Error(`${m.name}: ${problems.map((p) => p.message).join('; ')}`);
  const to = leadInMs + m.scenario.durationS * 1000 + drainMs;
  const action = m.scenario.actions[0]?.['at'];
  const from = { window: leadInMs, action: leadInMs + Number(action ?? 0) * 1000 };
  const whole: Metrics[] = [];
  const after: Metrics[] = [];
  for (let k = 0; k < seeds; k++) {
    const run = createRun(scenario, scenario.seed + k);
    createDriver(run, script ? scenario.script : []).advance(to);
    whole.push(run.metrics(from.window, to));
    after.push(run.metrics(from.action, to));
  }
  const rows: Row[] = [];
  for (const q of QUANTITIES) {
    if (q.keys.some((key) => OLD_COUNT[m.name] === key)) continue;
    const measured = total(m, q);
    if (measured === null) continue;
    const values = (q.window === 'after-action' ? after : whole).flatMap((w) => sum(w, q.metrics));
    if (q.kind === 'detection' && values.length < seeds / 2) continue;
    rows.push(hold(q, measured, values));
  }
  return { name: m.name, rows, agrees: rows.every((r) => r.agrees) };
}

/** A sum of measured keys; an absent class did not occur. Null = not measured, or too seldom to compare. */
function total(m: Measurement, q: Quantity): Measured | null {
  const parts = q.keys.flatMap((key) => m.measured[key] ?? []);
  if (parts.length === 0)
    return q.keys.every((key) => key.startsWith('classes.')) ? { med: 0, min: 0, max: 0, n: m.reps } : null;
  const n = Math.max(...parts.map((p) => p.n));
  if (q.kind === 'detection' && n < m.reps / 2) return null;
  const add = (field: 'med' | 'min' | 'max'): number => parts.reduce((s, p) => s + p[field], 0);
  return { med: add('med'), min: add('min'), max: add('max'), n };
}

/** Empty if any of them is null: nothing to measure in this run. */
function sum(metrics: Metrics, names: readonly MetricName[]): number[] {
  let s = 0;
  for (const name of names) {
    const value = metrics[name];
    if (value === null) return [];
    s += value;
  }
  return [s];
}

/**
 * The measured median lies in the simulated 5-95 % band and the simulated median in the measured range, each widened by
 * 15 % of the measured median, at least 2 counts or 150 ms.
 */
function hold(q: Quantity, measured: Measured, values: readonly number[]): Row {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (p: number): number => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
  const simulated = { med: rank(0.5), p05: rank(0.05), p95: rank(0.95) };
  const slack = Math.max(0.15 * Math.abs(measured.med), q.kind === 'count' ? 2 : 150);
  const inside = (x: number, lo: number, hi: number): boolean => x >= lo - slack && x <= hi + slack;
  const agrees =
    inside(measured.med, simulated.p05, simulated.p95) && inside(simulated.med, measured.min, measured.max);
  return { quantity: q.name, measured, simulated, agrees };
}

/** What did not agree, a line each. */
export function missTable(comparisons: readonly Comparison[]): string {
  const cells = comparisons.flatMap((c) =>
    c.rows
      .filter((r) => !r.agrees)
      .map((r) => [
        c.name,
        r.quantity,
        `${round(r.measured.med)} (${round(r.measured.min)}-${round(r.measured.max)})`,
        `${round(r.simulated.med)} [${round(r.simulated.p05)}-${round(r.simulated.p95)}]`,
      ]),
  );
  const table = [['scenario', 'quantity', 'measured (range)', 'simulated [5-95 %]'], ...cells];
  const widths = [0, 1, 2, 3].map((k) => Math.max(...table.map((row) => (row[k] ?? '').length)));
  return table.map((row) => row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join('  ')).join('\n');
}

const round = (x: number): string => String(Math.round(x * 10) / 10);
