import { cumsum } from 'd3-array';
import { stepPath } from '../step-path.ts';

/** A running total as a staircase that ends at the playhead. */
export interface Step {
  readonly d: string;
  readonly total: number;
  /** Where the total may be written: just after its last step. */
  readonly label: { readonly x: number; readonly y: number };
}

const RISE = 26;
/** Between the playhead and the total, and the width of a digit of it, CSS px. */
const BESIDE = 14;
const DIGIT = 10;

/** Rises from the line at `y` by as much as the largest total needs; counts after the playhead are not drawn. */
export function cumulativeStep(
  counts: Float64Array,
  y: number,
  axis: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly nowMs: number;
    readonly bins: number;
    readonly x: (ms: number) => number;
  },
): Step {
  const { fromMs, toMs, nowMs, bins, x } = axis;
  const binMs = (toMs - fromMs) / Math.max(1, bins);
  const totals = cumsum(counts);
  const end = totals[totals.length - 1] ?? 0;
  const height = (total: number): number => (end === 0 ? y : y - (total / end) * RISE);
  const points: [number, number][] = [[x(fromMs), y]];
  let total = 0;
  for (let bin = 0; bin < totals.length; bin++) {
    const at = fromMs + (bin + 0.5) * binMs;
    if (totals[bin] === total || at > Math.max(nowMs, fromMs + binMs)) continue;
    total = totals[bin]!;
    points.push([x(Math.min(at, nowMs)), height(total)]);
  }
  const last = x(nowMs);
  points.push([last, height(total)]);
  const words = DIGIT * String(total).length;
  const label =
    last + BESIDE + words <= x(toMs) + BESIDE
      ? { x: last + BESIDE, y: height(total) + (total > 0 ? 12 : -4) }
      : // No room to the right: on its last step.
        { x: last - words - 6, y: height(total) - 5 };
  return { d: stepPath(points), total, label };
}
