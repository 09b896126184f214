/** `check FOLDER…`: validates and replays lessons. */
import { existsSync } from 'node:fs';
import { checkLessons, type CheckResult } from '../lesson/check.ts';
import { InputError, readOptions, wholeNumber, type OptionSpec } from './options.ts';

export const CHECK_OPTIONS: readonly OptionSpec[] = [
  { name: 'seeds', value: 'K', about: 'replay each lesson on this many seeds (50)' },
];

/** Throws an InputError for bad input; a lesson that does not hold is in the result. */
export function checkFiles(argv: readonly string[]): Promise<CheckResult> {
  const options = readOptions(argv, CHECK_OPTIONS);
  if (options.words.length === 0)
    throw new InputError('check needs a lesson or a folder of them: sim check lessons/en');
  for (const path of options.words)
    if (!existsSync(path)) throw new InputError(`${path}: no such file or folder`);
  const seeds = wholeNumber(options, 'seeds', 1);
  return checkLessons(options.words, seeds === null ? {} : { seeds });
}
