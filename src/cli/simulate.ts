/** One run of a scenario, from start to end, as plain data. */
import { createDriver } from '../commands/driver.ts';
import { createReconfigure } from '../scenario/reconfigure.ts';
import { parseScenario } from '../scenario/parse.ts';
import { createRun } from '../sim/create-run.ts';
import type { Metrics } from '../sim/metrics/names.ts';
import type { TimedLine } from '../sim/model/scenario.ts';

/** What a worker needs to run some seeds; plain data. */
export interface Job {
  readonly text: string;
  readonly file: string;
  readonly overrides: readonly string[];
  /** The scenario's script and the lines of `--do`, in the order given. */
  readonly lines: readonly TimedLine[];
  readonly untilMs: number;
  /** Window of the metrics. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RunResult {
  readonly seed: number;
  readonly hash: string;
  readonly metrics: Metrics;
  readonly commands: readonly {
    readonly at: number;
    readonly do: string;
    readonly ok: boolean;
    readonly answer: string;
  }[];
}

/** Reads the job's scenario once and runs it with any seed. Throws when its text is no scenario: the caller has checked it. */
export function createSimulator(job: Job): (seed: number) => RunResult {
  const { scenario, problems } = parseScenario(job.text, job.file, job.overrides);
  if (!scenario) throw new Error(problems[0]?.message ?? 'no scenario');
  const reconfigure = createReconfigure(job.text, job.file, job.overrides);
  return (seed) => {
    const run = createRun(scenario, seed);
    const driver = createDriver(run, job.lines, reconfigure);
    driver.advance(job.untilMs);
    return {
      seed,
      hash: run.hash(),
      metrics: run.metrics(job.fromMs, job.toMs),
      commands: driver.log.map(({ at, line, ok, answer }) => ({ at, do: line, ok, answer })),
    };
  };
}
