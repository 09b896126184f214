/** What the runner prints: one JSON object, or a table to read. */
import { formatDuration } from '../commands/duration.ts';
import { METRICS, type MetricName, type Metrics } from '../sim/metrics/names.ts';
import type { RunResult } from './simulate.ts';
import { summarize, type Spread } from './summary.ts';

export interface Outcome {
  /** Name of the scenario. */
  readonly scenario: string;
  readonly untilMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly notes: readonly string[];
  readonly runs: readonly RunResult[];
}

/** The contract of `--json`; every metric is there, in one order. */
export function toJson({ scenario, untilMs, notes, runs }: Outcome): string {
  const ordered = runs.map(({ seed, hash, metrics, commands }) => ({
    seed,
    hash,
    metrics: inOrder(metrics),
    commands,
  }));
  return JSON.stringify(
    {
      schema: 1,
      scenario,
      untilMs,
      notes,
      runs: ordered,
      summary: summarize(runs.map(({ metrics }) => metrics)),
    },
    null,
    2,
  );
}

function inOrder(metrics: Metrics): Record<string, number | null> {
  return Object.fromEntries(METRICS.map((name) => [name, metrics[name]]));
}

export function toTable(outcome: Outcome): string {
  const { scenario, untilMs, fromMs, toMs, notes, runs } = outcome;
  const [first] = runs;
  const window =
    fromMs === 0 && toMs === untilMs
      ? ''
      : `, measured from ${formatDuration(fromMs)} to ${formatDuration(toMs)}`;
  const one = runs.length === 1 && first;
  const head = one ? `seed ${first.seed}, hash ${first.hash}` : `${runs.length} seeds from ${first?.seed}`;
  return [
    `${scenario}: ${formatDuration(untilMs)}, ${head}${window}`,
    ...notes.map((note) => `note: ${note}`),
    ...(first && first.commands.length > 0 ? ['', ...first.commands.flatMap(commandLines)] : []),
    '',
    ...(one ? single(first.metrics) : spread(summarize(runs.map(({ metrics }) => metrics)))),
  ].join('\n');
}

function commandLines({ at, do: line, ok, answer }: RunResult['commands'][number]): string[] {
  const answers = answer === '' ? [] : answer.split('\n').map((text) => `    ${text}`);
  return [`${formatDuration(at).padStart(8)}  ${line}${ok ? '' : '  (refused)'}`, ...answers];
}

/** Metrics that hold something; a table of zeros hides them. */
function single(metrics: Metrics): string[] {
  return METRICS.filter((name) => worthShowing(name, metrics[name])).map((name) =>
    row(name, [metrics[name]]),
  );
}

function spread(summary: Readonly<Record<MetricName, Spread>>): string[] {
  const shown = METRICS.filter(
    (name) => worthShowing(name, summary[name].p95) || worthShowing(name, summary[name].p05),
  );
  return [
    `${''.padEnd(30)}${['median', 'p05', 'p95'].map((word) => word.padStart(11)).join('')}`,
    ...shown.map((name) => row(name, Object.values(summary[name]))),
  ];
}

function worthShowing(name: MetricName, value: number | null): boolean {
  const always: readonly MetricName[] = [
    'requests.total',
    'requests.ok',
    'requests.failed',
    'sessions.lost',
    'sessions.missed',
    'availability',
    'outage.longest',
  ];
  return always.includes(name) || (value !== null && value !== 0);
}

const row = (name: string, values: readonly (number | null)[]): string =>
  `${name.padEnd(30)}${values.map((value) => show(value).padStart(11)).join('')}`;

/** Four significant digits are enough to read. */
function show(value: number | null): string {
  if (value === null) return 'null';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
