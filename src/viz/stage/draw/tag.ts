import { clamp } from '../maths.ts';
import { d, type Ink, type Pen } from '../ops.ts';
import type { Box } from '../placed.ts';

/** Outline and filling differ from version to version; after the fourth they begin again. */
type Shape = 'shouldered' | 'square' | 'pointed' | 'round';
const SHAPES: readonly Shape[] = ['shouldered', 'square', 'pointed', 'round'];

/** An ear tag. `off` draws it white, as worn by the dead. */
export function drawTag(pen: Pen, box: Box, label: string, version: number, off: boolean): void {
  const shape = SHAPES[version % SHAPES.length]!;
  const small = box.w < 22;
  // A dark band must not melt into a dark stage: banded tags have an outline in ink.
  const stroke: Ink = off || shape !== 'shouldered' ? 'ink' : 'tagInk';
  const line = clamp(box.w * 0.048, 0.8, 2);
  const outline = tagOutline(shape, box);
  pen.path(outline, { fill: off ? 'plate' : 'yellow', stroke, width: line });
  if (!off && shape !== 'shouldered') band(pen, box, shape);
  if (!off && shape !== 'shouldered') pen.path(outline, { stroke, width: line });
  if (!small) {
    const r = box.w * 0.075;
    pen.circles([box.x + box.w / 2, box.y + box.h * 0.15], r, {
      fill: 'paper',
      stroke,
      width: Math.min(1.5, r / 2),
    });
  }
  const size = Math.min(box.h * 0.556, (box.w - 5) / (Math.max(1, label.length) * 0.66));
  if (size < 6.5) return;
  pen.text(box.x + box.w / 2, box.y + box.h * (small ? 0.53 : 0.56) + size * 0.42, label, {
    size,
    weight: 800,
    fill: off ? 'ink' : 'tagInk',
    anchor: 'middle',
  });
}

/** A pale or striped field tells versions apart where colour does not. */
function band(pen: Pen, box: Box, shape: Shape): void {
  const { x, y, w, h } = box;
  if (shape === 'square') {
    pen.rect(x, y, w, h * 0.26, w * 0.06, { fill: 'tagInk' });
  } else if (shape === 'pointed') {
    pen.rect(x + w * 0.06, y + h * 0.27, w * 0.88, Math.max(1, h * 0.045), 0, { fill: 'tagInk' });
  } else {
    pen.lines([x + w * 0.12, y + h * 0.3, x + w * 0.88, y + h * 0.3], {
      stroke: 'tagInk',
      width: Math.max(0.8, w * 0.04),
      dash: [w * 0.06, w * 0.06].map((n) => Math.round(n * 100) / 100),
    });
  }
}

function tagOutline(shape: Shape, { x, y, w, h }: Box): string {
  const r = Math.min(6, w * 0.143);
  switch (shape) {
    case 'shouldered':
      return d(
        'M',
        x + w * 0.3,
        y,
        'H',
        x + w * 0.7,
        'L',
        x + w,
        y + h * 0.24,
        'V',
        y + h - r,
        'A',
        r,
        r,
        '0 0 1',
        x + w - r,
        y + h,
        'H',
        x + r,
        'A',
        r,
        r,
        '0 0 1',
        x,
        y + h - r,
        'V',
        y + h * 0.24,
        'Z',
      );
    case 'square':
      return d('M', x, y, 'H', x + w, 'V', y + h, 'H', x, 'Z');
    case 'pointed':
      return d(
        'M',
        x,
        y,
        'H',
        x + w,
        'V',
        y + h * 0.8,
        'L',
        x + w / 2,
        y + h * 1.04,
        'L',
        x,
        y + h * 0.8,
        'Z',
      );
    case 'round': {
      const q = w / 2;
      return d(
        'M',
        x,
        y + q,
        'A',
        q,
        q,
        '0 0 1',
        x + w,
        y + q,
        'V',
        y + h - q,
        'A',
        q,
        q,
        '0 0 1',
        x,
        y + h - q,
        'Z',
      );
    }
  }
}

/** A pet wears a collar with a medal instead of a tag. */
export function drawCollar(pen: Pen, box: Box, initial: string, off: boolean): void {
  const { x, y, w, h } = box;
  const cx = x + w / 2;
  const line = clamp(w * 0.12, 1.5, 5);
  const ry = h * 0.2;
  pen.path(
    d('M', x, y + ry, 'A', w / 2, ry, '0 0 0', x + w, y + ry, 'A', w / 2, ry, '0 0 0', x, y + ry, 'Z'),
    {
      stroke: 'ink',
      width: line,
      fill: 'paper',
    },
  );
  const r = h * 0.29;
  const cy = y + ry * 2 + r * 0.92;
  pen.circles([cx, cy], r, {
    fill: off ? 'plate' : 'yellow',
    stroke: off ? 'ink' : 'tagInk',
    width: clamp(w * 0.048, 0.8, 2),
  });
  if (r > 5) {
    pen.text(cx, cy + r * 0.42, initial, {
      size: r * 1.2,
      weight: 800,
      fill: off ? 'ink' : 'tagInk',
      anchor: 'middle',
    });
  }
}
