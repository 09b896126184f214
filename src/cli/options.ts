/** The runner's command line. */
import { parseDuration } from '../commands/duration.ts';
import { didYouMean } from '../commands/suggest.ts';

/** Bad input: exit code 2. `message` is what goes to stderr, with file:line:column where there is one. */
export class InputError extends Error {}

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  /** Word for its value in help; null = it takes none. */
  readonly value: string | null;
  readonly about: string;
}

export interface Options {
  readonly words: readonly string[];
  has(name: string): boolean;
  /** The last value given, or null. */
  value(name: string): string | null;
  values(name: string): readonly string[];
}

/** Splits `argv` into words and options; `--name=value` and `--name value` are the same. Throws an InputError. */
export function readOptions(argv: readonly string[], specs: readonly OptionSpec[]): Options {
  const words: string[] = [];
  const found: (readonly [string, string])[] = [];
  const queue = [...argv];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    const [, name = '', attached] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    const spec = specs.find((known) => known.name === name);
    if (!spec)
      throw new InputError(
        `unknown option --${name}${didYouMean(
          `--${name}`,
          specs.map((known) => `--${known.name}`),
        )}`,
      );
    if (spec.value === null && attached !== undefined) throw new InputError(`--${name} takes no value`);
    const value = spec.value === null ? '' : (attached ?? queue.shift());
    if (value === undefined) throw new InputError(`--${name} needs a value: --${name} ${spec.value}`);
    found.push([name, value]);
  }
  return {
    words,
    has: (name) => found.some(([given]) => given === name),
    value: (name) => found.findLast(([given]) => given === name)?.[1] ?? null,
    values: (name) => found.filter(([given]) => given === name).map(([, value]) => value),
  };
}

/** A duration option in whole ms, or `fallback` when it is not given. */
export function wholeMs(options: Options, name: string, fallback: number): number {
  const text = options.value(name);
  if (text === null) return fallback;
  const ms = parseDuration(text);
  if (ms === null || !Number.isInteger(ms))
    throw new InputError(`--${name}: '${text}' is not a duration in whole ms; write 500ms, 60s or 5m`);
  return ms;
}

/** A whole number option of `min` or more, or null when it is not given. */
export function wholeNumber(options: Options, name: string, min: number): number | null {
  const text = options.value(name);
  if (text === null) return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min)
    throw new InputError(`--${name}: '${text}' is not a whole number of ${min} or more`);
  return value;
}
