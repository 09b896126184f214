/**
 * Plays a lesson headless on many seeds: the solution must reach the goal, the untouched start and the ablation must
 * not, every claim must hold as often as it says, every answer must be right and every number measurable.
 */
import type { TimedLine } from '../sim/model/scenario.ts';
import type { CreateRun } from '../sim/run.ts';
import { evaluate, horizon } from './condition/evaluate.ts';
import { judged, type Check, type Sighting } from './judging.ts';
import type { Do, Experiment, Lesson, Plan } from './lesson.ts';
import { measurable, openStage, play, type Stage } from './stage.ts';
import { walkNodes } from './walk.ts';
import { watchedByExperiment, type Watched } from './watched.ts';

export interface ReplayOptions {
  /** How many seeds: the scenario's own, + 1, … */
  readonly seeds: number;
  readonly createRun: CreateRun;
}

/** How long an experiment is watched after its last command, when no window asks for longer. */
const AFTERMATH_MS = 15_000;
/** The goal is looked at this often, as the player does: reaching it for a moment counts. */
const GLANCE_MS = 1000;

/** Every check of a lesson, in the order of the header above. */
export function replayLesson(lesson: Lesson, options: ReplayOptions): Check[] {
  const buttons = new Map<string, Do>();
  for (const node of walkNodes(lesson.steps.flatMap((step) => step.nodes))) {
    if (node.kind === 'do') buttons.set(node.id, node);
  }
  return [
    ...goalChecks(lesson, options),
    ...watchedByExperiment(lesson).flatMap(({ experiment, watched }) => {
      const stage = openStage(lesson, experiment.scene, []);
      if (typeof stage === 'string') return watched.map(({ what, often }) => judged(what, often, stage));
      return experimentChecks(stage, timeline(experiment, buttons), watched, options);
    }),
  ];
}

function goalChecks(lesson: Lesson, options: ReplayOptions): Check[] {
  const { goal, solution, ablation } = lesson;
  const start: Plan = { ...solution, scene: goal.scene, set: [], do: [] };
  const played = (plan: Plan): Sighting[] | string => {
    const stage = openStage(lesson, plan.scene, plan.set);
    if (typeof stage === 'string') return stage;
    return seedsOf(stage, options).map((seed) => ({
      seed,
      ...reaches(lesson, stage, plan, seed, options.createRun),
    }));
  };
  return [
    judged('the solution reaches the goal', 'always', played(solution)),
    judged('the untouched start does not reach the goal', 'never', played(start)),
    judged('the ablation does not reach the goal', 'never', played(ablation)),
  ];
}

function reaches(
  { goal }: Lesson,
  stage: Stage,
  plan: Plan,
  seed: number,
  createRun: CreateRun,
): Omit<Sighting, 'seed'> {
  let reached = false;
  const { run, refused } = play(stage, plan.do, plan.untilMs, seed, createRun, GLANCE_MS, (glance) => {
    reached ||= evaluate(goal.when, glance).state === 'true';
  });
  if (refused !== null) return { seen: reached, text: refused, broken: true };
  return { seen: reached, text: evaluate(goal.when, measurable(run)).text };
}

function experimentChecks(
  stage: Stage,
  lines: readonly TimedLine[],
  watched: readonly Watched[],
  options: ReplayOptions,
): Check[] {
  const { startMs, afterCommandMs } = horizon(watched.flatMap(({ windows }) => windows));
  const lastMs = lines.at(-1)?.at ?? 0;
  const untilMs = Math.max(startMs, lastMs + Math.max(afterCommandMs, AFTERMATH_MS));
  const sightings = watched.map((): Sighting[] => []);
  for (const seed of seedsOf(stage, options)) {
    const { run, refused } = play(stage, lines, untilMs, seed, options.createRun);
    const source = measurable(run);
    for (const [index, { look }] of watched.entries()) {
      const sighting = refused === null ? look(source) : { seen: false, text: refused, broken: true };
      sightings[index]?.push({ seed, ...sighting });
    }
  }
  return watched.map(({ what, often }, index) => judged(what, often, sightings[index] ?? []));
}

/** The buttons' lines at the times at which a replay presses them. */
function timeline({ dos }: Experiment, buttons: ReadonlyMap<string, Do>): TimedLine[] {
  let at = 0;
  return dos.flatMap((id) => {
    const button = buttons.get(id);
    at += button?.waitMs ?? 0;
    return (button?.lines ?? []).map((line) => ({ at, do: line }));
  });
}

function seedsOf(stage: Stage, { seeds }: ReplayOptions): number[] {
  return Array.from({ length: seeds }, (_, index) => stage.scenario.seed + index);
}
