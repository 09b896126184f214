/** Decides conditions and reads measures against a run. */
import { COUNTERS, type Metrics } from '../../sim/metrics/names.ts';
import type { LoggedCommand } from '../../sim/run.ts';
import type { Anchor, Comparator, Condition, Expression, Measure, Window } from './condition.ts';
import { formatMetric, wanted } from './format.ts';

/** What a condition needs of a run; a `Run` gives it with `commands: run.commands()`. Times in ms. */
export interface Measurable {
  readonly now: number;
  readonly commands: readonly LoggedCommand[];
  metrics(fromMs: number, toMs: number): Metrics;
  /** Sums (counters) or last values (gauges) in `bins` equal bins of [from, to). */
  series(name: string, fromMs: number, toMs: number, bins: number): Float64Array;
}

/** `pending`: not decided yet, because a command or the window's end is still to come. */
export type Truth = 'pending' | 'true' | 'false';

export interface Evaluation {
  readonly state: Truth;
  /** What was measured in the comparison that decides. */
  readonly value: number | null;
  /** The same in words. */
  readonly text: string;
}

type Comparison = Extract<Expression, { kind: 'compare' }>;

/** A run counts in bins of this size, and windows are widened to whole bins. */
const BIN_MS = 100;
/** These can only grow, so a comparison may be decided before its window closes. */
const GROWING: ReadonlySet<string> = new Set<string>([...COUNTERS, 'requests.total']);

/** Whether the condition holds as of `source.now`. Never throws. */
export function evaluate(condition: Condition, source: Measurable): Evaluation {
  return decide(condition.expression, source);
}

/** The measured number, or null when its window has not begun or holds nothing to measure. */
export function measure(what: Measure, source: Measurable): number | null {
  const range = rangeOf(what.window, source);
  return range === null ? null : source.metrics(range.from, range.to)[what.metric];
}

/** How long a run must go on to decide: ms from its start, and ms from its last command. */
export function horizon(windows: readonly Window[]): { startMs: number; afterCommandMs: number } {
  let startMs = 0;
  let afterCommandMs = 0;
  for (const window of windows) {
    const ms = window.kind === 'during' ? window.toMs : window.kind === 'within' ? window.forMs : 0;
    if (window.anchor === null) startMs = Math.max(startMs, ms);
    else afterCommandMs = Math.max(afterCommandMs, ms);
  }
  return { startMs, afterCommandMs };
}

/** Every window of a condition, left to right. */
export function windowsOf(expression: Expression): Window[] {
  return expression.kind === 'compare' ? [expression.window] : expression.parts.flatMap(windowsOf);
}

function decide(expression: Expression, source: Measurable): Evaluation {
  if (expression.kind === 'compare') return compare(expression, source);
  const parts = expression.parts.map((part) => decide(part, source));
  const order: readonly Truth[] =
    expression.kind === 'and' ? ['false', 'pending', 'true'] : ['true', 'pending', 'false'];
  for (const state of order) {
    const deciding = parts.find((part) => part.state === state);
    if (deciding) return deciding;
  }
  return { state: 'pending', value: null, text: '' };
}

function compare(comparison: Comparison, source: Measurable): Evaluation {
  const range = rangeOf(comparison.window, source);
  if (range === null) return { state: 'pending', value: null, text: waitingFor(comparison.window, source) };
  if (comparison.window.kind === 'within') return watch(comparison, range, source);
  const { metric, comparator, bound } = comparison;
  const metrics = source.metrics(range.from, range.to);
  const value = metrics[metric];
  const limit = bound.kind === 'number' ? bound.value : times(metrics[bound.metric], bound.share);
  if (value === null || limit === null) {
    return {
      state: range.open ? 'pending' : 'false',
      value: null,
      text: `${metric}: nothing to measure${range.open ? ' yet' : ''}`,
    };
  }
  const holds = test(value, comparator, limit);
  const final =
    !range.open || (bound.kind === 'number' && GROWING.has(metric) && settled(value, comparator, limit));
  const said = `${metric} is ${formatMetric(metric, value)}${final ? '' : ' so far'}, ${wanted(metric, comparator, limit)}`;
  return { state: final ? (holds ? 'true' : 'false') : 'pending', value, text: said };
}

/** `within`: looks at the end of every bin for one where the comparison holds. */
function watch({ metric, comparator, bound }: Comparison, range: Range, source: Measurable): Evaluation {
  const limit = bound.kind === 'number' ? bound.value : 0;
  const bins = Math.floor((range.to - range.from) / BIN_MS);
  const values =
    bins > 0 ? source.series(metric, range.from, range.from + bins * BIN_MS, bins) : new Float64Array();
  const adds = GROWING.has(metric);
  let value: number | null = null;
  for (const [bin, amount] of values.entries()) {
    value = adds ? (value ?? 0) + amount : amount;
    if (test(value, comparator, limit)) {
      const after = Math.max(0, range.from + (bin + 1) * BIN_MS - range.anchorAt);
      return {
        state: 'true',
        value,
        text: `${metric} was ${formatMetric(metric, value)} after ${formatMetric('outage.longest', after)}`,
      };
    }
  }
  const measured =
    value === null ? `${metric}: nothing to measure yet` : `${metric} is ${formatMetric(metric, value)}`;
  return {
    state: range.open ? 'pending' : 'false',
    value,
    text: `${measured}, ${wanted(metric, comparator, limit)}`,
  };
}

interface Range {
  readonly anchorAt: number;
  readonly from: number;
  readonly to: number;
  /** The window goes on after now. */
  readonly open: boolean;
}

function rangeOf(window: Window, source: Measurable): Range | null {
  const anchorAt = window.anchor === null ? 0 : timeOf(window.anchor, source.commands);
  if (anchorAt === null) return null;
  const begin = anchorAt + (window.kind === 'during' ? window.fromMs : 0);
  if (begin > source.now) return null;
  const end =
    window.kind === 'since' ? source.now : anchorAt + (window.kind === 'during' ? window.toMs : window.forMs);
  const from = Math.floor(begin / BIN_MS) * BIN_MS;
  return {
    anchorAt,
    from,
    to: Math.min(source.now, Math.ceil(end / BIN_MS) * BIN_MS),
    open: end > source.now,
  };
}

/** When the anchor's command was carried out; refused ones do not count. */
function timeOf({ which, prefix }: Anchor, commands: readonly LoggedCommand[]): number | null {
  const matches = (entry: LoggedCommand): boolean =>
    entry.ok && entry.line.trim().replace(/\s+/g, ' ').startsWith(prefix);
  return (which === 'first' ? commands.find(matches) : commands.findLast(matches))?.at ?? null;
}

function waitingFor({ anchor, ...window }: Window, source: Measurable): string {
  if (anchor !== null && timeOf(anchor, source.commands) === null) {
    return anchor.prefix === '' ? 'waiting for a command' : `waiting for '${anchor.prefix}'`;
  }
  return `measured from ${formatMetric('outage.longest', window.kind === 'during' ? window.fromMs : 0)} on`;
}

const times = (value: number | null, share: number): number | null => (value === null ? null : value * share);

function test(value: number, comparator: Comparator, limit: number): boolean {
  switch (comparator) {
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** Can no larger value change the answer? */
function settled(value: number, comparator: Comparator, limit: number): boolean {
  return comparator === '>' || comparator === '<='
    ? value > limit
    : comparator === '>=' || comparator === '<'
      ? value >= limit
      : value > limit;
}
