/** A scene of a lesson as a run: opened, driven, measured. */
import { createDriver } from '../commands/driver.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario, TimedLine } from '../sim/model/scenario.ts';
import type { CreateRun, Run } from '../sim/run.ts';
import type { Measurable } from './condition/evaluate.ts';
import type { Lesson } from './lesson.ts';
import { formatProblem } from './problem.ts';

export interface Stage {
  readonly scenario: Scenario;
  /** The scenario with further `path=value` overrides. */
  readonly reconfigure: (assignments: readonly string[]) => Scenario | { readonly message: string };
}

/** A scene with overrides, or what is wrong with it. */
export function openStage(lesson: Lesson, name: string, set: readonly string[]): Stage | string {
  const scene = lesson.scenes.find((candidate) => candidate.name === name);
  if (scene === undefined) return `there is no scenario '${name}'`;
  const read = (overrides: readonly string[]): Scenario | { readonly message: string } => {
    const { scenario, problems } = parseScenario(scene.text, scene.file, overrides);
    return scenario ?? { message: problems.map(formatProblem).join('\n') };
  };
  const scenario = read(set);
  if ('message' in scenario) return scenario.message;
  return { scenario, reconfigure: (assignments) => read([...set, ...assignments]) };
}

/** What conditions are decided against. */
export function measurable(run: Run): Measurable {
  return {
    now: run.now,
    commands: run.commands(),
    metrics: (from, to) => run.metrics(from, to),
    series: (name, from, to, bins) => run.series(name, from, to, bins),
  };
}

export interface Played {
  readonly run: Run;
  /** The first line that its tool refused, with the answer; null when all were carried out. */
  readonly refused: string | null;
}

/**
 * Plays the scenario's own script and `lines` until `untilMs`. With `everyMs`, `glance` sees the run at each such step
 * and at the end.
 */
export function play(
  stage: Stage,
  lines: readonly TimedLine[],
  untilMs: number,
  seed: number,
  createRun: CreateRun,
  everyMs = untilMs,
  glance: (run: Measurable) => void = () => undefined,
): Played {
  const run = createRun(stage.scenario, seed);
  const driver = createDriver(run, [...stage.scenario.script, ...lines], stage.reconfigure);
  for (let t = everyMs; t < untilMs; t += everyMs) {
    driver.advance(t);
    glance(measurable(run));
  }
  driver.advance(untilMs);
  glance(measurable(run));
  const refusal = driver.log.find(({ ok }) => !ok);
  return { run, refused: refusal ? `'${refusal.line}' was refused: ${refusal.answer}` : null };
}
