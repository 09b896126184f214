/**
 * Plays a lesson headless on many seeds: the solution must reach the goal, the untouched start and the ablation must
 * not, every claim must hold as often as it says, every answer must be right and every number measurable.
 */
import type { CreateRun } from '../sim/run.ts';
import type { Condition, Measure, Window } from './condition/condition.ts';
import { evaluate, horizon, measure, windowsOf } from './condition/evaluate.ts';
import type { Do, Experiment, Lesson, LessonNode, Often } from './lesson.ts';
import { measurable, openStage, play, type Stage } from './stage.ts';
import { walkNodes } from './walk.ts';

export interface ReplayOptions {
  /** How many seeds: the scenario's own, + 1, … */
  readonly seeds: number;
  readonly createRun: CreateRun;
}

/** One thing that was demanded of the lesson, and how it came out. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  /** On how many seeds what was watched for happened. */
  readonly times: number;
  readonly seeds: number;
  /** Why not, from the first seed that failed; '' when all is well. */
  readonly why: string;
}

/** What one seed showed. */
interface Sighting {
  readonly seen: boolean;
  readonly text: string;
  /** The run was not the one that the lesson means: a command was refused. */
  readonly broken?: boolean;
}

/** `usually` is this share of seeds at least. */
const USUALLY = 0.8;
/** How long an experiment is watched after its last command, when no window asks for longer. */
const AFTERMATH_MS = 15_000;
/** The goal is looked at this often, as the player does: reaching it for a moment counts. */
const GLANCE_MS = 1000;

/** Every check of a lesson, in the order of the header above. */
export function replayLesson(lesson: Lesson, options: ReplayOptions): Check[] {
  return [...goalChecks(lesson, options), ...experimentChecks(lesson, options)];
}

function goalChecks(lesson: Lesson, options: ReplayOptions): Check[] {
  const { goal, solution, ablation } = lesson;
  const start = { ...solution, scene: goal.scene, set: [], do: [] };
  const reach = (plan: typeof solution): Sighting[] | string => {
    const stage = openStage(lesson, plan.scene, plan.set);
    return typeof stage === 'string'
      ? stage
      : eachSeed(stage, options, (seed) => reaches(stage, plan, goal.when, seed, options.createRun));
  };
  return [
    judged('the solution reaches the goal', 'always', reach(solution)),
    judged('the untouched start does not reach the goal', 'never', reach(start)),
    judged('the ablation does not reach the goal', 'never', reach(ablation)),
  ];
}

function reaches(
  stage: Stage,
  plan: Lesson['solution'],
  goal: Condition,
  seed: number,
  createRun: CreateRun,
): Sighting {
  let reached = false;
  const run = play(stage, plan.do, plan.untilMs, seed, createRun, GLANCE_MS, (glance) => {
    reached ||= evaluate(goal, glance).state === 'true';
  });
  if (run.refused !== null) return { seen: false, text: run.refused, broken: true };
  return { seen: reached, text: evaluate(goal, measurable(run.run)).text };
}

/** What is watched in one experiment. */
interface Watched {
  readonly what: string;
  readonly often: Often;
  readonly windows: readonly Window[];
  readonly look: (stage: ReturnType<typeof measurable>) => Sighting;
}

function experimentChecks(lesson: Lesson, options: ReplayOptions): Check[] {
  const nodes = [...walkNodes(lesson.steps.flatMap((step) => step.nodes))];
  const buttons = new Map(nodes.flatMap((node) => (node.kind === 'do' ? [[node.id, node] as const] : [])));
  const groups = new Map<string, { experiment: Experiment; watched: Watched[] }>();
  for (const node of nodes) {
    const watched = watchedIn(node);
    if (watched === null || !('experiment' in node)) continue;
    const key = [node.experiment.scene, ...node.experiment.dos].join(' ');
    const group = groups.get(key) ?? { experiment: node.experiment, watched: [] };
    group.watched.push(watched);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ experiment, watched }) =>
    experimentCheck(lesson, experiment, watched, buttons, options),
  );
}

