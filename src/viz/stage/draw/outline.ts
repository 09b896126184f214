import { d } from '../ops.ts';
import type { Box } from '../placed.ts';

/** A rounded box with an opening (the gate) of `gap` in the middle of its left or top side. */
export function penOutline(box: Box, r: number, gap: number, side: 'left' | 'top'): string {
  const { x, y, w, h } = box;
  const right = x + w;
  const bottom = y + h;
  if (side === 'left') {
    const mid = y + h / 2;
    return d(
      'M',
      x,
      mid - gap / 2,
      'V',
      y + r,
      arc(r, x + r, y),
      'H',
      right - r,
      arc(r, right, y + r),
      'V',
      bottom - r,
      arc(r, right - r, bottom),
      'H',
      x + r,
      arc(r, x, bottom - r),
      'V',
      mid + gap / 2,
    );
  }
  const mid = x + w / 2;
  return d(
    'M',
    mid + gap / 2,
    y,
    'H',
    right - r,
    arc(r, right, y + r),
    'V',
    bottom - r,
    arc(r, right - r, bottom),
    'H',
    x + r,
    arc(r, x, bottom - r),
    'V',
    y + r,
    arc(r, x + r, y),
    'H',
    mid - gap / 2,
  );
}

/** What is left of a stall that fell: open at the right, or at the bottom where it stood upright; around 0, 0. */
export function fallenOutline(w: number, h: number, r: number, open: 'right' | 'bottom'): string {
  const x = w / 2;
  const y = h / 2;
  if (open === 'right') {
    return d('M', x, -y, 'H', -x + r, arc(r, -x, -y + r, 0), 'V', y - r, arc(r, -x + r, y, 0), 'H', x);
  }
  return d('M', -x, y, 'V', -y + r, arc(r, -x + r, -y), 'H', x - r, arc(r, x, -y + r), 'V', y);
}

const arc = (r: number, x: number, y: number, sweep: 0 | 1 = 1): string => d('A', r, r, '0 0', sweep, x, y);
