import { clamp, niceCeil } from '../maths.ts';
import type { Box, UsersPlace } from '../placed.ts';

/** A whole figure (head and shoulders) needs this much room. */
const FIGURE = { w: 26, h: 33 };
/** Room of a single head. */
const HEAD = { w: 25.5, h: 21 };
const MIN_HEAD_PITCH = 7;

/** Figures while there is room for them, smaller ones, then heads, then one head for several users. */
export function placeFigures(count: number, box: Box, words: UsersPlace['words']): UsersPlace {
  for (const scale of [1, 0.85, 0.75, 0.6]) {
    const cols = Math.max(1, Math.floor((box.w + 0.5) / (FIGURE.w * scale)));
    const rows = Math.floor((box.h + 6 * scale) / (FIGURE.h * scale));
    if (cols * rows >= count) {
      return {
        ...grid(box, words, cols, count, 1, scale, true),
        pitchX: FIGURE.w * scale,
        pitchY: FIGURE.h * scale,
        x0: box.x + 12 * scale,
        y0: box.y + 14 * scale,
      };
    }
  }
  return placeHeads(count, box, words, 14);
}

/** Heads only, in rows that fill the width. */
export function placeHeads(
  count: number,
  box: Box,
  words: UsersPlace['words'],
  largest = HEAD.w,
): UsersPlace {
  let per = 1;
  let pitch = largest;
  const ratio = largest === HEAD.w ? HEAD.h / HEAD.w : 1;
  const capacity = (p: number) => Math.floor(box.w / p) * Math.max(1, Math.floor(box.h / (p * ratio)));
  while (pitch > MIN_HEAD_PITCH && capacity(pitch) < count) pitch -= 0.5;
  if (capacity(pitch) < count) per = niceCeil(count / capacity(pitch));
  const cols = Math.max(1, Math.floor(box.w / pitch));
  const heads = Math.ceil(count / per);
  const scale = clamp(pitch / 22, 0.2, 1.18);
  const stretched = heads >= cols ? box.w / cols : pitch;
  return {
    ...grid(box, words, cols, heads, per, scale, false),
    pitchX: stretched,
    pitchY: pitch * ratio,
    x0: box.x + stretched / 2,
    y0: box.y + (pitch * ratio) / 2,
  };
}

function grid(
  box: Box,
  words: UsersPlace['words'],
  cols: number,
  heads: number,
  per: number,
  scale: number,
  bodies: boolean,
): Omit<UsersPlace, 'pitchX' | 'pitchY' | 'x0' | 'y0'> {
  return { box, words, cols, heads, per, scale, bodies };
}
