import type { HerdView } from '../../../sim/view.ts';
import type { Box, StageLayout, StallPlace } from '../placed.ts';
import { makeTrack } from '../track.ts';
import { volumesOn } from '../volumes.ts';
import { FLAT_SHELF, shelfHeight, WIDE_SHELF } from './shelf.ts';

/** Volumes on the floor of their host's fence: one, or all of a kind. */
export interface VolumePlace {
  readonly ids: readonly number[];
  readonly box: Box;
  readonly size: 'full' | 'line';
  /** From the stalls that mount it, by container id. */
  readonly ways: readonly { readonly id: number; readonly d: string }[];
}

const GAP = 10;
const INSET = { x: 12, top: 8, bottom: 6 };
/** Ways down beside the stalls, between them and their words. */
const LANES = { first: 6, pitch: 4, most: 3 };

/** Boxes along the floor of every fence, with the ways to them from the stalls that mount them. */
export function placeVolumes(view: HerdView, { mode, hosts, stalls }: StageLayout): VolumePlace[] {
  const shelf = mode === 'wide' ? WIDE_SHELF : FLAT_SHELF;
  return hosts.flatMap((host) => {
    if (shelfHeight(view, host.id, shelf) === 0) return [];
    const { x, y, w, h } = host.box;
    const room = w - 2 * INSET.x;
    const across = Math.max(1, Math.floor((room + GAP) / (shelf.least + GAP)));
    const groups = volumesOn(view, host.id, across);
    const width = Math.min(shelf.most, (room - (groups.length - 1) * GAP) / groups.length);
    const top = y + h - shelf.h + INSET.top;
    const own = stalls.filter(({ cell }) => cell.y >= y && cell.y < y + h && cell.x >= x && cell.x < x + w);
    const isRow = own.every(({ gate }) => gate.y === own[0]!.gate.y);
    return groups.map((group, i): VolumePlace => {
      const box = {
        x: x + INSET.x + i * (width + GAP),
        y: top,
        w: width,
        h: shelf.h - INSET.top - INSET.bottom,
      };
      const mounts = new Set(group.length === 1 ? group[0]!.mountedBy : []);
      const users = stalls.filter(({ id }) => mounts.has(id));
      return {
        ids: group.map(({ id }) => id),
        box,
        size: shelf.h > 50 ? 'full' : 'line',
        ways: users.flatMap((stall) => wayTo(box, stall, i % LANES.most, isRow)),
      };
    });
  });
}

/** From a stall to its volume: down beside the column; from a single row straight down. None leads through other stalls. */
function wayTo(box: Box, { id, body, label }: StallPlace, lane: number, isRow: boolean): VolumePlace['ways'] {
  const middle = box.x + box.w / 2;
  if (label.side !== 'right') {
    if (!isRow || label.lines === 0) return [];
    const from = body.x + body.w / 2;
    const floor = box.y - 4;
    const way = [
      [from, body.y + body.h],
      [from, floor],
      [middle, floor],
      [middle, box.y],
    ] as const;
    return [
      {
        id,
        d: makeTrack(
          way.map(([x, y]) => [x, y]),
          4,
        ).d,
      },
    ];
  }
  const out = body.x + body.w + LANES.first + lane * LANES.pitch;
  const floor = box.y - 4 - (LANES.most - 1 - lane) * 3;
  const exit = body.y + body.h * 0.8 - lane * 5;
  const track = makeTrack(
    [
      [body.x + body.w, exit],
      [out, exit],
      [out, floor],
      [middle, floor],
      [middle, box.y],
    ],
    5,
  );
  return [{ id, d: track.d }];
}
