/** Validates and replays lessons: `sim check`. Node only. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { createRun } from '../sim/create-run.ts';
import { compileFile, languages, lessonFiles } from './lesson-files.ts';
import { formatProblem } from './problem.ts';
import type { Check } from './judging.ts';
import { replayLesson } from './replay.ts';

export interface CheckOptions {
  /** Seeds a lesson is replayed on; 50 unless given. */
  readonly seeds?: number;
}

export interface CheckResult {
  readonly ok: boolean;
  /** Lines for people: one a check, faults with file, line and column. */
  readonly report: readonly string[];
}

const SEEDS = 50;

/** `paths` are lesson files, lesson folders, or folders that hold some, such as `lessons` or `lessons/en`. */
export async function checkLessons(
  paths: readonly string[],
  { seeds = SEEDS }: CheckOptions = {},
): Promise<CheckResult> {
  const report: string[] = [];
  let ok = true;
  for (const path of paths) {
    const found = find(path);
    if (found.files.length === 0) {
      ok = false;
      report.push(`${path}: no lesson there; give a lesson.md, its folder, or lessons`);
    }
    for (const file of found.files) {
      const { lesson, problems } = compileFile(found.root, file);
      report.push(...problems.map(formatProblem));
      if (lesson === null) {
        ok = false;
        continue;
      }
      const checks = replayLesson(lesson, { seeds, createRun });
      report.push(`${file}: ${lesson.title}`, ...checks.map(line));
      ok &&= checks.every((check) => check.ok);
    }
  }
  return { ok, report };
}

function line({ ok, what, times, seeds, why }: Check): string {
  return `  ${ok ? 'ok  ' : 'FAIL'}  ${what} (${times} of ${seeds} seeds)${why === '' ? '' : `\n        ${why}`}`;
}

/** Lessons under `path`, relative to the folder that holds lessons/. */
function find(path: string): { root: string; files: string[] } {
  const full = resolve(path);
  const parts = full.split(sep);
  const at = parts.lastIndexOf('lessons');
  if (at < 0 || !existsSync(full)) return { root: full, files: [] };
  const root = parts.slice(0, at).join(sep) || sep;
  const inside = parts.slice(at).join('/');
  if (statSync(full).isFile()) return { root, files: inside.endsWith('/lesson.md') ? [inside] : [] };
  if (existsSync(join(full, 'lesson.md'))) return { root, files: [`${inside}/lesson.md`] };
  const files = languages(root).flatMap((lang) => lessonFiles(root, lang));
  return { root, files: files.filter((file) => file.startsWith(`${inside}/`)) };
}
