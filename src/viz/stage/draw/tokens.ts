import type { Pen } from '../ops.ts';

/** Session tokens: held ones solid, the rest of the places as pinpoints. `spots` is x, y, x, y, … */
export function drawTokens(pen: Pen, spots: readonly number[], held: number, r: number): void {
  const cut = Math.min(held * 2, spots.length);
  pen.circles(spots.slice(0, cut), r, { fill: 'blue' });
  pen.circles(spots.slice(cut), Math.max(0.75, Math.min(1.5, r * 0.25)), { fill: 'pin' });
}

/** A lost session, hollow. */
export const drawRings = (pen: Pen, spots: readonly number[], r: number): void =>
  pen.circles(spots, r - r / 8, { fill: 'paper', stroke: 'red', width: Math.max(1, r * 0.31) });
