import type { HerdView } from '../../../sim/view.ts';
import type { Box, HostPlace, StallPlace } from '../placed.ts';
import { fellLately } from '../fall.ts';
import type { HerdPlace, HostGroup } from './groups.ts';
import { insideStall } from './stall.ts';

/** Natural height of a stall's slot; a fallen one needs more. */
const SLOT = 108;
const FALLEN_SLOT = 146;
/** What a fallen stall and its tokens take up. */
const FALLEN_HEIGHT = 134;
/** A slot is not stretched beyond this. */
const LARGEST_SLOT = 150;
const BODY = { w: 204, h: 82 };
const LABEL_GAP = 16;
/** Words beside a stall need this much; rather is the stall smaller. */
const LEAST_LABEL = 118;
const FENCE_PAD = { top: 5, bottom: 3, left: 22, right: 12 };
/** Between two fences, where the label of the lower one sits. */
const FENCE_GAP = 24;
const EMPTY_FENCE = 56;
const MIN_FENCE = 236;
/** Stalls smaller than this are placed in a grid instead. */
const MIN_SCALE = 0.62;

/** One stall a row, each with its words beside it; null where they would become too small. */
export function placeColumn(view: HerdView, groups: readonly HostGroup[], area: Box): HerdPlace | null {
  const fallen = (index: number): boolean => fellLately(view.containers[index]!, view.t);
  const natural = (index: number): number => (fallen(index) ? FALLEN_SLOT : SLOT);
  const fences = groups.length;
  const empty = groups.filter((group) => group.members.length === 0).length;
  const fixed =
    (fences - 1) * FENCE_GAP +
    empty * EMPTY_FENCE +
    (fences - empty) * (FENCE_PAD.top + FENCE_PAD.bottom) +
    groups.reduce((sum, { shelf }) => sum + shelf, 0);
  const room = area.h - fixed;
  const all = groups.flatMap((group) => group.members);
  const wanted = all.reduce((sum, index) => sum + natural(index), 0);
  const fallenFit = wanted <= room;
  // Where even the fallen have no room to fall into, they get a slot like the others.
  const slotOf = (index: number): number => (fallenFit || wanted * 0.8 <= room ? natural(index) : SLOT);
  const total = all.reduce((sum, index) => sum + slotOf(index), 0);
  const across = (area.w - FENCE_PAD.left - LABEL_GAP - FENCE_PAD.right - LEAST_LABEL) / BODY.w;
  const scale = Math.min(1, across, room / Math.max(1, total));
  if (scale < MIN_SCALE) return null;
  const spare = Math.max(0, room - total * scale) / Math.max(1, all.length);

  const hosts: HostPlace[] = [];
  const stalls: StallPlace[] = [];
  const heights = groups.map((group) =>
    group.members.length === 0
      ? EMPTY_FENCE + group.shelf
      : FENCE_PAD.top +
        FENCE_PAD.bottom +
        group.shelf +
        group.members.reduce((sum, index) => sum + stretched(slotOf(index) * scale, spare), 0),
  );
  const content = heights.reduce((sum, h) => sum + h, 0) + (fences - 1) * FENCE_GAP;
  if (fences === 1) heights[0] = Math.min(area.h, Math.max(MIN_FENCE, heights[0]!));
  let y = area.y + Math.max(0, (area.h - Math.max(content, heights.length === 1 ? heights[0]! : 0)) / 2);
  groups.forEach((group, g) => {
    const height = heights[g]!;
    const slots = group.members.map((index) => stretched(slotOf(index) * scale, spare));
    const used = slots.reduce((sum, h) => sum + h, 0);
    const inner = height - FENCE_PAD.top - FENCE_PAD.bottom - group.shelf;
    let top = y + FENCE_PAD.top + Math.max(0, (inner - used) / 2);
    const partings: number[] = [];
    group.members.forEach((index, i) => {
      if (i > 0) partings.push(top);
      const lift = fallen(index) ? 8 * scale : 0;
      stalls.push(stallAt(view, index, area, top, slots[i]!, lift, scale));
      top += slots[i]!;
    });
    if (group.shelf > 0) partings.push(y + height - group.shelf);
    hosts.push({
      index: group.host,
      id: view.hosts[group.host]?.id ?? -1,
      box: { x: area.x, y, w: area.w, h: height },
      partings,
    });
    y += height + FENCE_GAP;
  });
  return { detail: 'stalls', hosts, stalls, shared: false };
}

const stretched = (slot: number, spare: number): number =>
  Math.max(slot, Math.min(LARGEST_SLOT, slot + spare));

function stallAt(
  view: HerdView,
  index: number,
  area: Box,
  top: number,
  slot: number,
  lift: number,
  scale: number,
): StallPlace {
  const size = lift > 0 ? Math.min(scale, (slot - 6) / FALLEN_HEIGHT) : scale;
  const w = BODY.w * size;
  const h = BODY.h * size;
  const body = { x: area.x + FENCE_PAD.left, y: top + slot / 2 - h / 2 - lift, w, h };
  const labelX = body.x + BODY.w * scale + LABEL_GAP;
  return {
    index,
    id: view.containers[index]!.id,
    cell: { x: area.x + 6, y: top + 2, w: area.w - 12, h: slot - 4 },
    body,
    ...insideStall(body),
    gate: { x: body.x, y: body.y + h / 2, side: 'left' },
    label: {
      x: labelX,
      // A fallen stall's words stand above the tokens that fell out of it.
      y: lift > 0 ? top + 25 * scale : body.y + (scale < 0.8 ? 16 : 25 * scale),
      w: area.x + area.w - FENCE_PAD.right - labelX,
      side: 'right',
      lines: Math.max(2, Math.floor((slot - 14) / 19)),
    },
    scale: size,
  };
}
