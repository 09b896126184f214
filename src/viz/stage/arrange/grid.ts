import type { HerdView } from '../../../sim/view.ts';
import type { Box, HostPlace, StallPlace } from '../placed.ts';
import type { HerdPlace, HostGroup } from './groups.ts';
import { insideStall } from './stall.ts';

/** How stalls stand in rows: lying (tag beside the lattice) on a wide stage, upright on a phone. */
export interface GridStyle {
  readonly largest: { readonly w: number; readonly h: number };
  readonly smallest: { readonly w: number; readonly h: number };
  /** Room above each row, where its rail runs. */
  readonly corridor: number;
  /** A free lane in the middle, for a rail that comes from above. */
  readonly lane: number;
  /** Words of a single row stand below the fence. */
  readonly captionsOutside: boolean;
}

const CAPTION = 19;
const PAD = { x: 10, top: 8, bottom: 8 };
const FENCE_GAP = 22;
const GAP = 10;

interface Shape {
  readonly cols: number;
  readonly rows: readonly number[];
  readonly cellW: number;
  readonly cellH: number;
  readonly w: number;
  readonly h: number;
}

/** Rows of stalls with one line of words below each; null where they would become too small. */
export function placeGrid(
  view: HerdView,
  groups: readonly HostGroup[],
  area: Box,
  style: GridStyle,
): HerdPlace | null {
  const most = Math.max(1, ...groups.map((group) => group.members.length));
  let best: Shape | null = null;
  for (let cols = 1; cols <= most; cols++) {
    const shape = shapeOf(groups, area, style, cols);
    // More columns are narrower still.
    if (shape.w < style.smallest.w) break;
    if (shape.h < style.smallest.h) continue;
    if (best === null || quality(shape, style) > quality(best, style) + 1e-9) best = shape;
  }
  if (best === null) return null;

  const { cols, rows, cellW, cellH } = best;
  const alone = style.captionsOutside && rows.length === 1 && rows[0] === 1;
  const upright = style.captionsOutside;
  const top = alone || !upright ? PAD.top : PAD.top;
  const hosts: HostPlace[] = [];
  const stalls: StallPlace[] = [];
  let y = area.y;
  groups.forEach((group, g) => {
    const inner = Math.max(1, rows[g]!) * cellH;
    // The words of a single row stand below its fence, unless its volumes are there.
    const outside = alone && group.shelf === 0;
    const box = {
      x: area.x,
      y,
      w: area.w,
      h: top + inner + PAD.bottom + group.shelf - (outside ? CAPTION : 0),
    };
    group.members.forEach((index, i) => {
      const row = Math.floor(i / cols);
      const inRow = Math.min(cols, group.members.length - row * cols);
      const col = i % cols;
      const used = Math.min(cols, most);
      const lane = style.lane > 0 && !alone ? style.lane : 0;
      const shift = lane > 0 && col >= used / 2 ? lane : 0;
      const centred = alone ? (area.w - PAD.x * 2 - inRow * cellW) / 2 : 0;
      stalls.push(
        stallAt(
          view,
          index,
          area.x + PAD.x + centred + col * cellW + shift,
          y + top + row * cellH,
          best,
          style,
          outside,
        ),
      );
    });
    const partings = group.shelf > 0 ? [y + box.h - group.shelf] : [];
    hosts.push({ index: group.host, id: view.hosts[group.host]?.id ?? -1, box, partings });
    y += box.h + FENCE_GAP;
  });
  return { detail: 'stalls', hosts, stalls, shared: !alone };
}

function shapeOf(groups: readonly HostGroup[], area: Box, style: GridStyle, cols: number): Shape {
  const rows = groups.map((group) => Math.ceil(group.members.length / cols));
  const total = rows.reduce((sum, count) => sum + Math.max(1, count), 0);
  const single = total === 1;
  const lane = style.lane > 0 && !(single && style.captionsOutside) ? style.lane : 0;
  const fixed =
    (groups.length - 1) * FENCE_GAP +
    groups.reduce((sum, { shelf }) => sum + PAD.top + PAD.bottom + shelf, 0);
  const cellW = (area.w - PAD.x * 2 - lane) / cols;
  const cellH = Math.min((area.h - fixed) / total, style.largest.h + style.corridor + CAPTION + GAP);
  return {
    cols,
    rows,
    cellW: single && style.captionsOutside ? Math.min(cellW, style.largest.w + 46) : cellW,
    cellH,
    w: Math.min(style.largest.w, cellW - GAP),
    h: Math.min(style.largest.h, cellH - style.corridor - CAPTION - 2),
  };
}

/** The worse of the two dimensions decides; an odd number of columns leaves no lane in the middle. */
function quality(shape: Shape, style: GridStyle): number {
  const fit = Math.min(shape.w / style.largest.w, shape.h / style.largest.h);
  const odd = style.lane > 0 && shape.cols % 2 === 1 && shape.rows.some((count) => count > 1);
  return odd ? fit * 0.6 : fit - shape.cols * 1e-6;
}

function stallAt(
  view: HerdView,
  index: number,
  x: number,
  y: number,
  shape: Shape,
  style: GridStyle,
  /** Its words stand below the fence, where there is room for two lines. */
  outside: boolean,
): StallPlace {
  const { w, h, cellW, cellH } = shape;
  const body = { x: x + (cellW - w) / 2, y: y + style.corridor, w, h };
  return {
    index,
    id: view.containers[index]!.id,
    cell: { x: x + 1, y: y + 1, w: cellW - 2, h: cellH - 2 },
    body,
    ...insideStall(body),
    gate: { x: body.x + w / 2, y: body.y, side: 'top' },
    label: {
      x: body.x + w / 2,
      // Clear of the fence's line, however much room the cell has to spare.
      y: outside ? y + cellH + 8 : body.y + h + 15,
      // Air between words that stand side by side.
      w: cellW - (style.captionsOutside ? 16 : 4),
      side: 'below',
      lines: outside ? 2 : 1,
    },
    scale: Math.min(1, w / style.largest.w, h / style.largest.h),
  };
}
