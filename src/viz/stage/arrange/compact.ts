import type { HerdView } from '../../../sim/view.ts';
import type { Box, StallPlace } from '../placed.ts';
import { type Corner, type Track, makeTrack } from '../track.ts';
import { backing } from '../volumes.ts';
import { placeGrid, type GridStyle } from './grid.ts';
import { groupByHost, type HerdPlace } from './groups.ts';
import { FLAT_SHELF } from './shelf.ts';
import { placeStoreRow } from './stores.ts';
import { placeTags } from './tags.ts';
import { placeHeads } from './users.ts';
import { type Arrangement, latticeOf } from './wide.ts';

const UPRIGHT: GridStyle = {
  largest: { w: 74, h: 112 },
  smallest: { w: 40, h: 58 },
  corridor: 22,
  lane: 18,
  captionsOutside: true,
};

const BAR = { w: 152, h: 32 };
const HEAD_ROW = 21;
/** Room for the two lines of words below a single row of stalls. */
const CAPTION = 45;
/** Distance of two rails that run side by side. */
const LANE = 12;

/** A phone: users on top, the balancer as a bar, stalls below it, stores as small boxes. */
export function arrangeCompact(view: HerdView, width: number, height: number, room: number): Arrangement {
  const across = Math.max(3, Math.floor(width / room / 110));
  const storeRows = Math.ceil(backing(view).length / across);
  const storesH = storeRows === 0 ? 0 : storeRows * 44 - 8;
  const headCols = Math.floor(width / 25.5);
  const headRows = Math.min(height < 340 ? 2 : 3, Math.ceil(view.users.length / headCols));
  const heads: Box = { x: 0, y: 0, w: width, h: Math.max(1, headRows) * HEAD_ROW };
  const users = placeHeads(view.users.length, heads, { x: 0, y: heads.h + 21 });
  const barY = heads.h + 41;
  const bar: Box = { x: (width - BAR.w) / 2, y: barY, w: BAR.w, h: BAR.h };
  const below = view.balancer ? barY + BAR.h + 32 : barY + 24;
  const bottom = height - 2 - storesH - (storesH > 0 ? 12 : 0);

  const groups = groupByHost(view, FLAT_SHELF);
  const hasShelf = groups.at(-1)!.shelf > 0;
  const area: Box = {
    x: 0,
    y: below,
    w: width,
    h: bottom - below - (groups.length === 1 && !hasShelf ? CAPTION - 19 : 0),
  };
  const herd = placeGrid(view, groups, area, UPRIGHT) ?? placeTags(view, groups, area, false, room);
  const fences = herd.hosts[herd.hosts.length - 1]!.box;
  const storesY = Math.min(height - 2 - storesH, fences.y + fences.h + (herd.shared || hasShelf ? 14 : 47));
  const cx = width / 2;
  const begin = view.balancer ? barY + BAR.h - 2 : users.words.y + 8;
  return {
    detail: herd.detail,
    users,
    door: null,
    balancer: view.balancer ? { box: bar, ports: [], title: { x: cx, y: barY + 21 } } : null,
    hosts: herd.hosts,
    stalls: herd.stalls,
    stores: placeStoreRow(view, { x: 0, y: storesY, w: width, h: storesH }, across),
    lattice: latticeOf(view, herd),
    railWidth: herd.detail === 'stalls' ? (herd.shared ? 7 : 10) : 22,
    tracks: {
      users: view.balancer
        ? makeTrack([
            [cx, heads.h + 27],
            [cx, barY + 2],
          ])
        : null,
      door: null,
      servers: railsDown(herd, cx, begin, below),
      stores: new Map(),
    },
  };
}

function railsDown(herd: HerdPlace, cx: number, begin: number, fenceY: number): Map<number, Track> {
  const tracks = new Map<number, Track>();
  if (herd.detail !== 'stalls') {
    const track = makeTrack([
      [cx, begin],
      [cx, fenceY + 8],
    ]);
    return new Map(herd.stalls.map((stall) => [stall.id, track]));
  }
  const single = !herd.shared;
  herd.stalls.forEach((stall, i) => {
    tracks.set(stall.id, single ? nested(herd.stalls, i, cx, begin) : trunk(stall, cx, begin));
  });
  return tracks;
}

/** A rail of its own a stall; the outer ones turn off first, so that none cross. */
function nested(stalls: readonly StallPlace[], i: number, cx: number, begin: number): Track {
  const { gate } = stalls[i]!;
  const count = stalls.length;
  const offset = i - (count - 1) / 2;
  const pitch = Math.min(36, (BAR.w - 36) / Math.max(1, count - 1));
  const port = cx + offset * pitch;
  const fromOuter = Math.min(i, count - 1 - i);
  const y = begin + 14 + fromOuter * LANE;
  const way: Corner[] = [
    [port, begin],
    [port, y],
    [gate.x, y],
    [gate.x, gate.y],
  ];
  return makeTrack(way, 12);
}

/** One rail down the middle, a branch for every row. */
function trunk(stall: StallPlace, cx: number, begin: number): Track {
  const { gate } = stall;
  const y = gate.y - 11;
  const way: Corner[] = [
    [cx, begin],
    [cx, y],
    [gate.x, y],
    [gate.x, gate.y],
  ];
  return makeTrack(way, 10);
}
