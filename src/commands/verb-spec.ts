/** What a verb is to the console: how it is typed, and how it becomes a command object and back. */
import type { Command } from '../sim/model/command.ts';
import { UsageError } from './usage-error.ts';
import { quoteWord, type TextWord, type Word } from './words.ts';

export interface VerbSpec {
  /** The words that begin the line: `docker service scale`. */
  readonly words: string;
  /** As the tool's help would print it. */
  readonly usage: string;
  /** One sentence for `help commands`. */
  readonly about: string;
  /** `args` are the words after `words`; throws a UsageError. `end` is the column just behind the line. */
  parse(args: readonly Word[], end: number): Command;
  /** The line for a command of this verb, or null when it belongs to another. */
  format(command: Command): string | null;
}

/** The one positional word that `usage` asks for. */
export function onlyWord(usage: string, rest: readonly Word[], end: number): string {
  const [first, second] = rest;
  if (!first) throw new UsageError(`requires 1 argument (usage: ${usage})`, end);
  if (second) throw new UsageError(`requires 1 argument (usage: ${usage})`, second.column);
  return asText(first).text;
}

/** A word that must not be a `$(…)`. */
export function asText(word: Word): TextWord {
  if (word.kind === 'text') return word;
  throw new UsageError('$(…) is understood only where a list of containers may stand', word.column);
}

/** Refuses positional words. */
export function noWords(usage: string, rest: readonly Word[]): void {
  const [first] = rest;
  if (first) throw new UsageError(`accepts no arguments (usage: ${usage})`, first.column);
}

/** A whole number >= `min`, as `docker service scale` wants it. */
export function wholeNumber(word: TextWord, text: string, min: number): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < min)
    throw new UsageError(`'${text}' is not a whole number of ${min} or more`, word.column);
  return value;
}

/** A herd of more is refused, here and in a file. */
export const MOST_REPLICAS = 10_000;

/** A number of replicas. */
export function replicaCount(word: TextWord, text: string): number {
  const count = wholeNumber(word, text, 0);
  if (count > MOST_REPLICAS)
    throw new UsageError(`'${text}' is more than is simulated: write ${MOST_REPLICAS} or fewer`, word.column);
  return count;
}

/** Joins words into a line; each is quoted where it must be. */
export function toLine(words: string, ...rest: readonly string[]): string {
  return [words, ...rest.map(quoteWord)].join(' ');
}
