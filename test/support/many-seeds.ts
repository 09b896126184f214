import { expect } from 'vitest';
import { createDriver } from '../../src/commands/driver.ts';
import { createRun } from '../../src/sim/create-run.ts';
import type { JournalEntry } from '../../src/sim/engine/journal-entry.ts';
import type { Scenario, TimedLine } from '../../src/sim/model/scenario.ts';
import type { Run } from '../../src/sim/run.ts';
import type { ContainerView } from '../../src/sim/view.ts';

/** A run of `scenario` on `seed` until `toMs`, with console lines at their times; a line that is refused is an error of the test. */
export function play(
  scenario: Scenario,
  seed: number,
  lines: readonly (readonly [number, string])[],
  toMs: number,
): Run {
  const run = createRun(scenario, seed);
  const driver = createDriver(
    run,
    lines.map(([at, line]): TimedLine => ({ at, do: line })),
  );
  driver.advance(toMs);
  expect(driver.problems).toEqual([]);
  expect(driver.log.filter((c) => !c.ok)).toEqual([]);
  return run;
}

/** A quantity on many seeds. `error` is the standard error of the mean. */
export interface Sample {
  readonly values: readonly number[];
  readonly mean: number;
  readonly error: number;
}

/** `f` on the seeds 1 … n. */
export function sample(n: number, f: (seed: number) => number): Sample {
  return summary(Array.from({ length: n }, (_, k) => f(k + 1)));
}

export function summary(values: readonly number[]): Sample {
  const n = values.length;
  const mean = values.reduce((s, v) => s + v, 0) / n;
  const variance = values.reduce((s, v) => s + (v - mean) * (v - mean), 0) / Math.max(1, n - 1);
  return { values, mean, error: Math.sqrt(variance / n) };
}

/** The mean lies within four standard errors of `expected`; `slack` is what hops and whole milliseconds add. */
export function expectMean(s: Sample, expected: number, slack = 0): void {
  expect(s.mean).toBeGreaterThan(expected - 4 * s.error - slack - 1e-9);
  expect(s.mean).toBeLessThan(expected + 4 * s.error + slack + 1e-9);
}

/** All values in [lo, hi] and spread evenly over it: each quarter of the interval holds its share (four standard errors). */
export function expectUniform(s: Sample, lo: number, hi: number, slack = 2): void {
  const n = s.values.length;
  const spread = 4 * Math.sqrt((0.25 * 0.75) / n);
  for (const v of s.values) {
    expect(v).toBeGreaterThanOrEqual(lo - slack);
    expect(v).toBeLessThanOrEqual(hi + slack);
  }
  for (let q = 0; q < 4; q++) {
    const from = lo + ((hi - lo) * q) / 4;
    const to = lo + ((hi - lo) * (q + 1)) / 4;
    const share = s.values.filter((v) => v - slack / 2 >= from && v - slack / 2 < to).length / n;
    expect(Math.abs(share - 0.25)).toBeLessThan(spread + 0.02);
  }
}

/** Every journal entry so far. */
export const entries = (run: Run): JournalEntry[] => run.journal(0, run.journalLength());

/** A container that must exist. */
export function container(run: Run, name: string): ContainerView {
  const c = run.view().containers.find((k) => k.name === name);
  if (c === undefined) throw new Error(`no container ${name}`);
  return c;
}
