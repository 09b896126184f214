import { round2 } from './maths.ts';
import type { Box } from './placed.ts';

/** A way that something travels: drawn by `d`, walked by its points. */
export interface Track {
  readonly d: string;
  /** Points of the flattened way: x, y, x, y, … */
  readonly xy: readonly number[];
  /** Distance from the beginning, per point. */
  readonly at: readonly number[];
  readonly length: number;
  /** The rectangle that it stays in. */
  readonly bounds: Box;
}

/** A place on a track and the direction of travel there (unit vector). */
export interface Spot {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

export type Corner = readonly [x: number, y: number];

/** Pieces that a bend is flattened into. */
const BEND_STEPS = 6;

/**
 * Straight lines through the corners, each bend rounded by `radius` (less where the lines are short). Worked out when it is
 * first asked for: of a large herd's ways only few are ever seen or walked.
 */
export const makeTrack = (corners: readonly Corner[], radius = 14): Track => new LateTrack(corners, radius);

type Solved = Omit<Track, 'bounds'>;

class LateTrack implements Track {
  readonly bounds: Box;
  readonly #corners: readonly Corner[];
  readonly #radius: number;
  #done: Solved | null = null;

  constructor(corners: readonly Corner[], radius: number) {
    this.bounds = boundsOf(corners);
    this.#corners = corners;
    this.#radius = radius;
  }

  get d(): string {
    return this.#solved().d;
  }
  get xy(): readonly number[] {
    return this.#solved().xy;
  }
  get at(): readonly number[] {
    return this.#solved().at;
  }
  get length(): number {
    return this.#solved().length;
  }

  #solved(): Solved {
    return (this.#done ??= solved(this.#corners, this.#radius));
  }
}

function boundsOf(corners: readonly Corner[]): Box {
  let [left, top] = corners[0]!;
  let [right, bottom] = [left, top];
  for (const [x, y] of corners) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

function solved(corners: readonly Corner[], radius: number): Solved {
  const points = corners.filter(
    (c, i) => i === 0 || Math.hypot(c[0] - corners[i - 1]![0], c[1] - corners[i - 1]![1]) > 0.01,
  );
  const xy: number[] = [points[0]![0], points[0]![1]];
  let d = `M${round2(points[0]![0])} ${round2(points[0]![1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x, y] = points[i]!;
    const next = points[i + 1];
    if (next === undefined) {
      d += `L${round2(x)} ${round2(y)}`;
      xy.push(x, y);
      continue;
    }
    const [px, py] = points[i - 1]!;
    const before = Math.hypot(x - px, y - py);
    const after = Math.hypot(next[0] - x, next[1] - y);
    const trim = Math.min(radius, before / 2, after / 2);
    const ax = x + ((px - x) / before) * trim;
    const ay = y + ((py - y) / before) * trim;
    const bx = x + ((next[0] - x) / after) * trim;
    const by = y + ((next[1] - y) / after) * trim;
    d += `L${round2(ax)} ${round2(ay)}Q${round2(x)} ${round2(y)} ${round2(bx)} ${round2(by)}`;
    for (let step = 0; step <= BEND_STEPS; step++) {
      const u = step / BEND_STEPS;
      const v = 1 - u;
      xy.push(v * v * ax + 2 * v * u * x + u * u * bx, v * v * ay + 2 * v * u * y + u * u * by);
    }
  }
  return { d, ...measured(xy) };
}

/** One track after another. */
export function joinTracks(first: Track, second: Track): Track {
  const [a, b] = [first.bounds, second.bounds];
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const bounds = { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
  return { bounds, d: `${first.d}${second.d}`, ...measured([...first.xy, ...second.xy]) };
}

/** Drops points that do not move, except that at least two remain. */
function measured(all: readonly number[]): { xy: readonly number[]; at: readonly number[]; length: number } {
  const xy = [all[0]!, all[1]!];
  const at = [0];
  for (let i = 2; i < all.length; i += 2) {
    const step = Math.hypot(all[i]! - xy[xy.length - 2]!, all[i + 1]! - xy[xy.length - 1]!);
    if (step < 1e-6) continue;
    xy.push(all[i]!, all[i + 1]!);
    at.push(at[at.length - 1]! + step);
  }
  if (at.length === 1) {
    xy.push(xy[0]!, xy[1]!);
    at.push(0);
  }
  return { xy, at, length: at[at.length - 1]! };
}

/** Writes the place at `distance` from the beginning (held to the ends) into `out`. */
export function spotOn(track: Track, distance: number, out: Spot): Spot {
  const { xy, at } = track;
  let i = 1;
  while (i < at.length - 1 && at[i]! < distance) i++;
  const x0 = xy[2 * i - 2]!;
  const y0 = xy[2 * i - 1]!;
  const span = at[i]! - at[i - 1]! || 1;
  const share = Math.min(1, Math.max(0, (distance - at[i - 1]!) / span));
  out.dx = (xy[2 * i]! - x0) / span;
  out.dy = (xy[2 * i + 1]! - y0) / span;
  out.x = x0 + (xy[2 * i]! - x0) * share;
  out.y = y0 + (xy[2 * i + 1]! - y0) * share;
  return out;
}
