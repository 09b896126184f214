import type { HerdView } from '../../sim/view.ts';
import { clamp, niceCeil } from './maths.ts';
import type { Box } from './placed.ts';

/** Places for sessions: one pitch everywhere, so that stalls can be compared by eye. */
export interface LatticeSpec {
  readonly cols: number;
  readonly rows: number;
  /** Sessions that one dot stands for. */
  readonly per: number;
  readonly pitchX: number;
  readonly pitchY: number;
  /** Radius of a token. */
  readonly r: number;
}

/** Counted by fives. */
const TIERS = [
  [5, 3],
  [5, 4],
  [10, 4],
  [10, 6],
] as const;

/** Below this pitch dots cannot be counted, and one dot stands for several sessions. */
const MIN_PITCH = 5.5;

/** A lattice with at least `need` places in a box of w by h, or with dots that stand for more. */
export function fitLattice(
  w: number,
  h: number,
  need: number,
  tiers: readonly (readonly [cols: number, rows: number])[] = TIERS,
): LatticeSpec {
  const legible = tiers.filter(([cols, rows], i) => i === 0 || Math.min(w / cols, h / rows) >= MIN_PITCH);
  const [cols, rows] = legible.find(([c, r]) => c * r >= need) ?? legible[legible.length - 1]!;
  // Nearly square, as in the full drawing: 24 by 22.
  const pitchX = Math.min(w / cols, (h / rows) * 1.15);
  const pitchY = Math.min(h / rows, (w / cols) * 1.1);
  return {
    cols,
    rows,
    per: niceCeil(Math.max(1, need / (cols * rows))),
    pitchX,
    pitchY,
    r: clamp(Math.min(pitchX, pitchY) * 0.385, 0.8, 8),
  };
}

/** Centres of the places of a lattice centred in `box`, row by row: x, y, x, y, … */
export function latticeSpots(spec: LatticeSpec, box: Box): number[] {
  const x0 = box.x + box.w / 2 - ((spec.cols - 1) * spec.pitchX) / 2;
  const y0 = box.y + box.h / 2 - ((spec.rows - 1) * spec.pitchY) / 2;
  const spots: number[] = [];
  for (let row = 0; row < spec.rows; row++) {
    for (let col = 0; col < spec.cols; col++) spots.push(x0 + col * spec.pitchX, y0 + row * spec.pitchY);
  }
  return spots;
}

/** Dots that show `count` things; at least one for any. */
export const dotsFor = (count: number, per: number): number => Math.ceil(count / per);

/** Places that a stall of this herd should have: its fair share of the users, or what one already holds or lost. */
export function placesNeeded(view: HerdView): number {
  let need = Math.ceil(view.users.length / Math.max(1, view.wanted));
  let held = 0;
  for (const c of view.containers) {
    held += c.sessions + c.lostSessions;
    need = Math.max(need, c.sessions, c.lostSessions);
  }
  return held === 0 ? Math.min(need, 15) : need;
}
