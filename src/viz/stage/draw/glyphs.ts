import { d, type Ink, type Pen } from '../ops.ts';
import { clamp } from '../maths.ts';
import { NEAR_LIMIT } from '../words.ts';

/** Two strokes of a cross, each drawn as far as its share (0..1). */
export function drawCross(
  pen: Pen,
  x: number,
  y: number,
  reach: number,
  width: number,
  first = 1,
  second = 1,
  stroke: Ink = 'red',
): void {
  const lines: number[] = [];
  const a = clamp(first, 0, 1) * 2 * reach;
  const b = clamp(second, 0, 1) * 2 * reach;
  if (a > 0) lines.push(x - reach, y - reach, x - reach + a, y - reach + a);
  if (b > 0) lines.push(x + reach, y - reach, x + reach - b, y - reach + b);
  pen.lines(lines, { stroke, width });
}

/** Open arcs that spread from a dot; `share` 0..1 of the way out. */
export function drawPulse(pen: Pen, x: number, y: number, share: number): void {
  pen.circles([x, y], 4, { fill: 'ink' });
  const arcs =
    (share > 0.25 ? d('M', x + 7, y - 6, 'A 8.5 8.5 0 0 1', x + 7, y + 6) : '') +
    (share > 0.7 ? d('M', x + 12, y - 10, 'A 14 14 0 0 1', x + 12, y + 10) : '');
  pen.path(arcs, { stroke: 'ink', width: 2, cap: 'round' });
}

/** An answer unlike the others'. */
export const diamondPath = (x: number, y: number, r: number): string =>
  d('M', x - r, y, 'L', x, y - r, 'L', x + r, y, 'L', x, y + r, 'z');

/** Hatching in little: hand edits. */
export function drawSwatch(pen: Pen, x: number, y: number): void {
  pen.hatch(x, y, 16, 14, 3, 5, 2.5);
  pen.rect(x, y, 16, 14, 3, { stroke: 'ink', width: 1.5 });
}

/** Eight arms: frozen. */
export function drawIce(pen: Pen, x: number, y: number, r: number, stroke: Ink): void {
  const q = r * 0.71;
  pen.lines(
    [x - r, y, x + r, y, x, y - r, x, y + r, x - q, y - q, x + q, y + q, x - q, y + q, x + q, y - q],
    {
      stroke,
      width: 1.75,
      cap: 'round',
    },
  );
}

/** Two bars: paused. */
export function drawPause(pen: Pen, x: number, y: number, h: number, fill: Ink): void {
  pen.rect(x, y, h * 0.3, h, 0, { fill });
  pen.rect(x + h * 0.5, y, h * 0.3, h, 0, { fill });
}

/** A key: what one dot stands for. */
export function drawDotKey(pen: Pen, x: number, y: number, text: string, fill: Ink = 'blue'): void {
  pen.circles([x + 4, y - 4.5], 4, { fill });
  pen.text(x + 13, y, text, { size: 13, fill: 'ink2' });
}

/** Two bars across a broken line: packets vanish. */
export function drawBroken(pen: Pen, x: number, y: number): void {
  pen.lines([x, y, x + 3, y, x + 13, y, x + 16, y], { stroke: 'rail', width: 1.5 });
  pen.lines([x + 4, y - 6, x + 4, y + 6, x + 12, y - 6, x + 12, y + 6], { stroke: 'ink', width: 2.5 });
}

/** A drum filled to its rim: a disk without room. */
export function drawFullDisk(pen: Pen, cx: number, cy: number, r: number, fill: Ink = 'ink'): void {
  const w = r * 0.86;
  const lid = r * 0.34;
  const top = cy - r * 0.62;
  const bottom = cy + r * 0.62;
  const arc = (y: number, sweep: 0 | 1, x: number): string => d('A', w, lid, '0 0', sweep, x, y);
  pen.path(
    d('M', cx - w, top, 'V', bottom) + arc(bottom, 0, cx + w) + d('V', top) + arc(top, 0, cx - w) + 'Z',
    { fill, stroke: fill, width: 1.25 },
  );
  pen.path(d('M', cx - w, top) + arc(top, 0, cx + w) + arc(top, 0, cx - w) + 'Z', {
    fill: 'plate',
    stroke: fill,
    width: 1.5,
  });
}

/** A clock face: slow. */
export function drawClock(pen: Pen, cx: number, cy: number, r: number, stroke: Ink): void {
  pen.circles([cx, cy], r, { stroke, width: 1.75 });
  pen.path(d('M', cx, cy - r * 0.6, 'V', cy, 'H', cx + r * 0.5), { stroke, width: 1.5 });
}

/** How much of a limit is used, upright: the top is the limit. Near it, it is said in words as well. */
export function drawLevel(pen: Pen, x: number, y: number, w: number, h: number, share: number): void {
  const full = clamp(share, 0, 1) * h;
  pen.rect(x, y, w, h, 0, { fill: 'plate' });
  if (full > 0) pen.rect(x, y + h - full, w, full, 0, { fill: share >= NEAR_LIMIT ? 'red' : 'ink2' });
  pen.rect(x, y, w, h, 0, { stroke: 'ink', width: 1 });
  pen.lines([x - 2, y, x + w + 2, y], { stroke: 'ink', width: 2 });
}
