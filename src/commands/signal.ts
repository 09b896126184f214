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

const bare = (text: string): string => text.toUpperCase().replace(/^SIG/, '');

/** `TERM`, `SIGTERM`, `sigterm` and `15` all give `TERM`; undefined for anything else. */
export function signalNamed(text: string): string | undefined {
  const name = bare(text);
  return Object.keys(SIGNALS).find((key) => key === name || String(SIGNALS[key]) === name);
}

/** As `signalNamed`; throws a UsageError for what is no signal. */
export function readSignal(word: TextWord): string {
  const found = signalNamed(word.text);
  if (found !== undefined) return found;
  const name = bare(word.text);
  throw new UsageError(`invalid signal: ${word.text}${didYouMean(name, Object.keys(SIGNALS))}`, word.column);
}
