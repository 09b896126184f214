/** Signal names as `docker kill -s` takes them. */
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';
import type { TextWord } from './words.ts';

/** Linux numbers of the signals that a container's process may be sent. */
const SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  TERM: 15,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  WINCH: 28,
};

/** `TERM`, `SIGTERM`, `sigterm` and `15` all give `TERM`. Throws a UsageError for anything else. */
export function readSignal(word: TextWord): string {
  const name = word.text.toUpperCase().replace(/^SIG/, '');
  if (name in SIGNALS) return name;
  const numbered = Object.keys(SIGNALS).find((key) => String(SIGNALS[key]) === name);
  if (numbered !== undefined) return numbered;
  throw new UsageError(`invalid signal: ${word.text}${didYouMean(name, Object.keys(SIGNALS))}`, word.column);
}
