import { describe, expect, test } from 'vitest';
import { compileLesson } from './compile.ts';
import { LESSON, LESSON_FILE, lessonInput } from './fixture.ts';
import { formatProblem } from './problem.ts';

/** Problems of the lesson after `find` was replaced, without the file's path when it is the lesson. */
function problemsWith(find: string, replace: string): string[] {
  expect(LESSON).toContain(find);
  const { lesson, problems } = compileLesson(lessonInput(LESSON.replace(find, () => replace)));
  expect(lesson).toBeNull();
  return problems.map((problem) => formatProblem(problem).replace(`${LESSON_FILE}:`, ''));
}

describe('faults in the text', () => {
  /** Each: what is replaced by what; where the fault must be reported, as the text that begins there; the message. */
  test.each([
    [
      'an unknown tag',
      '{% claim id="none-lost"',
      '{% clam id="none-lost"',
      '{% clam',
      "unknown tag 'clam'; did you mean 'claim'?",
    ],
    [
      'a tag of Markdoc that lessons do not have',
      '{% only platform="swarm" %}',
      '{% if true %}{% /if %}\n{% only platform="swarm" %}',
      '{% if true',
      "unknown tag 'if'; there is scene, predict, ",
    ],
    [
      'an unknown attribute',
      'often="usually"',
      'oftn="usually"',
      'oftn=',
      "claim has no attribute 'oftn'; did you mean 'often'?",
    ],
    [
      'a bad attribute',
      'often="usually"',
      'often="mostly"',
      'often=',
      `Attribute 'often' must match one of ["always","usually","sometimes"]. Got 'mostly' instead.`,
    ],
    [
      'a missing attribute',
      '{% value measure="sessions.lost after first command" /%}',
      '{% value /%}',
      '{% value',
      'value needs measure="…"',
    ],
    ['an unclosed tag', '{% /why %}', '', '{% why', 'why is not closed; write {% /why %} after it'],
    ['a closing tag too many', '## Try', '{% /do %}\n\n## Try', '{% /do', '{% /do %} closes nothing'],
    ['an attribute without quotes', 'of="guess"', 'of=guess', '{% why', 'this tag cannot be read: '],
    [
      'an unknown metric',
      'when="sessions.lost == 0"',
      'when="sesions.lost == 0"',
      'sesions.lost',
      "when: unknown metric 'sesions.lost'; did you mean 'sessions.lost'?",
    ],
    [
      'an unknown metric in a value',
      'measure="sessions.lost',
      'measure="sesions.gone',
      'sesions.gone',
      "measure: unknown metric 'sesions.gone'",
    ],
    [
      'a condition misread in the middle',
      `after 'docker kill'"`,
      `after docker kill"`,
      `docker kill" %}\nKill one and`,
      "when: 'docker' is no command",
    ],
    [
      'an impossible command',
      '"docker kill shop-app-3"',
      '"docker kil shop-app-3"',
      'kil shop-app-3',
      "docker: unknown command: docker kil; did you mean 'docker kill'?",
    ],
    [
      'an answer that is no choice',
      'answer="b"',
      'answer="c"',
      'answer=',
      'answer "c" is none of the choices a, b',
    ],
    [
      'an answer that nothing is measured for',
      ' when="sessions.lost > 0 after first command"',
      '',
      '{% predict',
      'a prediction needs when="…"',
    ],
    [
      'a choice without a letter',
      '- a: None',
      '- None',
      '- None',
      "a choice begins with its letter: '- a: All of them'",
    ],
    [
      'a why that explains nothing',
      'of="guess"',
      'of="gues"',
      'of="gues"',
      "of: nothing here has the id 'gues'; did you mean 'guess'?",
    ],
    [
      'a claim about no button',
      'often="usually"',
      'of="kil"',
      'of="kil"',
      "of: no do tag has the id 'kil'; did you mean 'kill'?",
    ],
    [
      'an id used twice',
      'id="none-lost"',
      'id="some-lost"',
      'id="some-lost" when="sessions.lost == 0"',
      "the id 'some-lost' is taken by a claim above",
    ],
    [
      'no goal',
      LESSON.slice(LESSON.indexOf('{% goal')),
      '',
      '---',
      'the lesson has no goal; write {% goal when="…" %}…{% /goal %}',
    ],
    [
      'two goals',
      '{% /goal %}',
      '{% /goal %}\n\n{% goal when="logins > 0" %}Sign in.{% /goal %}',
      '{% goal when="logins',
      'a lesson has one goal',
    ],
    [
      'one claim',
      /\{% claim id="none-lost"[^]*?\{% \/claim %\}\n/.exec(LESSON)?.[0] ?? '',
      '',
      '---',
      'the lesson needs at least 2 claims; write ',
    ],
    [
      'no gate',
      'gate=true',
      'gate=false',
      '{% do id="kill"',
      'a prediction with gate=true must come before the first button',
    ],
    [
      'a scene that is not in the front matter',
      'scene name="shared"',
      'scene name="shred"',
      'name="shred"',
      "there is no scenario 'shred' in the front matter; did you mean 'shared'?",
    ],
    [
      'a scene in the middle of a step',
      '## Again, elsewhere',
      '## Again, elsewhere\n\nText.\n',
      '{% scene',
      "a scene begins a step: write it right after the '##' heading, outside other tags",
    ],
    [
      'a block in the middle of a sentence',
      'Kill one and lose nothing.\n{% /goal %}',
      'Kill one.\n{% /goal %}\n\nSee {% why of="guess" %}here{% /why %}.',
      '{% why of="guess" %}here',
      'why must stand on lines of its own, with an empty line before and after',
    ],
    [
      'a rule that the lesson does not stand on',
      'id="some-lost"',
      'id="some-lost" rules="S-44 S-45"',
      'rules="S-44',
      "rules: 'S-45' is not among the sources in the head; name it there",
    ],
    [
      'an unknown thing to show',
      'what="container shop-app-2"',
      'what="contaner shop-app-2"',
      'contaner',
      "what: unknown thing 'contaner'; did you mean 'container'?",
    ],
    [
      'a container that cannot be there',
      'what="container shop-app-2"',
      'what="container shop-ap-2"',
      'container shop-ap-2"',
      "what: no container can be called 'shop-ap-2' here; write shop-app-1, shop-cache-1, shop-lb-1",
    ],
    [
      'a store that is not there',
      'what="container shop-app-2"',
      'what="store cash"',
      'store cash"',
      "what: there is no store 'cash'; there is cache",
    ],
    [
      'an output that is not there',
      'what="container shop-app-2"',
      'what="output Lost"',
      'output Lost',
      "what: there is no output 'Lost'",
    ],
    [
      'a marked line beyond the fence',
      'mark="1,3-4"',
      'mark="1,3-5"',
      'mark=',
      'mark: there is no line 3-5; the fence has 4',
    ],
    [
      'a heading of the first level',
      '## Try',
      '# Try',
      '# Try',
      "the title stands in the front matter; begin a step with '##'",
    ],
    ['an image', 'What happens', '![x](y.png) What happens', '![x]', 'image is not used in lessons'],
    [
      'a bad wait',
      'wait="5s"',
      'wait="5"',
      '5" %}Kill two',
      "wait: '5' is no duration; write 250ms, 8s or 1m30s",
    ],
  ])('%s', (_, find, replace, place, message) => {
    const problems = problemsWith(find, replace);
    const text = LESSON.replace(find, () => replace);
    const before = text.slice(0, text.indexOf(place));
    const expected = `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}  ${message}`;
    expect(
      problems.some((problem) => problem.startsWith(expected)),
      `${expected}\n\n${problems.join('\n')}`,
    ).toBe(true);
  });
});

describe('faults in the head', () => {
  test.each([
    [
      'an unknown key',
      'minutes: 5',
      'minuts: 5\nminutes: 5',
      `6:9  unknown key 'minuts'; did you mean 'minutes'?`,
    ],
    ['a missing key', 'minutes: 5\n', '', `2:1  'minutes' is missing`],
    ['a bad value', 'minutes: 5', 'minutes: 50', '6:10  minutes: must be 15 or less; make it two lessons'],
    ['an unknown control', '[Kill]', '[Kill, Krash]', '10:18  controls.1: must be among Kill, Crash, '],
    ['an unknown kind of source', 'C-3', 'X-3', '11:17  sources.1: must be a rule (S-44)'],
    [
      'another id than the folder',
      'id: two-herds',
      'id: herds',
      "2:5  id: must be the folder's name without its number, 'two-herds'",
    ],
    [
      'a missing scenario file',
      'memory.compose',
      'memroy.compose',
      '8:11  scenarios.memory: there is no file lessons/scenarios/memroy.compose.yaml',
    ],
    ['bad YAML', 'sources: [S-44, C-3]', 'sources: [S-44', ''],
  ])('%s', (_, find, replace, message) => {
    const problems = problemsWith(find, replace);
    expect(
      problems.some((problem) => problem.startsWith(message)),
      problems.join('\n'),
    ).toBe(true);
  });

  test('a faulty scenario file', () => {
    const { problems } = compileLesson(
      lessonInput(LESSON, {
        'lessons/scenarios/memory.compose.yaml': 'services:\n  app:\n    imag: shop:1.0\n',
      }),
    );
    expect(problems.map(formatProblem).join('\n')).toContain('lessons/scenarios/memory.compose.yaml:3:5  ');
  });

  test('a file in the wrong place', () => {
    const { problems } = compileLesson({ ...lessonInput(), file: 'lessons/herds.md' });
    expect(problems.map(formatProblem)).toEqual([
      'lessons/herds.md:1:1  a lesson is lessons/<language>/NN-name/lesson.md',
    ]);
  });
});

describe('faults in the plans', () => {
  const solution = 'lessons/en/02-two-herds/solution.yaml';
  test.each([
    ['missing', null, '1:1  missing; every lesson has a solution.yaml and an ablation.yaml'],
    [
      'a bad command',
      'do:\n  - { at: 10s, do: dokcer kill x }\n',
      "2:20  dokcer: command not found; did you mean 'docker'?",
    ],
    [
      'a bad time',
      'do: [{ at: soon, do: docker ps }]\n',
      '1:12  do.0.at: must be a duration such as 10s or 1m30s',
    ],
    [
      'an unknown scenario',
      'scenario: memry\ndo: []\n',
      "1:11  unknown scenario 'memry'; the lesson has memory, shared",
    ],
    ['an unknown key', 'doo: []\ndo: []\n', "1:6  unknown key 'doo'; did you mean 'do'?"],
    [
      'an end before the last command',
      'do: [{ at: 10s, do: docker ps }]\nuntil: 5s\n',
      '2:8  until: ends before the last command',
    ],
  ])('%s', (_, text, message) => {
    const { problems } = compileLesson(lessonInput(LESSON, { [solution]: text }));
    expect(problems.map(formatProblem)).toEqual([`${solution}:${message}`]);
  });
});
