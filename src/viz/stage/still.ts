/** Small pictures of a herd: in strong lines, without a word, and without the users at the left, who are the same everywhere. */
import type { DisplayList } from './ops.ts';

/** Size in CSS px that they are laid out for; they are shown smaller. */
export const STILL_SIZE = { width: 720, height: 330 } as const;
const LEFT = 165;
/** A picture this small needs stronger lines. */
const STRONGER = 2;

/** What stands on the stage, in strong lines and without a word. */
export function withoutWords(list: DisplayList): DisplayList {
  return list
    .filter((op) => op.op !== 'text')
    .map((op) => ('width' in op && op.width !== undefined ? { ...op, width: op.width * STRONGER } : op));
}

/** The part that is shown, from x = 0. */
export function croppedStill(list: DisplayList): DisplayList {
  return [{ op: 'push', x: -LEFT, y: 0, angle: 0, scale: 1, alpha: 1 }, ...list, { op: 'pop' }];
}

/** Of a still that is shown `width` CSS px wide. */
export const stillScale = (width: number): number => width / (STILL_SIZE.width - LEFT);
