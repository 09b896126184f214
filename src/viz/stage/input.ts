import type { HerdView, Legs } from '../../sim/view.ts';
import type { Late } from './late.ts';
import type { Hit } from './hits.ts';
import type { Box, StageLayout } from './placed.ts';

/** Everything a picture depends on. The same input gives the same picture. */
export interface StageInput {
  readonly view: HerdView;
  /** Legs of the last `legWindow(stretchMs)` ms at least; older ones do no harm. */
  readonly legs: Legs;
  /** Virtual time of the picture, in ms. */
  readonly t: number;
  /** A leg is drawn for at least this long, in ms of virtual time: 450 × speed. */
  readonly stretchMs: number;
  readonly layout: StageLayout;
  /** What the first picture does without; null = it has not been fetched. */
  readonly late: Late | null;
  /** Draw states only: what moves is drawn where it will come to rest. */
  readonly reducedMotion: boolean;
  /** A container's or store's name, `balancer` or `users`: what the text speaks of. */
  readonly highlight: string | null;
  readonly hover: Hit | null;
  /** The part that is seen, in stage units; absent = all of it. Stalls outside of it are left out. */
  readonly window?: Box | undefined;
}

/** Wall ms that a leg is drawn for. */
const LEG_WALL_MS = 450;
/** Wall ms that the end of a failed leg stays: two strokes, hold, fade. */
export const CROSS_MS = { stroke: 90, hold: 1200, fade: 300 } as const;

/** Virtual ms in one wall ms. */
export const paceOf = (stretchMs: number): number => stretchMs / LEG_WALL_MS;

/** How far back `run.legs` should look, in ms of virtual time, so that failures stay visible long enough to be read. */
export const legWindow = (stretchMs: number): number =>
  stretchMs + paceOf(stretchMs) * (2 * CROSS_MS.stroke + CROSS_MS.hold + CROSS_MS.fade);
