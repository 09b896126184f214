import type { HerdView } from '../../../sim/view.ts';

/** Room along the floor of a fence, where the volumes on its host's disk stand. */
export interface Shelf {
  readonly h: number;
  /** Least and greatest width of a box. */
  readonly least: number;
  readonly most: number;
}

export const WIDE_SHELF: Shelf = { h: 84, least: 104, most: 184 };
export const FLAT_SHELF: Shelf = { h: 36, least: 84, most: 176 };

/** How much of a host's fence its volumes take: nothing where it has none. */
export const shelfHeight = (view: HerdView, host: number, shelf: Shelf): number =>
  host >= 0 && view.volumes.some((volume) => volume.host === host) ? shelf.h : 0;
