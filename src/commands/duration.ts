/** Durations as people write them (`250ms`, `2s`, `1m30s`) and as the simulation reads them (ms of virtual time). */

/** Power of ten and multiplier that turn a number with this unit into ms. */
const UNITS: Readonly<Record<string, readonly [exponent: number, times: number]>> = {
  us: [-3, 1],
  ms: [0, 1],
  s: [3, 1],
  m: [3, 60],
  h: [3, 3600],
};

const PART = /(\d+(?:\.\d+)?)(us|ms|s|m|h)/y;

/** ms, or null when `text` is not a duration. A bare `0` is one; any other number without a unit is not. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  let total = 0;
  let end = 0;
  while (end < trimmed.length) {
    PART.lastIndex = end;
    const match = PART.exec(trimmed);
    if (!match) return null;
    const [exponent, times] = UNITS[match[2] ?? ''] ?? [0, 1];
    // Shifting the decimal point in the text keeps 1.005s at exactly 1005 ms.
    total += Number(`${match[1]}e${exponent}`) * times;
    end = PART.lastIndex;
  }
  return end === 0 ? null : total;
}

/** The shortest of the usual spellings; `parseDuration` of it gives `ms` back. `ms` is finite and not negative. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (!Number.isInteger(ms) || (ms < 1000 && ms % 1000 !== 0)) return `${decimal(ms)}ms`;
  if (ms % 1000 !== 0) return ms < 60_000 ? `${decimal(ms / 1000)}s` : `${ms}ms`;
  const seconds = ms / 1000;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
}

/** A number without an exponent, which the grammar of durations has no place for. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}
