/** Lessons on disk. Node only: the browser gets them compiled. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLesson, type Compiled } from './compile.ts';

/** The language that lessons are written in; the others translate it. */
export const SOURCE_LANG = 'en';

/** Languages with a folder in lessons/, the source first. */
export function languages(root: string): string[] {
  return readdirSync(join(root, 'lessons'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}(?:-[A-Z]{2})?$/.test(entry.name))
    .map(({ name }) => name)
    .toSorted((a, b) => Number(b === SOURCE_LANG) - Number(a === SOURCE_LANG) || (a < b ? -1 : 1));
}

/** Paths of a language's lessons from `root`, in the order of the course. */
export function lessonFiles(root: string, lang: string): string[] {
  return readdirSync(join(root, 'lessons', lang), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `lessons/${lang}/${name}/lesson.md`)
    .filter((file) => existsSync(join(root, file)))
    .toSorted();
}

/** Paths of the challenges from `root`. */
export function challengeFiles(root: string): string[] {
  const folder = join(root, 'lessons', 'challenges');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.compose.yaml'))
    .map((name) => `lessons/challenges/${name}`)
    .toSorted();
}

/** Compiles the lesson at `file` (from `root`). `used` is called with each file that it was made of, from `root`. */
export function compileFile(
  root: string,
  file: string,
  used: (path: string) => void = () => undefined,
): Compiled {
  const read = (path: string): string | null => {
    used(path);
    const full = join(root, path);
    return existsSync(full) ? readFileSync(full, 'utf8') : null;
  };
  const text = read(file);
  if (text === null)
    return { lesson: null, problems: [{ file, line: 1, column: 1, message: 'there is no such file' }] };
  const sourceFile = file.replace(/(^|\/)lessons\/[^/]+\//, `$1lessons/${SOURCE_LANG}/`);
  if (sourceFile === file) return compileLesson({ file, text, read });
  const source = read(sourceFile);
  if (source === null) {
    return {
      lesson: null,
      problems: [{ file, line: 1, column: 1, message: `translates nothing: there is no ${sourceFile}` }],
    };
  }
  return compileLesson({ file, text, read, source: { file: sourceFile, text: source } });
}
