import { describe, expect, test } from 'vitest';
import { compileLesson } from './compile.ts';
import { LESSON, LESSON_FILE, lessonInput } from './fixture.ts';
import type { Lesson } from './lesson.ts';
import { formatProblem } from './problem.ts';
import { walkNodes } from './walk.ts';

function compiled(): Lesson {
  const { lesson, problems } = compileLesson(lessonInput());
  expect(problems.map(formatProblem)).toEqual([]);
  if (lesson === null) throw new Error('no lesson');
  return lesson;
}

describe('a sound lesson', () => {
  test('has its head', () => {
    expect(compiled()).toMatchObject({
      id: 'two-herds',
      number: 2,
      lang: 'en',
      title: 'Two herds',
      part: 'The idea',
      minutes: 5,
      controls: ['Kill'],
      sources: ['S-44', 'C-3'],
      scenes: [
        {
          name: 'memory',
          file: 'lessons/scenarios/memory.compose.yaml',
          text: expect.stringContaining('name: shop'),
        },
        { name: 'shared', file: 'lessons/en/02-two-herds/shared.compose.yaml' },
      ],
    });
  });

  test('is cut at its headings and follows its scenes', () => {
    expect(compiled().steps.map(({ title, scene }) => [title, scene])).toEqual([
      ['Two herds', 'memory'],
      ['Guess', 'memory'],
      ['Try', 'memory'],
      ['Again, elsewhere', 'shared'],
    ]);
    expect(compiled().steps[0]?.nodes).toEqual([
      {
        kind: 'element',
        name: 'p',
        children: ['What happens to ', { kind: 'element', name: 'code', children: ['sessions'] }, '?'],
      },
    ]);
  });

  test('measures a prediction after the next button and a claim after the last', () => {
    const nodes = [...walkNodes(compiled().steps.flatMap((step) => step.nodes))];
    const experiments = nodes.flatMap((node) =>
      'experiment' in node ? [[node.kind, node.experiment.scene, ...node.experiment.dos]] : [],
    );
    expect(experiments).toEqual([
      ['predict', 'memory', 'kill'],
      ['claim', 'memory', 'kill'],
      ['value', 'memory', 'kill'],
      ['claim', 'shared', 'kill-again'],
    ]);
  });

  test('reads choices with their letters', () => {
    const predict = [...walkNodes(compiled().steps.flatMap((step) => step.nodes))].find(
      (node) => node.kind === 'predict',
    );
    expect(predict).toMatchObject({
      gate: true,
      children: [{ name: 'p', children: ['How many are lost?'] }],
      answer: {
        key: 'b',
        choices: [
          { key: 'a', children: ['None'] },
          { key: 'b', children: ['Some, ', { name: 'strong' }] },
        ],
      },
    });
  });

  test('marks lines of code', () => {
    const code = [...walkNodes(compiled().steps.flatMap((step) => step.nodes))].find(
      (node) => node.kind === 'code',
    );
    expect(code).toMatchObject({ title: 'compose.yaml', language: 'yaml', verdict: 'right' });
    expect(code?.kind === 'code' && code.lines.map((line) => line.marked)).toEqual([true, false, true, true]);
  });

  test('has its plans, played in the scene of the goal unless they name one', () => {
    const { solution, ablation } = compiled();
    expect(solution).toEqual({
      file: 'lessons/en/02-two-herds/solution.yaml',
      scene: 'shared',
      set: [],
      do: [{ at: 10_000, do: 'docker kill shop-app-2' }],
      untilMs: 30_000,
    });
    expect(ablation).toMatchObject({
      scene: 'memory',
      set: ['services.app.x-paddock.boot=1s'],
      untilMs: 30_000,
    });
  });

  test('survives JSON', () => expect(JSON.parse(JSON.stringify(compiled()))).toEqual(compiled()));
});

describe('translations', () => {
  const head =
    '---\nid: two-herds\ntitle: Zwei Herden\npart: Die Idee\nidea: Die eine vergisst, die andere nicht.\n---\n';
  const german =
    head + LESSON.slice(LESSON.indexOf('---\n', 4) + 4).replace('What happens to', 'Was geschieht mit');
  const translate = (text: string): ReturnType<typeof compileLesson> =>
    compileLesson({
      ...lessonInput(text),
      file: 'lessons/de/02-two-herds/lesson.md',
      source: { file: LESSON_FILE, text: LESSON },
    });

  test('take head, scenarios and plans from their source', () => {
    const { lesson, problems } = translate(german);
    expect(problems.map(formatProblem)).toEqual([]);
    expect(lesson).toMatchObject({
      lang: 'de',
      title: 'Zwei Herden',
      minutes: 5,
      scenes: [{ name: 'memory' }, { name: 'shared' }],
      solution: { scene: 'shared' },
    });
  });

  test('keep the tags and attributes of their source', () => {
    const line = german.slice(0, german.indexOf('{% claim id="some-lost"')).split('\n').length;
    expect(
      translate(german.replace('sessions.lost > 0 during', 'sessions.lost > 5 during')).problems.map(
        formatProblem,
      ),
    ).toEqual([
      `lessons/de/02-two-herds/lesson.md:${line}:1  tag 3 differs from the source's: write {% claim id="some-lost" when="sessions.lost > 0 during 0s..10s after first command" %} instead of {% claim id="some-lost" when="sessions.lost > 5 during 0s..10s after first command" %}`,
    ]);
  });

  test('leave no tag out', () => {
    const short = german.replace(/\{% only[^]*?\{% \/only %\}\n/, '');
    expect(translate(short).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('tag 10 differs'),
    ]);
  });

  test('have no keys of their own beyond words', () => {
    expect(
      translate(german.replace('id: two', 'minutes: 6\nid: two')).problems.map(({ message }) => message),
    ).toEqual(["unknown key 'minutes'"]);
  });
});
