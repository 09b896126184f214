/** Splits a console line into words the way a shell does, as far as the console's grammar needs it. */
import { UsageError } from './usage-error.ts';

/** A word, quotes removed; `column` (from 1) is where it starts in the line. */
export interface TextWord {
  readonly kind: 'text';
  readonly text: string;
  readonly column: number;
}

/** `$(…)`: a command whose output stands in its place. */
export interface SubstitutionWord {
  readonly kind: 'substitution';
  readonly words: readonly Word[];
  readonly column: number;
}

export type Word = TextWord | SubstitutionWord;

const BLANK = /\s/;
const OPERATORS = new Set(['|', '&', ';', '<', '>']);
const PLAIN = /^[A-Za-z0-9_@%+=:,./~^-]+$/;

/** Throws a UsageError for an open quote, an open `$(` or a shell operator outside quotes. */
export function splitWords(line: string, firstColumn = 1): Word[] {
  const words: Word[] = [];
  let i = 0;
  while (i < line.length) {
    const char = line.charAt(i);
    if (BLANK.test(char)) {
      i++;
    } else if (line.startsWith('$(', i)) {
      const end = closingParenthesis(line, i + 2, firstColumn + i);
      words.push({
        kind: 'substitution',
        words: splitWords(line.slice(i + 2, end), firstColumn + i + 2),
        column: firstColumn + i,
      });
      i = end + 1;
    } else {
      const [text, end] = readWord(line, i, firstColumn);
      words.push({ kind: 'text', text, column: firstColumn + i });
      i = end;
    }
  }
  return words;
}

/** A word as it must be typed so that `splitWords` reads it back. */
export function quoteWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function readWord(line: string, start: number, firstColumn: number): [text: string, end: number] {
  let text = '';
  let i = start;
  while (i < line.length) {
    const char = line.charAt(i);
    if (BLANK.test(char)) break;
    if (OPERATORS.has(char))
      throw new UsageError(
        `'${char}' is not understood here: one command a line; quote it inside sh -c '…'`,
        firstColumn + i,
      );
    if (char === "'" || char === '"') {
      const [inner, end] = readQuoted(line, i, firstColumn);
      text += inner;
      i = end;
    } else if (char === '\\' && i + 1 < line.length) {
      text += line.charAt(i + 1);
      i += 2;
    } else {
      text += char;
      i++;
    }
  }
  return [text, i];
}

function readQuoted(line: string, start: number, firstColumn: number): [text: string, end: number] {
  const quote = line.charAt(start);
  let text = '';
  for (let i = start + 1; i < line.length; i++) {
    const char = line.charAt(i);
    if (char === quote) return [text, i + 1];
    const next = line.charAt(i + 1);
    if (quote === '"' && char === '\\' && ['"', '\\', '$', '`'].includes(next)) {
      text += next;
      i++;
    } else {
      text += char;
    }
  }
  throw new UsageError(`a quote ${quote} is opened and never closed`, firstColumn + start);
}

function closingParenthesis(line: string, from: number, column: number): number {
  let quote = '';
  for (let i = from; i < line.length; i++) {
    const char = line.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"') {
      quote = char;
    } else if (char === ')') {
      return i;
    }
  }
  throw new UsageError('$( is opened and never closed', column);
}
