/** A part of time that is looked at, in ms of virtual time. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shorter parts have nothing to tell. */
const SHORTEST_MS = 1000;
/** What happened is counted in bins of this many ms: a part begins and ends with one, so that its counts are exact. */
const BIN_MS = 100;

/** Between two instants, in either order. */
export function spanOf(a: number, b: number): Span {
  const fromMs = Math.max(0, Math.floor(Math.min(a, b) / BIN_MS) * BIN_MS);
  const toMs = Math.ceil(Math.max(a, b) / BIN_MS) * BIN_MS;
  return { fromMs, toMs: Math.max(toMs, fromMs + SHORTEST_MS) };
}

/** `times` as much time, around an instant that stays where it is. Null = all of it, up to `endMs`. */
export function zoomed({ fromMs, toMs }: Span, times: number, around: number, endMs: number): Span | null {
  const length = Math.max(SHORTEST_MS, (toMs - fromMs) * times);
  if (length >= endMs) return null;
  const share = (around - fromMs) / (toMs - fromMs);
  return within(around - share * length, length, endMs);
}

/** Earlier or later by `share` of its length, not beyond 0 and `endMs`. */
export const moved = ({ fromMs, toMs }: Span, share: number, endMs: number): Span =>
  within(fromMs + share * (toMs - fromMs), toMs - fromMs, endMs);

/** Of this very length, rounded to bins: it does not grow by being moved. */
function within(fromMs: number, length: number, endMs: number): Span {
  const size = Math.max(SHORTEST_MS, toBin(length));
  const from = toBin(Math.max(0, Math.min(fromMs, endMs - size)));
  return { fromMs: from, toMs: from + size };
}

const toBin = (ms: number): number => Math.round(ms / BIN_MS) * BIN_MS;
