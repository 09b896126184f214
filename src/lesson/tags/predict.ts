import type { Node } from '@markdoc/markdoc';
import type { LessonNode, PredictAnswer } from '../lesson.ts';
import { text, type Reading } from '../reading.ts';
import { ID, type TagSpec } from './tag-spec.ts';

export const PREDICT: TagSpec = {
  name: 'predict',
  about:
    'A question before the act. Choices are a list (`- a: All of them`) with `answer="a"` and `when`, which must hold for that answer; a number has `measure` and `tolerance`. `gate=true` makes the buttons that follow wait.',
  block: true,
  attributes: {
    id: ID,
    gate: { type: Boolean },
    of: { type: String },
    answer: { type: String },
    when: { type: String },
    measure: { type: String },
    tolerance: { type: Number },
    min: { type: Number },
    max: { type: Number },
  },
  build(tag, reading) {
    const experiment = reading.experiment(tag, true);
    const list = tag.children.findLast((child) => child.type === 'list');
    const numeric = tag.attributes.measure !== undefined;
    const answer = numeric ? numberAnswer(tag, reading) : choiceAnswer(tag, list, reading);
    const children = reading.children(
      numeric ? tag.children : tag.children.filter((child) => child !== list),
    );
    if (children.length === 0) return reading.fault(tag, 'a prediction needs its question');
    if (answer === null || experiment === null) return null;
    return {
      kind: 'predict',
      id: text(tag, 'id'),
      scene: experiment.scene,
      gate: tag.attributes.gate === true,
      answer,
      experiment,
      children,
    };
  },
};

function choiceAnswer(tag: Node, list: Node | undefined, reading: Reading): PredictAnswer | null {
  const key = text(tag, 'answer');
  if (list === undefined)
    return reading.fault(tag, 'a prediction needs choices (\'- a: All of them\') or measure="…"');
  if (key === '') return reading.fault(tag, 'a prediction needs answer="…", the letter of the right choice');
  if (text(tag, 'when') === '')
    return reading.fault(
      tag,
      'a prediction needs when="…", what the run must show for its answer to be right',
    );
  const choices: { key: string; children: LessonNode[] }[] = [];
  for (const item of list.children) {
    const [first, ...rest] = reading.children(item.children);
    const match = typeof first === 'string' ? /^([a-z]):\s*(.*)$/s.exec(first) : null;
    if (match === null) return reading.fault(item, "a choice begins with its letter: '- a: All of them'");
    const letter = match[1] ?? '';
    if (choices.some((choice) => choice.key === letter))
      return reading.fault(item, `choice '${letter}' is there twice`);
    choices.push({ key: letter, children: [match[2] ?? '', ...rest].filter((child) => child !== '') });
  }
  if (!choices.some((choice) => choice.key === key)) {
    return reading.fault(
      tag,
      `answer "${key}" is none of the choices ${choices.map((choice) => choice.key).join(', ')}`,
      'answer',
    );
  }
  const when = reading.condition(tag, 'when');
  return when === null ? null : { kind: 'choice', choices, key, when };
}

function numberAnswer(tag: Node, reading: Reading): PredictAnswer | null {
  const {
    tolerance,
    min = 0,
    max = 100,
  } = tag.attributes as { tolerance?: number; min?: number; max?: number };
  if (tag.attributes.answer !== undefined)
    return reading.fault(tag, 'a prediction has either answer="…" or measure="…"', 'answer');
  if (tolerance === undefined)
    return reading.fault(tag, 'a number needs tolerance=…, how far off a guess may be');
  const measure = reading.measure(tag, 'measure');
  return measure === null ? null : { kind: 'number', measure, tolerance, min, max };
}
