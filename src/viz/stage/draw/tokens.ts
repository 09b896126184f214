import type { Ink, Pen } from '../ops.ts';

/** Session tokens: held ones solid, the rest of the places as pinpoints. `spots` is x, y, x, y, … */
export function drawTokens(pen: Pen, spots: readonly number[], held: number, r: number): void {
  const cut = Math.min(held * 2, spots.length);
  pen.circles(spots.slice(0, cut), r, { fill: 'blue' });
  pen.circles(spots.slice(cut), Math.max(0.75, Math.min(1.5, r * 0.25)), { fill: 'pin' });
}

/** What is kept on disk while nobody can read it. */
export const drawStoredTokens = (pen: Pen, spots: readonly number[], held: number, r: number): void =>
  pen.circles(spots.slice(0, held * 2), r * 0.85, { stroke: 'blue', width: Math.max(0.9, r * 0.25) });

/** What is still held and goes with its process: rings with a core. */
export function drawLeavingTokens(pen: Pen, spots: readonly number[], held: number, r: number): void {
  const there = spots.slice(0, Math.min(held * 2, spots.length));
  pen.circles(there, r * 0.85, { fill: 'plate', stroke: 'blue', width: Math.max(0.9, r * 0.25) });
  pen.circles(there, r * 0.3, { fill: 'blue' });
}

/** A lost session, hollow. */
export const drawRings = (pen: Pen, spots: readonly number[], r: number, stroke: Ink = 'red'): void =>
  pen.circles(spots, r - r / 8, { fill: 'paper', stroke, width: Math.max(1, r * 0.31) });
