/**
 * Lessons as modules: `virtual:lessons/<lang>` is the course list of a language; each lesson's text comes as a chunk of
 * its own when it is opened. A faulty lesson fails the build with file, line and column.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';
import { compileFile, languages, lessonFiles } from '../src/lesson/lesson-files.ts';
import type { Lesson, LessonSummary } from '../src/lesson/lesson.ts';
import { formatProblem, type Problem } from '../src/lesson/problem.ts';

const LIST = 'virtual:lessons/';
const LESSON = 'virtual:lesson/';

/** `root` is the folder that holds lessons/. */
export function lessons(root: string): Plugin {
  return {
    name: 'paddock-lessons',
    resolveId(id) {
      return id.startsWith(LIST) || id.startsWith(LESSON) ? `\0${id}` : undefined;
    },
    load(id) {
      if (id.startsWith(`\0${LIST}`)) return list(this, root, id.slice(LIST.length + 1));
      if (id.startsWith(`\0${LESSON}`))
        return one(this, root, `lessons/${id.slice(LESSON.length + 1)}/lesson.md`);
      return undefined;
    },
  };
}

function list(context: Rollup.PluginContext, root: string, lang: string): string {
  if (!existsSync(join(root, 'lessons', lang))) {
    return context.error(
      `there are no lessons in '${lang}'; there are lessons in ${languages(root).join(', ')}`,
    );
  }
  const files = lessonFiles(root, lang);
  const compiled = files.map((file) =>
    compileFile(root, file, (path) => context.addWatchFile(join(root, path))),
  );
  report(
    context,
    compiled.flatMap(({ problems }) => problems),
  );
  const entries = compiled.flatMap(({ lesson }, index) => {
    if (lesson === null) return [];
    const module = LESSON + (files[index] ?? '').replace(/^lessons\//, '').replace(/\/lesson\.md$/, '');
    return [
      `{ ...${JSON.stringify(summary(lesson))}, load: () => import(${JSON.stringify(module)}).then((module) => module.default) }`,
    ];
  });
  return `export default [${entries.join(',\n')}];`;
}

function one(context: Rollup.PluginContext, root: string, file: string): string {
  const { lesson, problems } = compileFile(root, file, (path) => context.addWatchFile(join(root, path)));
  report(context, problems);
  // A string literal is read faster than the same object literal.
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(lesson))});`;
}

function report(context: Rollup.PluginContext, problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const { file, line, column } = first;
  context.error({
    message: `\n${problems.map(formatProblem).join('\n')}`,
    id: file,
    loc: { file, line, column },
  });
}

function summary({ id, number, lang, title, part, idea, minutes, sources }: Lesson): LessonSummary {
  return { id, number, lang, title, part, idea, minutes, sources };
}
