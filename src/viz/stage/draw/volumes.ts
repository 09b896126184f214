import type { HerdView } from '../../../sim/view.ts';
import { ellipsize, textWidth } from '../../text-width.ts';
import { isDead } from '../fall.ts';
import { dotsFor, fitLattice, latticeSpots } from '../lattice.ts';
import type { Pen } from '../ops.ts';
import type { VolumePlace } from '../arrange/volumes.ts';
import type { Box } from '../placed.ts';
import { type VolumeGroup, volumeName } from '../volumes.ts';
import { drawRows, drawSheets } from './holdings.ts';
import { drawStoredTokens, drawTokens } from './tokens.ts';

/** Lines from the stalls to the volumes that they mount; dotted from one whose process ended. */
export function drawMounts(pen: Pen, view: HerdView, places: readonly VolumePlace[]): void {
  let solid = '';
  let dotted = '';
  const dead = new Set(view.containers.filter(isDead).map(({ id }) => id));
  for (const { ways } of places)
    for (const { id, d } of ways) {
      if (dead.has(id)) dotted += d;
      else solid += d;
    }
  pen.path(dotted, { stroke: 'rail', width: 1.5, dash: [2, 5], cap: 'round' });
  pen.path(solid, { stroke: 'rail', width: 1.5 });
}

/** What is on the disks of the hosts, with the tokens that it holds: a heavy base as under everything that lasts. */
export function drawVolumes(pen: Pen, view: HerdView, places: readonly VolumePlace[]): void {
  for (const place of places) {
    const group = view.volumes.filter(({ id }) => place.ids.includes(id));
    if (group.length > 0) drawVolume(pen, view, group, place);
  }
}

const INSET = 9;
const BASE = 4;

function drawVolume(pen: Pen, view: HerdView, group: VolumeGroup, { box, size }: VolumePlace): void {
  const { x, y, w, h } = box;
  const isLost = group.every(({ orphaned }) => orphaned);
  pen.rect(x, y, w, h, 3, {
    fill: 'plate',
    stroke: isLost ? 'ink2' : 'ink',
    width: 1.5,
    ...(isLost ? { dash: [4, 4] } : {}),
  });
  pen.rect(x, y + h - BASE, w, BASE, 0, { fill: isLost ? 'ink2' : 'ink' });
  const held = heldIn(group);
  const text = size === 'full' ? 14 : 13;
  const baseline = y + (size === 'full' ? 18 : 15);
  const number = held.count === 0 ? 'empty' : String(held.count);
  const strong = held.count > 0;
  pen.text(x + w - INSET, baseline, number, {
    size: strong ? text + 2 : 13,
    weight: strong ? 700 : 500,
    fill: strong ? 'ink' : 'ink2',
    anchor: 'end',
  });
  const room = w - 2 * INSET - textWidth(number, text + 2, 700) - 6 - (size === 'line' && strong ? 12 : 0);
  const name = volumeName(group, view, (words) => textWidth(words, text, 600) <= room);
  pen.text(x + INSET, baseline, ellipsize(name, room, text, 600), {
    size: text,
    weight: 600,
    fill: isLost ? 'red' : 'ink',
  });
  if (size === 'full')
    drawHeld(pen, held, { x: x + INSET, y: y + 25, w: w - 2 * INSET, h: h - 27 - BASE }, isLost);
  else if (strong)
    drawOne(pen, held.kind, x + w - INSET - textWidth(number, text + 2, 700) - 8, baseline - 5, isLost);
}

/** One token that says what is counted, where there is no room for each. */
function drawOne(pen: Pen, kind: Held['kind'], x: number, y: number, isLost: boolean): void {
  if (kind === 'sessions' && isLost) drawStoredTokens(pen, [x, y], 1, 4);
  else if (kind === 'sessions') drawTokens(pen, [x, y], 1, 4);
  else if (kind === 'uploads') drawSheets(pen, { x: x - 8, y: y - 10, w: 12, h: 12 }, 1, true);
}

interface Held {
  readonly kind: 'sessions' | 'uploads' | 'records';
  readonly count: number;
}

/** The one thing that is counted in it. */
function heldIn(group: VolumeGroup): Held {
  const sum = (kind: Held['kind']): Held => ({
    kind,
    count: group.reduce((n, volume) => n + volume[kind], 0),
  });
  return [sum('sessions'), sum('uploads')].find(({ count }) => count > 0) ?? sum('records');
}

const TIERS = [
  [10, 2],
  [14, 3],
  [20, 4],
  [30, 5],
] as const;

function drawHeld(pen: Pen, { kind, count }: Held, box: Box, isLost: boolean): void {
  if (kind === 'uploads') drawSheets(pen, box, count, true);
  else if (kind === 'records') drawRows(pen, box, count, true);
  else {
    const spec = fitLattice(box.w, box.h, count, TIERS);
    const draw = isLost ? drawStoredTokens : drawTokens;
    const left = { ...box, w: spec.cols * spec.pitchX };
    draw(pen, latticeSpots(spec, left), dotsFor(count, spec.per), Math.min(5.5, spec.r));
  }
}
