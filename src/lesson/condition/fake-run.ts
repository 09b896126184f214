/** A run with prescribed numbers, for tests of conditions. */
import { METRICS, type Metrics } from '../../sim/metrics/names.ts';
import type { LoggedCommand } from '../../sim/run.ts';
import type { Measurable } from './evaluate.ts';

/** `steps` lists [time in ms, metric, new value of a gauge or amount added to a counter]. */
export interface FakeRun {
  readonly now: number;
  readonly commands?: readonly (readonly [number, string] | readonly [number, string, 'refused'])[];
  readonly steps?: readonly (readonly [number, string, number])[];
  readonly gauges?: readonly string[];
}

/** A `Measurable` that answers from the list; metrics that the list does not name are null. */
export function fakeRun({
  now,
  commands = [],
  steps = [],
  gauges = ['containers.running', 'sessions.held'],
}: FakeRun): Measurable {
  const read = (name: string, from: number, to: number): number | null => {
    if (!steps.some(([, metric]) => metric === name)) return null;
    const seen = steps.filter(([at, metric]) => metric === name && at < to);
    if (gauges.includes(name)) return seen.at(-1)?.[2] ?? 0;
    return seen.filter(([at]) => at >= from).reduce((sum, [, , amount]) => sum + amount, 0);
  };
  return {
    now,
    commands: commands.map(([at, line, refused]): LoggedCommand => ({
      at,
      line,
      ok: refused === undefined,
      answer: '',
    })),
    metrics: (from, to) => Object.fromEntries(METRICS.map((name) => [name, read(name, from, to)])) as Metrics,
    series(name, from, to, bins) {
      const width = (to - from) / bins;
      return Float64Array.from(
        { length: bins },
        (_, bin) => read(name, from + bin * width, from + (bin + 1) * width) ?? 0,
      );
    },
  };
}
