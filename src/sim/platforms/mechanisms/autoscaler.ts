import type { Scaler } from '../../model/upkeep.ts';

/** One container as a scaler sees it. */
export interface Sample {
  /** What it used since the last look, in units of the target; null = it was not there to be measured (S-72). */
  readonly usage: number | null;
  /** It is not ready, or has just become so: what it uses says nothing yet (S-74). */
  readonly unready: boolean;
}

/** How many containers a platform's scaler wants. One file each. */
export interface Autoscaler {
  /** The number that the samples call for. */
  propose(current: number, samples: readonly Sample[], scaler: Scaler): number;
  /** The most that it goes to in one step from `current`. */
  limit(current: number, scaler: Scaler): number;
}

/** What a scaler proposed, and when (ms). */
export interface Proposal {
  readonly t: number;
  readonly n: number;
}

/** Scaling down waits: the highest of the proposals of the window counts (S-72). */
export const stabilised = (proposals: readonly Proposal[], now: number, windowMs: number): number =>
  proposals.reduce((most, p) => (p.t > now - windowMs && p.n > most ? p.n : most), 0);
