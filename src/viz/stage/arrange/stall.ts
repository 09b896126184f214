import { clamp } from '../maths.ts';
import type { Box } from '../placed.ts';

/** Ear tag, height to width. */
export const TAG_RATIO = 42 / 54;

/** Where the tag and the lattice of a stall are: side by side, or one above the other where it stands upright. */
export function insideStall(body: Box): { tag: Box; lattice: Box } {
  if (body.w / body.h > 1.25) {
    const h = clamp(body.h * 0.66, 12, 54);
    const w = h * TAG_RATIO;
    const inset = clamp(body.w * 0.078, 4, 16);
    const x = body.x + inset + w + clamp(w * 0.286, 4, 12);
    const tag = { x: body.x + inset, y: body.y + (body.h - h) / 2, w, h };
    const right = body.x + body.w - clamp(body.w * 0.069, 4, 14);
    const room = { w: Math.max(8, right - x), h: body.h * 0.805 };
    return { tag, lattice: { x, y: body.y + (body.h - room.h) / 2, w: room.w, h: room.h } };
  }
  const h = clamp(body.h * 0.357, 12, 54);
  const w = Math.min(h * 0.8, body.w * 0.6);
  return {
    tag: { x: body.x + (body.w - w) / 2, y: body.y + body.h * 0.107, w, h },
    lattice: {
      x: body.x + body.w * 0.06,
      y: body.y + body.h * 0.567,
      w: body.w * 0.88,
      h: body.h * 0.348,
    },
  };
}
