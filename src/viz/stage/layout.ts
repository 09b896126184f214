import type { HerdView } from '../../sim/view.ts';
import { arrangeCompact } from './arrange/compact.ts';
import { arrangeWide } from './arrange/wide.ts';
import { clamp } from './maths.ts';
import type { StageLayout } from './placed.ts';

export type { StageLayout } from './placed.ts';

/** Units left free at either side, for strokes and for the marks around what is spoken of. */
const MARGIN = 6;
/** Stages at least this wide (CSS px) are laid out from left to right. */
const WIDE_FROM = 700;
/** The drawing's own size, in units. */
const WIDE = { w: 992, h: 512, least: 0.82, most: 1.6, lowest: 430 };
const COMPACT = { w: 358, h: 382, least: 0.72, most: 1.4, lowest: 330 };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Stalls drawn at this size or above gain no words from more room: they are only seen larger. */
const WHOLE_FROM = 0.5;

/**
 * The layout to be seen `zoom` times as large: with as much room, in steps of two, as still brings out more of each
 * container: a stall for a tag, a tag for a cell of a field. More room never shows less, so the most is tried first: a
 * large herd is laid out once.
 */
export function layoutZoomed(view: HerdView, box: Size, zoom: number): StageLayout {
  let room = 1;
  while (room * 2 <= zoom) room *= 2;
  let layout = layoutStage(view, box, room);
  while (layout.room > 1 && isWhole(layout)) {
    const smaller = layoutStage(view, box, layout.room / 2);
    if (!isWhole(smaller)) break;
    layout = smaller;
  }
  return layout;
}

const isWhole = ({ detail, stalls }: StageLayout): boolean =>
  detail === 'stalls' && stalls.every(({ scale }) => scale >= WHOLE_FROM);

/**
 * Places everything on a stage of the given size in CSS px, or on a sheet `room` times as wide and as high. Pure; depends
 * on the view's things and counts but not on its time. Small stages are drawn smaller, large ones larger and with more
 * air; nothing is placed outside the box.
 */
export function layoutStage(view: HerdView, box: Size, room = 1): StageLayout {
  const width = Math.max(120, box.width);
  const height = Math.max(120, box.height);
  const wide = width >= WIDE_FROM;
  const own = wide ? WIDE : COMPACT;
  const fitted = clamp(Math.min(width / own.w, height / own.h), own.least, own.most);
  const scale = Math.min(fitted, height / own.lowest);
  const arrange = wide ? arrangeWide : arrangeCompact;
  return {
    mode: wide ? 'wide' : 'compact',
    width: width * room,
    height: height * room,
    room,
    scale,
    origin: { x: MARGIN * scale, y: 0 },
    ...arrange(view, (width * room) / scale - 2 * MARGIN, (height * room) / scale, room),
  };
}
