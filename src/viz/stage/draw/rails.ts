import type { ContainerView, HerdView } from '../../../sim/view.ts';
import {
  type Cut,
  cutBars,
  doorCut,
  isCutOff,
  isOutOfReach,
  pieceOf,
  serverCut,
  usersCut,
  wireCut,
} from '../cuts.ts';
import { isDead } from '../fall.ts';
import { meets } from '../maths.ts';
import type { Pen } from '../ops.ts';
import type { Box, StageLayout } from '../placed.ts';
import type { Track } from '../track.ts';
import { isUsed } from '../words.ts';

/** Distance before a dead stall's gate at which its rail is broken off. */
export const BREAK = 26;

/** Double rails to servers in service, dotted lines to those that are only known; only those that pass the window. */
export function drawRails(pen: Pen, view: HerdView, layout: StageLayout, window?: Box): void {
  const { tracks, railWidth } = layout;
  let double = '';
  let dotted = '';
  const narrow = sideRailWidth(layout);
  const approach =
    approachOf(tracks.door, view.usersCutOff, doorCut) +
    approachOf(view.users.length > 0 ? tracks.users : null, view.usersCutOff, usersCut);
  if (narrow === railWidth) double += approach;
  else drawDouble(pen, approach, narrow);
  const drawn = new Set<Track>();
  for (const c of view.containers) {
    const track = tracks.servers.get(c.id);
    if (track === undefined || drawn.has(track)) continue;
    if (window && !meets(track.bounds, window, railWidth)) continue;
    if (layout.detail !== 'stalls') drawn.add(track);
    const kind = railKind(c, view);
    const cut = kind !== 'none' && isCutOff(c, view, layout) ? serverCut(track, layout) : null;
    const way = cut ? parted(track, cut) : track.d;
    if (kind === 'double') double += isDead(c) && !cut ? cutShort(track, BREAK - 10).d : way;
    else if (kind === 'dotted') dotted += way;
  }
  pen.path(dotted, { stroke: 'rail', width: 1.5, dash: [2, 6], cap: 'round' });
  drawDouble(pen, double, railWidth);
  drawStreams(pen, view, layout);
}

const approachOf = (track: Track | null, isCut: boolean, cutOf: (track: Track) => Cut): string =>
  track === null ? '' : isCut ? parted(track, cutOf(track)) : track.d;

const parted = (track: Track, cut: Cut): string =>
  pieceOf(track, 0, cut.from).d + pieceOf(track, cut.to, track.length).d;

const BARS = { stroke: 'ink', width: 3, cap: 'butt' } as const;

/** Two short bars wherever packets vanish, and what is parted where no thing can say it. */
export function drawCuts(pen: Pen, view: HerdView, layout: StageLayout): void {
  const { tracks, railWidth } = layout;
  if (layout.detail === 'stalls') {
    const reach = railWidth / 2 + 4;
    for (const c of view.containers) {
      const track = tracks.servers.get(c.id);
      if (track === undefined || !isCutOff(c, view, layout) || railKind(c, view) === 'none') continue;
      pen.lines(cutBars(track, serverCut(track, layout), reach), BARS);
    }
  }
  const { users } = tracks;
  if (!view.usersCutOff || users === null) return;
  const reach = sideRailWidth(layout) / 2 + 4;
  pen.lines(cutBars(users, usersCut(users), reach), BARS);
  if (tracks.door) pen.lines(cutBars(tracks.door, doorCut(tracks.door), reach), BARS);
  const [x1, y1, x2] = [users.xy[0]!, users.xy[1]!, users.xy[users.xy.length - 2]!];
  const flat = layout.mode === 'wide';
  pen.text(flat ? (x1 + x2) / 2 : x1 + 14, flat ? y1 - 18 : y1 + users.length / 2 - 1, 'cut off', {
    size: 14,
    weight: 600,
    fill: 'red',
    anchor: flat ? 'middle' : 'start',
    halo: 4,
  });
}

/** Long-lived connections stand in the middle of their rail: a line, the thicker the more there are. */
function drawStreams(pen: Pen, view: HerdView, layout: StageLayout): void {
  const ways = new Map<number, string>();
  let total = 0;
  for (const c of view.containers) {
    const track = layout.tracks.servers.get(c.id);
    if (track === undefined || c.streams === 0 || isDead(c)) continue;
    total += c.streams;
    const width = streamWidth(c.streams, layout.railWidth);
    ways.set(width, (ways.get(width) ?? '') + track.d);
  }
  for (const [width, way] of ways) pen.path(way, { stroke: 'ink2', width, cap: 'round' });
  if (total > 0 && layout.tracks.users && view.users.length > 0)
    pen.path(layout.tracks.users.d, {
      stroke: 'ink2',
      width: streamWidth(total, sideRailWidth(layout)),
      cap: 'round',
    });
}

/** In steps, so that a few more do not make it tremble. */
const streamWidth = (streams: number, room: number): number =>
  Math.min(room * 0.4, streams < 5 ? 1 : streams < 25 ? 1.75 : streams < 100 ? 2.5 : 3.5);

/** A broad stroke under a slightly narrower one. */
function drawDouble(pen: Pen, way: string, width: number): void {
  pen.path(way, { stroke: 'rail', width });
  pen.path(way, { stroke: 'paper', width: width - (width > 8 ? 3 : 2.5) });
}

/** Rails between users, door and balancer are never broad. */
export const sideRailWidth = (layout: StageLayout): number => Math.min(10, layout.railWidth);

function railKind(c: ContainerView, view: HerdView): 'double' | 'dotted' | 'none' {
  if (c.server === 'up') return 'double';
  if (c.server === 'absent' && isDead(c)) return 'none';
  if (view.balancer === null && c.phase === 'running') return 'double';
  return 'dotted';
}

/** The track without its last `by` units. */
const cutShort = (track: Track, by: number): Track => pieceOf(track, 0, Math.max(1, track.length - by));

/** Single lines along the bus to the stores; dotted where nothing of the scenario's state lives there. */
export function drawWires(pen: Pen, view: HerdView, layout: StageLayout): void {
  let solid = '';
  let dotted = '';
  const bars: number[] = [];
  for (const place of layout.stores) {
    const ways = layout.tracks.stores.get(place.id);
    if (ways === undefined) continue;
    const store = view.stores[place.index]!;
    const used = isUsed(store, view) && store.state !== 'down';
    const alive = view.containers.filter((c) => c.phase === 'running');
    const everyone = isOutOfReach(store.cutOff, alive);
    const seen = new Set<string>();
    for (const c of alive.length > 0 ? alive : view.containers.slice(0, 1)) {
      const way = ways.get(c.id);
      if (way === undefined || seen.has(way.d)) continue;
      seen.add(way.d);
      if (used && store.cutOff.includes(c.id)) {
        const cut = wireCut(way, everyone);
        solid += everyone ? parted(way, cut) : pieceOf(way, 0, cut.from).d;
        bars.push(...cutBars(way, cut, 6));
      } else if (used && alive.length > 0) solid += way.d;
      else dotted += way.d;
    }
  }
  pen.path(dotted, { stroke: 'rail', width: 1.5, dash: [2, 5], cap: 'round' });
  pen.path(solid, { stroke: 'rail', width: 1.5 });
  pen.lines(bars, { ...BARS, width: 2.5 });
}
