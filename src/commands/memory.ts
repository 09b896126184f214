/** `--memory` of `docker update`. */
import { UsageError } from './usage-error.ts';
import type { TextWord } from './words.ts';

const SIZE = /^(\d+(?:\.\d+)?)\s*(?:([kmgt])i?b?|b)?$/i;
const MB_OF = { k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 } as const;

/** MB of 1024² bytes in `512m`, `1g` or plain bytes; anything else is a UsageError in Docker's words. */
export function readMemory(word: TextWord): number {
  const match = SIZE.exec(word.text);
  if (!match)
    throw new UsageError(
      `invalid argument "${word.text}" for "-m, --memory" flag: invalid size: '${word.text}'`,
      word.column,
    );
  const unit = match[2]?.toLowerCase() as keyof typeof MB_OF | undefined;
  return Number(match[1]) * (unit === undefined ? 1 / 1024 / 1024 : MB_OF[unit]);
}

export const memoryText = (mb: number): string => `${mb}m`;
