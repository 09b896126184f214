/** What a lesson's text holds, found once: what each step asks, and what is to be watched on each scene. */
import type { Condition, Measure } from '../lesson/condition/condition.ts';
import type { Do, Experiment, Lesson, LessonNode } from '../lesson/lesson.ts';
import { GOAL_KEY, type StepFacts } from './lesson-flow.ts';

/** A condition or measure of the text, to be watched once its experiment has been made. */
export interface Watched {
  readonly key: string;
  readonly scene: string;
  readonly experiment: Experiment | null;
  readonly condition: Condition | null;
  readonly measure: Measure | null;
}

export interface LessonIndex {
  readonly steps: readonly StepFacts[];
  readonly dos: readonly Do[];
  readonly watched: readonly Watched[];
  /** Key of a claim, prediction, goal or value among what is observed and measured. */
  keyOf(node: LessonNode): string;
  /** Gated predictions that stand before this button in its step: what was passed by on an earlier page stops nobody. */
  gatesBefore(id: string): readonly string[];
}

export function indexLesson(lesson: Lesson): LessonIndex {
  const keys = new Map<LessonNode, string>();
  const dos: Do[] = [];
  const watched: Watched[] = [];
  const gates = new Map<string, readonly string[]>();
  let gatesSoFar: readonly string[] = [];

  function watch(node: LessonNode, key: string, found: Omit<Watched, 'key'>): void {
    keys.set(node, key);
    watched.push({ key, ...found });
  }

  function meet(node: LessonNode): void {
    if (typeof node === 'string') return;
    switch (node.kind) {
      case 'do':
        dos.push(node);
        gates.set(node.id, gatesSoFar);
        return;
      case 'predict': {
        const { scene, experiment, answer } = node;
        if (node.gate) gatesSoFar = [...gatesSoFar, node.id];
        const isChoice = answer.kind === 'choice';
        watch(node, node.id, {
          scene,
          experiment,
          condition: isChoice ? answer.when : null,
          measure: isChoice ? null : answer.measure,
        });
        return;
      }
      case 'claim':
        watch(node, node.id, {
          scene: node.scene,
          experiment: node.experiment,
          condition: node.when,
          measure: null,
        });
        return;
      case 'goal':
        watch(node, GOAL_KEY, { scene: node.scene, experiment: null, condition: node.when, measure: null });
        return;
      case 'value':
        watch(node, `value ${watched.length}`, {
          scene: node.scene,
          experiment: node.experiment,
          condition: null,
          measure: node.measure,
        });
        return;
      case 'element':
      case 'show':
      case 'code':
      case 'only':
      case 'why':
        return;
    }
  }

  const steps = lesson.steps.map((step): StepFacts => {
    gatesSoFar = [];
    const nodes = [...walk(step.nodes)];
    nodes.forEach(meet);
    const of = (kind: string): string[] =>
      nodes.flatMap((node) => (typeof node !== 'string' && node.kind === kind ? [keys.get(node) ?? ''] : []));
    return {
      predictions: of('predict'),
      gates: gatesSoFar,
      dos: nodes.flatMap((node) => (typeof node !== 'string' && node.kind === 'do' ? [node.id] : [])),
      observations: of('claim'),
      hasGoal: of('goal').length > 0,
    };
  });

  return {
    steps,
    dos,
    watched,
    keyOf: (node) => keys.get(node) ?? '',
    gatesBefore: (id) => gates.get(id) ?? [],
  };
}

/** Every node in reading order, parents before what is in them. */
function* walk(nodes: readonly LessonNode[]): Generator<LessonNode> {
  for (const node of nodes) {
    yield node;
    if (typeof node !== 'string' && 'children' in node) yield* walk(node.children);
  }
}
