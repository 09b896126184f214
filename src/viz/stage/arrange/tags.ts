import type { HerdView } from '../../../sim/view.ts';
import { clamp } from '../maths.ts';
import type { Box, HostPlace, StallPlace } from '../placed.ts';
import type { HerdPlace, HostGroup } from './groups.ts';
import { TAG_RATIO } from './stall.ts';

/** Beyond this many containers on a stage single tags are no longer drawn. */
const MOST_TAGS = 300;
const PAD = 12;
const HEAD = 14;
const FENCE_GAP = 20;
/** Narrower fences could not be named. */
const LEAST_FENCE = 90;
/** Room for the names of outliers below a field. */
const OUTLIERS = 62;

/** Every container as an ear tag with a fill level, or as a cell of a density field. */
export function placeTags(
  view: HerdView,
  groups: readonly HostGroup[],
  area: Box,
  nameOutliers: boolean,
  room: number,
): HerdPlace {
  const field = view.containers.length > MOST_TAGS * room * room;
  const hosts: HostPlace[] = [];
  const stalls: StallPlace[] = [];
  const most = Math.max(1, ...groups.map((group) => group.members.length));
  const ratio = field ? 1 : 1.24;
  const height = area.h - (field && nameOutliers ? OUTLIERS : 0);
  const shelf = Math.max(0, ...groups.map((group) => group.shelf));
  // Fences side by side or one above the other: whichever leaves the larger cells.
  let chosen = { columns: 1, bands: groups.length, w: area.w, usable: height, cell: { w: 0, h: 0 } };
  for (let columns = 1; columns <= groups.length; columns++) {
    const bands = Math.ceil(groups.length / columns);
    const w = (area.w - (columns - 1) * FENCE_GAP) / columns;
    const usable = height - (bands - 1) * FENCE_GAP;
    const cell = cellSize(w - 2 * PAD, usable / bands - HEAD - PAD - shelf, most, ratio);
    if (w >= LEAST_FENCE && cell.w > chosen.cell.w) chosen = { columns, bands, w, usable, cell };
  }
  const { columns, bands, w, usable, cell } = chosen;
  groups.forEach((group, g) => {
    const box = {
      x: area.x + (g % columns) * (w + FENCE_GAP),
      y: area.y + Math.floor(g / columns) * (usable / bands + FENCE_GAP),
      w,
      h: usable / bands,
    };
    hosts.push({ index: group.host, id: view.hosts[group.host]?.id ?? -1, box, partings: [] });
    const cols = Math.max(1, Math.floor((box.w - 2 * PAD + 0.01) / cell.w));
    const x0 = box.x + (box.w - Math.min(cols, Math.max(1, group.members.length)) * cell.w) / 2;
    group.members.forEach((index, i) => {
      const at = {
        x: x0 + (i % cols) * cell.w,
        y: box.y + HEAD + Math.floor(i / cols) * cell.h,
        w: cell.w,
        h: cell.h,
      };
      stalls.push(tagAt(view, index, at, field));
    });
  });
  return { detail: field ? 'field' : 'tags', hosts, stalls, shared: true };
}

/** The largest cell of the given ratio (height to width) that fits `count` times. */
function cellSize(w: number, h: number, count: number, ratio: number): { w: number; h: number } {
  let best = 0.5;
  for (let cols = 1; cols <= count; cols++) {
    const rows = Math.ceil(count / cols);
    best = Math.max(best, Math.min(w / cols, h / (rows * ratio)));
  }
  const width = Math.min(best, 46);
  return { w: width, h: width * ratio };
}

function tagAt(view: HerdView, index: number, cell: Box, field: boolean): StallPlace {
  const inset = clamp(cell.w * 0.09, 0.75, 4);
  const body = { x: cell.x + inset, y: cell.y + inset, w: cell.w - 2 * inset, h: cell.h - 2 * inset };
  const bar = field ? body.h : clamp(body.h * 0.16, 2, 6);
  const tagH = body.h - bar - clamp(body.h * 0.08, 1, 3);
  const tagW = Math.min(body.w, tagH * TAG_RATIO * 1.1);
  return {
    index,
    id: view.containers[index]!.id,
    cell,
    body,
    tag: { x: body.x + (body.w - tagW) / 2, y: body.y, w: tagW, h: tagH },
    lattice: field ? body : { x: body.x, y: body.y + body.h - bar, w: body.w, h: bar },
    gate: { x: body.x, y: body.y + body.h / 2, side: 'left' },
    label: { x: body.x, y: body.y, w: 0, side: 'below', lines: 0 },
    scale: 0.3,
  };
}
