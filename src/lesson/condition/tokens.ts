/** Splits a condition into words, numbers, durations, strings and signs, each with its place. */
import { parseDuration } from '../../commands/duration.ts';

export type TokenKind = 'word' | 'number' | 'duration' | 'percent' | 'string' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; a string without its quotes. */
  readonly text: string;
  /** Numbers as they are, shares as 0..1, durations in ms; NaN otherwise. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** A place in a condition and what to write there instead. `line` and `column` count from 1. */
export interface ConditionProblem {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Thrown inside the parser only; `parse.ts` turns it into a result. */
export class Misread extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /\s+/y;
const STRING = /'([^']*)'|"([^"]*)"/y;
const DURATION = /(?:\d+(?:\.\d+)?(?:ms|s|m|h))+(?![\w%])/y;
const PERCENT = /(\d+(?:\.\d+)?)%/y;
const NUMBER = /\d+(?:\.\d+)?(?![\w%])/y;
const WORD = /[A-Za-z][\w-]*(?:\.[A-Za-z0-9][\w-]*)*/y;
const SIGN = /\.\.|[=!<>]=|[<>()]/y;

/** The tokens of `source`, ended by one of kind `end`. Throws `Misread`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const add = (kind: TokenKind, text: string, value: number, length: number): void => {
    tokens.push({ kind, text, value, start: at, end: at + length });
    at += length;
  };
  while (at < source.length) {
    const space = take(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const string = take(STRING);
    if (string) {
      add('string', (string[1] ?? string[2] ?? '').trim().replace(/\s+/g, ' '), Number.NaN, string[0].length);
      continue;
    }
    const duration = take(DURATION);
    if (duration) {
      add('duration', duration[0], parseDuration(duration[0]) ?? Number.NaN, duration[0].length);
      continue;
    }
    const percent = take(PERCENT);
    if (percent) {
      add('percent', percent[0], Number(percent[1]) / 100, percent[0].length);
      continue;
    }
    const number = take(NUMBER);
    if (number) {
      add('number', number[0], Number(number[0]), number[0].length);
      continue;
    }
    const word = take(WORD);
    if (word) {
      add('word', word[0], Number.NaN, word[0].length);
      continue;
    }
    const sign = take(SIGN);
    if (sign) {
      add('sign', sign[0], Number.NaN, sign[0].length);
      continue;
    }
    throw new Misread(at, strange(source, at));
  }
  tokens.push({ kind: 'end', text: '', value: Number.NaN, start: source.length, end: source.length });
  return tokens;
}

function strange(source: string, at: number): string {
  const rest = source.slice(at);
  if (rest.startsWith('=')) return `'=' compares nothing; write '=='`;
  if (rest.startsWith('&&')) return `write 'and' instead of '&&'`;
  if (rest.startsWith('||')) return `write 'or' instead of '||'`;
  if (/^['"]/.test(rest)) return `this quote is not closed; write after 'docker kill'`;
  if (/^\d/.test(rest))
    return `'${/^\S+/.exec(rest)?.[0] ?? ''}' is no number and no duration; write 5, 40%, 250ms, 8s or 1m30s`;
  return `'${rest[0] ?? ''}' has no meaning in a condition; calculate nothing, compare a metric with a number`;
}
