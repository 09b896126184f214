import type { HerdView } from '../../../sim/view.ts';
import { fitLattice, placesNeeded } from '../lattice.ts';
import { clamp } from '../maths.ts';
import type { Box, StageLayout } from '../placed.ts';
import { type Track, makeTrack } from '../track.ts';
import { backing } from '../volumes.ts';
import { placeColumn } from './column.ts';
import { placeGrid, type GridStyle } from './grid.ts';
import { groupByHost, type HerdPlace } from './groups.ts';
import { type Fan, fanOut } from './ports.ts';
import { WIDE_SHELF } from './shelf.ts';
import { placeStoreColumn } from './stores.ts';
import { placeTags } from './tags.ts';
import { placeFigures } from './users.ts';
import { placeWires } from './wires.ts';

/** What an arrangement decides; the rest of the layout is its frame. */
export type Arrangement = Omit<StageLayout, 'mode' | 'width' | 'height' | 'room' | 'scale' | 'origin'>;

const USERS = 156;
const CAPSULE = 40;
const STORE = 146;
const FENCE = 386;
/** Gaps of the drawing at its own size: users | balancer | fence | bus | stores. */
const GAPS = { users: 72, fence: 140, bus: 52 };
const TOP = 30;
const BOTTOM = 7;

const LYING: GridStyle = {
  largest: { w: 196, h: 84 },
  smallest: { w: 50, h: 25 },
  corridor: 16,
  lane: 0,
  captionsOutside: false,
};

interface Columns {
  readonly users: number;
  readonly capsuleX: number;
  readonly fence: { readonly x: number; readonly w: number };
  readonly busX: number;
  readonly storeX: number;
}

/**
 * Users at the left, balancer, stalls in their fences, stores at the right. On a sheet `room` times the stage the columns
 * begin as far in as they do on the stage.
 */
export function arrangeWide(view: HerdView, width: number, height: number, room: number): Arrangement {
  const columns = spread(placeColumns(width / room, backing(view).length > 0), room);
  const area: Box = { x: columns.fence.x, y: TOP, w: columns.fence.w, h: height - TOP - BOTTOM };
  const herd = placeHerd(view, area, room);
  const mid = fenceMiddle(herd);

  const doorBox: Box = { x: 118, y: height - 85, w: 28, h: 46 };
  const wordsEnd = 112;
  const users = placeFigures(
    view.users.length,
    { x: 0, y: wordsEnd + 38, w: columns.users, h: doorBox.y - 34 - wordsEnd - 38 },
    { x: 0, y: 36 },
  );

  const capsule = columns.capsuleX;
  const begin = view.balancer ? capsule + CAPSULE - 2 : columns.users + 24;
  const fan: Fan =
    herd.detail === 'stalls'
      ? fanOut(herd.stalls, { x: begin, mid, spread: area.h - 130 }, columns.fence.x, herd.shared)
      : straightIn(herd, begin, mid, columns.fence.x);
  const ports = fan.ports.map((port) => ({ id: port.id, x: capsule + CAPSULE / 2, y: port.y }));
  const reach = ports.length > 0 ? (ports[ports.length - 1]!.y - ports[0]!.y) / 2 : 0;
  const half = Math.max(42, reach + 22);
  const centre = ports.length > 0 ? (ports[0]!.y + ports[ports.length - 1]!.y) / 2 : mid;
  const box: Box = { x: capsule, y: centre - half, w: CAPSULE, h: half * 2 };

  const stores = placeStoreColumn(view, { x: columns.storeX, y: TOP, w: STORE, h: height - TOP - BOTTOM });
  return {
    detail: herd.detail,
    users,
    door: doorBox,
    balancer: view.balancer ? { box, ports, title: { x: capsule + CAPSULE / 2, y: box.y - 44 } } : null,
    hosts: herd.hosts,
    stalls: herd.stalls,
    stores,
    lattice: latticeOf(view, herd),
    railWidth: herd.shared ? (herd.detail === 'stalls' ? 7 : 26) : 10,
    tracks: {
      users: makeTrack([
        [columns.users + 4, centre],
        [view.balancer ? capsule + 2 : begin, centre],
      ]),
      door: doorTrack(
        doorBox,
        view.balancer ? capsule + CAPSULE / 2 : begin - 6,
        view.balancer ? box.y + box.h : centre,
      ),
      servers: fan.tracks,
      stores: placeWires(view, herd.stalls, herd.hosts, stores, columns.busX),
    },
  };
}

/** Columns of stalls with words while they fit, then rows, then tags. */
function placeHerd(view: HerdView, area: Box, room: number): HerdPlace {
  const groups = groupByHost(view, WIDE_SHELF);
  return (
    placeColumn(view, groups, area) ??
    placeGrid(view, groups, area, LYING) ??
    placeTags(view, groups, area, true, room)
  );
}

export function latticeOf(view: HerdView, herd: HerdPlace): StageLayout['lattice'] {
  const room = herd.stalls[0]?.lattice ?? { w: 120, h: 66 };
  return fitLattice(room.w, room.h, placesNeeded(view));
}

/** Narrow stages lose air first, then the words' column; wide ones gain the same in reverse. */
function placeColumns(width: number, stores: boolean): Columns {
  const right = stores ? GAPS.bus + STORE : 0;
  const natural = USERS + GAPS.users + CAPSULE + GAPS.fence + FENCE + right;
  let spare = width - natural;
  const take = (least: number, most: number, share = 1): number => {
    const part = clamp(spare * share, least, most);
    spare -= part;
    return part;
  };
  const users = GAPS.users + take(-30, 60, spare > 0 ? 0.25 : 1);
  const fenceGap = GAPS.fence + take(-50, 120, spare > 0 ? 0.4 : 1);
  const fence = FENCE + take(-44, 260);
  const usersW = USERS + take(-26, 0);
  const capsuleX = usersW + users;
  const fenceX = capsuleX + CAPSULE + fenceGap;
  const storeX = fenceX + fence + GAPS.bus;
  return {
    users: usersW,
    capsuleX,
    fence: { x: fenceX, w: fence },
    busX: fenceX + fence + GAPS.bus / 2,
    storeX,
  };
}

const spread = ({ users, capsuleX, fence, busX, storeX }: Columns, room: number): Columns => ({
  users: users * room,
  capsuleX: capsuleX * room,
  fence: { x: fence.x * room, w: fence.w * room },
  busX: busX * room,
  storeX: storeX * room,
});

const fenceMiddle = (herd: HerdPlace): number => {
  const first = herd.hosts[0]!.box;
  const last = herd.hosts[herd.hosts.length - 1]!.box;
  return (first.y + last.y + last.h) / 2;
};

/** A herd too large for rails of its own: one broad rail as far as the fence, for all. */
function straightIn(herd: HerdPlace, x: number, mid: number, fenceX: number): Fan {
  const track = makeTrack([
    [x, mid],
    [fenceX + 9, mid],
  ]);
  return { tracks: new Map(herd.stalls.map((stall) => [stall.id, track])), ports: [] };
}

function doorTrack(door: Box, x: number, bottom: number): Track {
  const y = door.y + 24;
  const run = Math.min(48, y - bottom - 20, x - door.x - door.w - 12);
  if (run < 8) {
    return makeTrack([
      [door.x + door.w, y],
      [x, y],
      [x, bottom - 2],
    ]);
  }
  return makeTrack([
    [door.x + door.w, y],
    [x - run, y],
    [x, y - run],
    [x, bottom - 2],
  ]);
}
