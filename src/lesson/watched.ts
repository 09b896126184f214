/** What of a lesson can be true or false in a run: claims, numbers in the text, and the answers to predictions. */
import type { Condition, Measure, Window } from './condition/condition.ts';
import { evaluate, measure, windowsOf, type Measurable } from './condition/evaluate.ts';
import type { Experiment, Lesson, LessonNode, Often } from './lesson.ts';
import { walkNodes } from './walk.ts';

/** One of them. */
export interface Watched {
  readonly what: string;
  readonly often: Often;
  /** The parts of the run that it is about. */
  readonly windows: readonly Window[];
  readonly look: (run: Measurable) => { readonly seen: boolean; readonly text: string };
}

/** Everything to be watched, by the experiment in which it is. */
export function watchedByExperiment(lesson: Lesson): { experiment: Experiment; watched: Watched[] }[] {
  const groups = new Map<string, { experiment: Experiment; watched: Watched[] }>();
  for (const node of walkNodes(lesson.steps.flatMap((step) => step.nodes))) {
    const watched = watchedIn(node);
    if (watched === null || !('experiment' in node)) continue;
    const key = [node.experiment.scene, ...node.experiment.dos].join(' ');
    const group = groups.get(key) ?? { experiment: node.experiment, watched: [] };
    group.watched.push(watched);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function watchedIn(node: Exclude<LessonNode, string>): Watched | null {
  if (node.kind === 'claim') return decided(`claim ${node.id} holds`, node.often, node.when);
  if (node.kind === 'value') return measured(`'${node.measure.source}' can be measured`, node.measure);
  if (node.kind !== 'predict') return null;
  const { answer, id } = node;
  if (answer.kind === 'choice') return decided(`the answer to ${id} is right`, 'always', answer.when);
  const { min, max } = answer;
  return measured(
    `the answer to ${id} is between ${min} and ${max}`,
    answer.measure,
    (value) => value >= min && value <= max,
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

function measured(what: string, of: Measure, fits: (value: number) => boolean = () => true): Watched {
  return {
    what,
    often: 'always',
    windows: [of.window],
    look(run) {
      const value = measure(of, run);
      return { seen: value !== null && fits(value), text: `${of.source} is ${value ?? 'nothing'}` };
    },
  };
}
