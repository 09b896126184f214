/** Validates and replays lessons and challenges: `sim check`. Node only. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { createRun } from '../sim/create-run.ts';
import { challengeFiles, compileFile, languages, lessonFiles } from './lesson-files.ts';
import { formatProblem } from './problem.ts';
import type { Check } from './judging.ts';
import { replayChallenge } from './replay-challenge.ts';
import { readChallenge } from './challenge.ts';
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

/** `paths` are lesson files, lesson folders, challenges, or folders that hold some, such as `lessons` or `lessons/en`. */
export async function checkLessons(
  paths: readonly string[],
  { seeds = SEEDS }: CheckOptions = {},
): Promise<CheckResult> {
  const report: string[] = [];
  let ok = true;
  for (const path of paths) {
    const found = find(path);
    if (found.files.length + found.challenges.length === 0) {
      ok = false;
      report.push(`${path}: no lesson there; give a lesson.md, its folder, a challenge, or lessons`);
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
    for (const file of found.challenges) {
      const checks = checkChallenge(found.root, file, seeds, report);
      ok &&= checks !== null && checks.every((check) => check.ok);
    }
  }
  return { ok, report };
}

/** A challenge that cannot be read is a fault of its file, and null. */
function checkChallenge(root: string, file: string, seeds: number, report: string[]): Check[] | null {
  try {
    const text = readFileSync(join(root, file), 'utf8');
    const checks = replayChallenge(text, file, { seeds, createRun });
    report.push(`${file}: ${readChallenge(text).title}`, ...checks.map(line));
    return checks;
  } catch (error) {
    report.push(`${file}: ${(error as Error).message}`);
    return null;
  }
}

function line({ ok, what, times, seeds, why }: Check): string {
  return `  ${ok ? 'ok  ' : 'FAIL'}  ${what} (${times} of ${seeds} seeds)${why === '' ? '' : `\n        ${why}`}`;
}

/** Lessons under `path`, relative to the folder that holds lessons/. */
function find(path: string): { root: string; files: string[]; challenges: string[] } {
  const full = resolve(path);
  const parts = full.split(sep);
  const at = parts.lastIndexOf('lessons');
  if (at < 0 || !existsSync(full)) return { root: full, files: [], challenges: [] };
  const root = parts.slice(0, at).join(sep) || sep;
  const inside = parts.slice(at).join('/');
  const challenges = challengeFiles(root).filter((file) => file === inside || file.startsWith(`${inside}/`));
  if (statSync(full).isFile())
    return { root, files: inside.endsWith('/lesson.md') ? [inside] : [], challenges };
  if (existsSync(join(full, 'lesson.md'))) return { root, files: [`${inside}/lesson.md`], challenges };
  const files = languages(root).flatMap((lang) => lessonFiles(root, lang));
  return { root, files: files.filter((file) => file.startsWith(`${inside}/`)), challenges };
}
