import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkLessons } from './check.ts';
import { languages, lessonFiles } from './lesson-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SEEDS = 50;

const files = languages(root).flatMap((lang) => lessonFiles(root, lang));

test('there are lessons', () => expect(files).toContain('lessons/en/01-pets-and-cattle/lesson.md'));

test.each(files)(
  `%s says what the run shows, on ${SEEDS} seeds`,
  async (file) => {
    const { ok, report } = await checkLessons([`${root}/${file}`], { seeds: SEEDS });
    expect(ok, report.join('\n')).toBe(true);
  },
  60_000,
);
