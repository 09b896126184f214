/** `--for 5s`: how long something lasts. */
import { formatDuration, parseDuration } from './duration.ts';
import { UsageError } from './usage-error.ts';
import type { TextWord } from './words.ts';

/** ms, or null when the flag is not there. Throws a UsageError for what is no duration. */
export function readSpan(word: TextWord | null): number | null {
  const ms = word ? parseDuration(word.text) : null;
  if (word && (ms === null || ms <= 0))
    throw new UsageError(`'${word.text}' is not a duration: write 250ms, 5s or 1m30s`, word.column);
  return ms;
}

/** The flag with a blank before it, or nothing. */
export const formatSpan = (ms: number | null): string => (ms === null ? '' : ` --for ${formatDuration(ms)}`);
