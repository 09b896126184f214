import type { ContainerView, HerdView } from '../../sim/view.ts';
import type { StageLayout } from './placed.ts';
import { makeTrack, type Spot, spotOn, type Track } from './track.ts';

/** A part of a track where packets vanish: distances from its beginning. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

const GAP = 18;
/** On a spur between a shared rail and its stall there is little room. */
const SPUR = { from: 8, to: 2 };

/** No packet reaches this container from where its requests come from. */
export const isCutOff = (c: ContainerView, view: HerdView, layout: StageLayout): boolean =>
  c.cutOff || (view.usersCutOff && layout.tracks.users === null);

/** Where the rail of a container that is cut off is broken: in its open middle. */
export function serverCut(track: Track, layout: StageLayout): Cut {
  const { length } = track;
  if (layout.railWidth < 10) return { from: length - SPUR.from, to: length - SPUR.to };
  const half = Math.min(GAP, length * 0.3) / 2;
  return { from: length * 0.5 - half, to: length * 0.5 + half };
}

/** Where the way from the sign-in door is broken: where it runs straight up to the balancer. */
export const doorCut = ({ length }: Track): Cut => ({
  from: length * 0.75 - GAP / 2,
  to: length * 0.75 + GAP / 2,
});

/** Where the users' own rail is broken: in its middle. */
export function usersCut(track: Track): Cut {
  const half = Math.min(GAP, track.length * 0.4) / 2;
  return { from: track.length / 2 - half, to: track.length / 2 + half };
}

/** Where a wire is broken: before its store if nobody reaches that, else behind the stall. */
export function wireCut(track: Track, everyone: boolean): Cut {
  return everyone ? { from: track.length - 12, to: track.length - 5 } : { from: 8, to: 15 };
}

/** Nobody who lives reaches this store. */
export const isOutOfReach = (cutOff: readonly number[], alive: readonly ContainerView[]): boolean =>
  cutOff.length > 0 && alive.every(({ id }) => cutOff.includes(id));

const spot = (): Spot => ({ x: 0, y: 0, dx: 0, dy: 0 });

/** The part of a track between two distances, its bends kept. */
export function pieceOf(track: Track, from: number, to: number): Track {
  const a = spotOn(track, from, spot());
  const b = spotOn(track, to, spot());
  const points: [number, number][] = [[a.x, a.y]];
  for (let i = 0; i < track.at.length; i++) {
    if (track.at[i]! > from && track.at[i]! < to) points.push([track.xy[2 * i]!, track.xy[2 * i + 1]!]);
  }
  points.push([b.x, b.y]);
  return makeTrack(points, 0);
}

/** One part of a direction in steps of 45 degrees: near a bend the bars stand as the straight way does. */
const snapped = (part: number): number =>
  Math.abs(part) < 0.38 ? 0 : Math.sign(part) * (Math.abs(part) > 0.92 ? 1 : Math.SQRT1_2);

/** Two short bars across a track, where its gap begins and ends: x1, y1, x2, y2, … */
export function cutBars(track: Track, cut: Cut, reach: number): number[] {
  const middle = spotOn(track, (cut.from + cut.to) / 2, spot());
  const dx = snapped(middle.dx);
  const dy = snapped(middle.dy);
  return [cut.from, cut.to].flatMap((at) => {
    const { x, y } = spotOn(track, at, spot());
    return [x - dy * reach, y + dx * reach, x + dy * reach, y - dx * reach];
  });
}
