import { clamp } from '../maths.ts';
import type { StallPlace } from '../placed.ts';
import { type Corner, type Track, makeTrack } from '../track.ts';

/** Rails from the right side of an upright balancer (or from one point) to the stalls. */
export interface Fan {
  readonly tracks: ReadonlyMap<number, Track>;
  /** Heights of the ports, in the order of the rails, with the container each serves. */
  readonly ports: readonly { readonly id: number; readonly y: number }[];
}

const PORT_PITCH = 40;
/** Straight piece at a port before a rail may bend. */
const STUB = 8;
/** Distance of the last bend from the fence. */
const APPROACH = 11;

interface Lane {
  readonly y: number;
  readonly stalls: readonly StallPlace[];
}

/**
 * One rail a stall where stalls stand in a column; one a row, with a spur into each stall, where they share rows.
 * Bends are 45°: the ports are spread as far as that needs.
 */
export function fanOut(
  stalls: readonly StallPlace[],
  from: { readonly x: number; readonly mid: number; readonly spread: number },
  fenceX: number,
  shared: boolean,
): Fan {
  const lanes = shared ? rowLanes(stalls) : stalls.map((stall) => ({ y: stall.gate.y, stalls: [stall] }));
  const last = fenceX - APPROACH;
  const reach = Math.max(12, last - from.x - STUB);
  const pitch = portPitch(lanes, from, reach);
  const tracks = new Map<number, Track>();
  const ports: { id: number; y: number }[] = [];
  lanes.forEach((lane, i) => {
    const even = from.mid + (i - (lanes.length - 1) / 2) * pitch;
    const port = pitch >= 30 || lanes.length === 1 ? snapped(even, lane.y) : even;
    const rise = lane.y - port;
    const bend = Math.max(from.x + Math.min(STUB, reach / 4), last - Math.abs(rise));
    const way: Corner[] = [
      [from.x, port],
      [bend, port],
      [last, lane.y],
    ];
    ports.push({ id: lane.stalls[0]!.id, y: port });
    for (const stall of lane.stalls) tracks.set(stall.id, makeTrack([...way, ...intoStall(stall, lane.y)]));
  });
  return { tracks, ports };
}

/** A rail that would bend by a hair runs straight. */
const snapped = (port: number, y: number): number => (Math.abs(y - port) < 10 ? y : port);

function intoStall(stall: StallPlace, laneY: number): Corner[] {
  if (stall.gate.side === 'left') return [[stall.gate.x, stall.gate.y]];
  return [
    [stall.gate.x, laneY],
    [stall.gate.x, stall.gate.y],
  ];
}

/** Stalls whose gates are at one height share the rail above them. */
function rowLanes(stalls: readonly StallPlace[]): Lane[] {
  const rows = new Map<number, StallPlace[]>();
  for (const stall of stalls) {
    const y = Math.round(stall.gate.y * 10) / 10;
    const row = rows.get(y);
    if (row) row.push(stall);
    else rows.set(y, [stall]);
  }
  return [...rows.entries()].toSorted((a, b) => a[0] - b[0]).map(([y, row]) => ({ y: y - 9, stalls: row }));
}

function portPitch(lanes: readonly Lane[], from: { mid: number; spread: number }, reach: number): number {
  const count = lanes.length;
  if (count < 2) return 0;
  const half = (count - 1) / 2;
  let needed = Math.min(PORT_PITCH, from.spread / (count - 1));
  lanes.forEach((lane, i) => {
    const steps = Math.abs(i - half);
    if (steps > 0) needed = Math.max(needed, (Math.abs(lane.y - from.mid) - reach) / steps);
  });
  return clamp(needed, 10, Math.max(10, from.spread / (count - 1)));
}