function watchedIn(node: Exclude<LessonNode, string>): Watched | null {
  if (node.kind === 'claim') return decided(`claim ${node.id} holds`, node.often, node.when);
  if (node.kind === 'value') return measured(`'${node.measure.source}' can be measured`, node.measure);
  if (node.kind !== 'predict') return null;
  const { answer, id } = node;
  if (answer.kind === 'choice') return decided(`the answer to ${id} is right`, 'always', answer.when);
  return measured(
    `the answer to ${id} can be measured`,
    answer.measure,
    (value) => value >= answer.min && value <= answer.max,
  );
}

function decided(what: string, often: Often, when: Condition): Watched {
  return {
    what,
    often,
    windows: windowsOf(when.expression),
    look(run) {
      const { state, text } = evaluate(when, run);
      return { seen: state === 'true', text };
    },
  };
}

function measured(what: string, measuredAs: Measure, fits: (value: number) => boolean = () => true): Watched {
  return {
    what,
    often: 'always',
    windows: [measuredAs.window],
    look(run) {
      const value = measure(measuredAs, run);
      return { seen: value !== null && fits(value), text: `${measuredAs.source} is ${value ?? 'nothing'}` };
    },
  };
}

function experimentCheck(
  lesson: Lesson,
  { scene, dos }: Experiment,
  watched: readonly Watched[],
  buttons: ReadonlyMap<string, Do>,
  options: ReplayOptions,
): Check[] {
  const stage = openStage(lesson, scene, []);
  if (typeof stage === 'string') return watched.map(({ what, often }) => judged(what, often, stage));
  let at = 0;
  const lines = dos.flatMap((id) => {
    const button = buttons.get(id);
    at += button?.waitMs ?? 0;
    return (button?.lines ?? []).map((line) => ({ at, do: line }));
  });
  const { startMs, afterCommandMs } = horizon(watched.flatMap(({ windows }) => windows));
  const untilMs = Math.max(startMs, at + Math.max(afterCommandMs, AFTERMATH_MS));
  const perSeed = eachSeed(stage, options, (seed) => {
    const { run, refused } = play(stage, lines, untilMs, seed, options.createRun);
    const source = measurable(run);
    return watched.map(({ look }) =>
      refused === null ? look(source) : { seen: false, text: refused, broken: true },
    );
  });
  return watched.map(({ what, often }, index) =>
    judged(
      what,
      often,
      perSeed.map((sightings) => sightings[index] ?? { seen: false, text: '' }),
    ),
  );
}

function eachSeed<T>(stage: Stage, { seeds }: ReplayOptions, look: (seed: number) => T): T[] {
  return Array.from({ length: seeds }, (_, index) => look(stage.scenario.seed + index));
}

function judged(what: string, often: Often | 'never', sightings: readonly Sighting[] | string): Check {
  if (typeof sightings === 'string') return { what, ok: false, times: 0, seeds: 0, why: sightings };
  const seeds = sightings.length;
  const times = sightings.filter(({ seen }) => seen).length;
  const enough: Readonly<Record<Often | 'never', boolean>> = {
    always: times === seeds,
    usually: times >= USUALLY * seeds,
    sometimes: times > 0 && times < seeds,
    never: times === 0,
  };
  const broken = sightings.findIndex((sighting) => sighting.broken === true);
  const odd = sightings.findIndex(({ seen }) => seen === (often === 'never'));
  const culprit = Math.max(0, broken >= 0 ? broken : odd);
  const ok = enough[often] && broken < 0;
  const words = often === 'always' || often === 'never' ? what : `${what} ${often}`;
  return {
    what: words,
    ok,
    times,
    seeds,
    why: ok ? '' : `seed + ${culprit}: ${sightings[culprit]?.text ?? ''}`,
  };
}
