import { d, type Ink, type Pen } from '../ops.ts';
import type { Box } from '../placed.ts';

/** One sheet an upload while they can be counted. */
export function drawSheets(pen: Pen, box: Box, count: number, small = count > 8): void {
  const s = small ? 0.6 : 1;
  const pitchX = small ? 17.5 : 30;
  const pitchY = small ? 17 : 30;
  const cols = Math.floor((box.w + 8) / pitchX);
  const rows = Math.max(1, Math.floor((box.h + 10) / pitchY));
  let path = '';
  for (let i = 0; i < Math.min(count, cols * rows); i++) {
    const x = box.x + 4 * s + (i % cols) * pitchX;
    const y = box.y + 4 + Math.floor(i / cols) * pitchY;
    path += d('M', x, y, 'h', 12 * s, 'l', 6 * s, 6 * s, 'v', 14 * s, 'h', -18 * s, 'z');
  }
  pen.path(path, { fill: 'ink' });
}

/** One bar a row while they can be counted. */
export function drawRows(pen: Pen, box: Box, count: number, small = count > 15): void {
  const cols = small ? 6 : 3;
  const pitchX = box.w / cols;
  const pitchY = small ? 8 : 15;
  const rows = Math.floor((box.h + 4) / pitchY);
  const fill: Ink = 'ink';
  let path = '';
  for (let i = 0; i < Math.min(count, cols * rows); i++) {
    const x = box.x + (i % cols) * pitchX;
    const y = box.y + 3 + Math.floor(i / cols) * pitchY;
    path += d(
      'M',
      x,
      y,
      'h',
      pitchX - (small ? 3 : 5),
      'v',
      small ? 5 : 8,
      'h',
      -(pitchX - (small ? 3 : 5)),
      'z',
    );
  }
  pen.path(path, { fill });
}
