/** Flags and positional words of one command, read as Docker's own command line reads them. */
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';
import type { TextWord, Word } from './words.ts';

/** `takes: 'value'` = the next word (or `=…`) belongs to it. `also` = other long names. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly also?: readonly string[];
  readonly takes: 'value' | 'nothing';
}

export interface Arguments {
  readonly rest: readonly Word[];
  has(name: string): boolean;
  /** Last value given. */
  value(name: string): TextWord | null;
  values(name: string): readonly TextWord[];
}

/**
 * Reads `words`. With `until: 'first-word'` everything from the first positional word on is left alone, as for `docker exec`.
 * Throws a UsageError for a flag that is not in `flags`.
 */
export function readArguments(
  usage: string,
  words: readonly Word[],
  flags: readonly Flag[],
  until: 'end' | 'first-word' = 'end',
): Arguments {
  const found: { readonly name: string; readonly value: TextWord | null }[] = [];
  const rest: Word[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word; word = queue.shift()) {
    if (word.kind !== 'text' || !word.text.startsWith('-') || word.text === '-') {
      rest.push(word);
      if (until === 'first-word') break;
    } else if (word.text === '--') {
      break;
    } else if (word.text.startsWith('--')) {
      found.push(longFlag(usage, word, flags, queue));
    } else {
      found.push(...shortFlags(usage, word, flags, queue));
    }
  }
  rest.push(...queue);
  return {
    rest,
    has: (name) => found.some((flag) => flag.name === name),
    value: (name) => found.findLast((flag) => flag.name === name)?.value ?? null,
    values: (name) => found.flatMap((flag) => (flag.name === name && flag.value ? [flag.value] : [])),
  };
}

function longFlag(usage: string, word: TextWord, flags: readonly Flag[], queue: Word[]) {
  const equals = word.text.indexOf('=');
  const name = word.text.slice(2, equals < 0 ? undefined : equals);
  const flag = flags.find((known) => known.name === name || known.also?.includes(name));
  if (!flag) {
    const names = flags.map((known) => `--${known.name}`);
    throw new UsageError(
      `unknown flag: --${name}${didYouMean(`--${name}`, names)} (usage: ${usage})`,
      word.column,
    );
  }
  if (flag.takes === 'nothing') {
    if (equals >= 0 && !['=true', '=false'].includes(word.text.slice(equals)))
      throw new UsageError(`--${name} takes no value (usage: ${usage})`, word.column);
    return { name: word.text.endsWith('=false') ? '' : flag.name, value: null };
  }
  if (equals >= 0)
    return {
      name: flag.name,
      value: { ...word, text: word.text.slice(equals + 1), column: word.column + equals + 1 },
    };
  return { name: flag.name, value: nextValue(usage, `--${name}`, word, queue) };
}

function shortFlags(usage: string, word: TextWord, flags: readonly Flag[], queue: Word[]) {
  const found: { name: string; value: TextWord | null }[] = [];
  for (let i = 1; i < word.text.length; i++) {
    const letter = word.text.charAt(i);
    const flag = flags.find((known) => known.short === letter);
    if (!flag)
      throw new UsageError(
        `unknown shorthand flag: '${letter}' in ${word.text} (usage: ${usage})`,
        word.column + i,
      );
    if (flag.takes === 'nothing') {
      found.push({ name: flag.name, value: null });
      continue;
    }
    const attached = word.text.slice(i + 1).replace(/^=/, '');
    const value = attached === '' ? nextValue(usage, `-${letter}`, word, queue) : { ...word, text: attached };
    found.push({ name: flag.name, value });
    break;
  }
  return found;
}

function nextValue(usage: string, flag: string, word: TextWord, queue: Word[]): TextWord {
  const next = queue.shift();
  if (next?.kind !== 'text')
    throw new UsageError(`flag needs an argument: ${flag} (usage: ${usage})`, word.column);
  return next;
}
