import type { StallPlace } from './placed.ts';

/** Tokens beside the mouth of a stall that fell to the right: where they lie, the first to fall at the bottom. */
const RESTING = [
  [204, 62],
  [183, 62],
  [162, 62],
  [141, 62],
  [120, 62],
  [152, 43],
  [131, 43],
  [113, 23],
  [88.8, 13.2],
  [72.8, 32.5],
  [65.2, 8.6],
  [49, 28],
  [41.6, 4],
] as const;
const RESTING_R = 8;

export interface Spill {
  /** x, y, x, y, … relative to the centre of the stall before it fell. */
  readonly xy: readonly number[];
  readonly r: number;
}

/** Resting places of `count` tokens that fell out of a stall. */
export function restingPlaces(count: number, place: StallPlace): Spill {
  return place.label.side === 'right' ? spillRight(count, place.scale) : spillBelow(count, place);
}

/** A pile that tapers upwards along the fallen floor; more tokens are smaller tokens. */
function spillRight(count: number, scale: number): Spill {
  if (count <= RESTING.length) {
    return { xy: RESTING.slice(0, count).flatMap(([x, y]) => [x * scale, y * scale]), r: RESTING_R * scale };
  }
  for (let pitch = 20; ; pitch -= 0.5) {
    const xy = wedge(pitch);
    if (xy.length >= count * 2 || pitch <= 5) {
      return { xy: xy.slice(0, count * 2).map((v) => v * scale), r: Math.max(1.6, pitch * 0.38) * scale };
    }
  }
}

/** Rows of a wedge from the ground up: the ground is long, every row above begins nearer to the stall. */
function wedge(pitch: number): number[] {
  const xy: number[] = [];
  for (let row = 0; row < 64 / (pitch * 0.9); row++) {
    const y = 66 - pitch * 0.4 - row * pitch * 0.9;
    const height = 66 - y;
    // Beside the higher rows there are words.
    const right = Math.min(214 - height * 1.5, y < 36 ? 92 : 214);
    const left = Math.max(28, 112 - height * 1.35);
    for (let x = right; x >= left; x -= pitch) xy.push(x, y);
  }
  return xy;
}

/** Beside a stall that stands again: rows on the ground, below its words. */
export function sweptAside(count: number, place: StallPlace): Spill {
  const { body, label, scale } = place;
  const width = Math.max(40, Math.min(label.w, 150 * scale));
  const height = 42 * scale;
  let pitch = 20 * scale;
  while (pitch > 3 && Math.floor(width / pitch) * Math.floor(height / (pitch * 0.95)) < count) pitch -= 0.25;
  const cols = Math.floor(width / pitch);
  const left = label.x - (body.x + body.w / 2) + pitch / 2;
  const xy = Array.from({ length: count }, (_, i) => [
    left + (i % cols) * pitch,
    70 * scale - pitch / 2 - Math.floor(i / cols) * pitch * 0.95,
  ]).flat();
  return { xy, r: Math.max(1.6, pitch * 0.38) };
}

/** Heaped on the ground of the cell, as many side by side as fit. */
function spillBelow(count: number, place: StallPlace): Spill {
  const { body } = place;
  const width = body.w * 0.94;
  const height = body.h * (body.w > body.h ? 0.42 : 0.52);
  let pitch = Math.min(13, width / 4);
  while (pitch > 3 && Math.floor(width / pitch) * Math.floor(height / pitch) < count) pitch -= 0.25;
  const xy: number[] = [];
  const ground = body.h / 2 - pitch / 2 - 1;
  for (let row = 0; xy.length < count * 2; row++) {
    const full = Math.max(1, Math.floor(width / pitch) - (row % 2));
    const cols = Math.min(full, count - xy.length / 2);
    for (let i = 0; i < cols; i++) xy.push((i - (cols - 1) / 2) * pitch, ground - row * pitch);
  }
  return { xy, r: Math.max(1.2, pitch * 0.385) };
}
