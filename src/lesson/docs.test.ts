import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileLesson } from './compile.ts';
import { parseCondition, parseMeasure } from './condition/parse.ts';
import { lessonInput } from './fixture.ts';
import { TAGS } from './tags/registry.ts';

const DOCS = readFileSync(new URL('../../docs/writing-a-lesson.md', import.meta.url), 'utf8');

function fences(language: string): string[] {
  return [...DOCS.matchAll(new RegExp(`^(\`{3,})${language}\\n([^]*?)^\\1$`, 'gm'))].map(
    (match) => match[2] ?? '',
  );
}

const linesOf = (language: string): string[] => fences(language).flatMap((fence) => fence.trim().split('\n'));

test.each(TAGS.map(({ name }) => name))('the tag %s is documented with an example', (name) => {
  expect(DOCS).toContain(`### \`${name}\``);
  expect(fences('lesson').some((example) => example.includes(`{% ${name} `))).toBe(true);
});

test.each(linesOf('condition'))('%s can be read', (source) =>
  expect(parseCondition(source)).toMatchObject({ ok: true }),
);
test.each(linesOf('measure'))('%s can be measured', (source) =>
  expect(parseMeasure(source)).toMatchObject({ ok: true }),
);

test('every example of a tag can stand in a lesson', () => {
  const head = `---\nid: two-herds\ntitle: T\npart: P\nidea: I\nminutes: 5\nscenarios: { memory: ../../scenarios/memory.compose.yaml, herd: ./shared.compose.yaml }\nsources: [S-1]\n---\n`;
  const scene = fences('lesson').filter((example) => example.startsWith('## '));
  const rest = fences('lesson').filter((example) => !example.startsWith('## '));
  // The two ways to ask are two examples of one question.
  const text =
    head +
    [...scene, ...rest]
      .join('\n')
      .replace('id="how-many" gate=true measure', 'id="how-many-exactly" measure');
  const { problems } = compileLesson(lessonInput(text));
  expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '1: the lesson needs at least 2 claims; write {% claim id="…" when="…" %}…{% /claim %}',
  ]);
});
