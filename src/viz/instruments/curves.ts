/** Curves over the bins that have been lived; nothing is drawn of the future. */
import { type Point, stepBand, stepPath } from '../step-path.ts';
import { binX, livedBins, round, type Strip } from './shapes.ts';

const points = (strip: Strip, y: (bin: number) => number): Point[] => {
  const lived = livedBins(strip);
  const out: Point[] = [];
  for (let bin = 0; bin < lived; bin++) out.push([binX(strip, bin), y(bin)]);
  if (lived > 0) out.push([strip.x(Math.min(strip.nowMs, strip.toMs)), y(lived - 1)]);
  return out;
};

/** `NaN` breaks the curve. */
export const stepLine = (strip: Strip, y: (bin: number) => number): string => stepPath(points(strip, y));

/** Between two curves. */
export function stepArea(strip: Strip, y0: (bin: number) => number, y1: (bin: number) => number): string {
  const lived = livedBins(strip);
  const rows: [number, number, number][] = [];
  for (let bin = 0; bin < lived; bin++) rows.push([binX(strip, bin), y0(bin), y1(bin)]);
  if (lived > 0) rows.push([strip.x(Math.min(strip.nowMs, strip.toMs)), y0(lived - 1), y1(lived - 1)]);
  return stepBand(rows);
}

/** Height of a value above the strip's lower edge, `max` being the full height. */
export const above = (strip: Strip, max: number) => (value: number) =>
  round(strip.bottom - (max <= 0 ? 0 : Math.min(1, value / max)) * (strip.bottom - strip.top));

/** A round number that is not less, so that scales do not tremble: 1, 1.5, 2, 3, 4, 5, 6, 8, 10, … */
export function niceMax(value: number): number {
  if (value <= 0) return 1;
  let step = 1;
  while (step * 10 < value) step *= 10;
  while (step > value) step /= 10;
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((k) => k * step).find((k) => k >= value) ?? value;
}
