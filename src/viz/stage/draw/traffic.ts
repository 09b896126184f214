import type { StageInput } from '../input.ts';
import { clamp } from '../maths.ts';
import type { Pen } from '../ops.ts';
import { type Spot, spotOn, type Track } from '../track.ts';
import { type Cut, doorCut, isCutOff, isOutOfReach, serverCut, usersCut, wireCut } from '../cuts.ts';
import { isDead } from '../fall.ts';
import { createWays, FLAG, NODE, nodeKind, nodeOf, OUTCOME, storeOf } from '../legs.ts';
import { diamondPath } from './glyphs.ts';
import { BREAK, sideRailWidth } from './rails.ts';

/** More dots than this are thinned out by user, and a key says so: by a power of two, so that the rest stay the same ones. */
const MOST_DOTS = 2400;
/** On a broad rail: as many as can be told apart. */
const MOST_ON_BROAD = 240;
const TAIL = 15;
/** Closer together than this on the users' rail, or more than so many on the wires, dots are fine and have no tails: they would be one line. */
const CLOSE = 7;
const DENSE = 11;
const FINE_R = 2.4;
/** Queued requests drawn before a gate. */
const MOST_QUEUED = 7;

/** Requests on their rails: out and back each on their own side, a tail behind each. */
export function drawTraffic(pen: Pen, input: StageInput): void {
  drawQueues(pen, input);
  if (input.reducedMotion) return;
  const { legs, t, stretchMs, layout } = input;
  const wayOf = createWays(layout);
  const dead = new Set(input.view.containers.filter(isDead).map((c) => nodeOf(c.id)));
  const edited = new Set(input.view.containers.filter((c) => c.variant > 0).map((c) => nodeOf(c.id)));
  const cutOf = findCuts(input);
  const plain: number[] = [];
  const hollow: number[] = [];
  const lost: number[] = [];
  const sheets: number[] = [];
  const odd: number[] = [];
  const small: number[] = [];
  const fine: number[] = [];
  const tails: number[] = [];
  const head: Spot = { x: 0, y: 0, dx: 0, dy: 0 };
  const middle: Spot = { x: 0, y: 0, dx: 0, dy: 0 };
  const end: Spot = { x: 0, y: 0, dx: 0, dy: 0 };
  const broad = layout.detail !== 'stalls';
  const load = travelling(input);
  const every = thinning(legs.every, load.all, broad ? MOST_ON_BROAD : MOST_DOTS);
  const servers = layout.railWidth * 0.4;
  const sides = sideRailWidth(layout) * 0.4;
  const r = broad ? 2.25 : clamp(layout.railWidth * 0.45, 2.75, 4.5);
  for (let i = 0; i < legs.length; i++) {
    // First what is cheap to see, and true of most of a crowd.
    if (((legs.user[i]! + 1) & (every - 1)) !== 0) continue;
    const share = (t - legs.t0[i]!) / Math.max(stretchMs, legs.t1[i]! - legs.t0[i]!);
    if (share < 0 || share >= 1) continue;
    const way = wayOf(legs, i);
    if (way === null) continue;
    const flags = legs.flags[i]!;
    // Bad news is told where the request failed, not by an answer that travels.
    if (way.reverse && legs.outcome[i] === OUTCOME.failed) continue;
    const stops = !way.reverse && (legs.outcome[i] === OUTCOME.failed || dead.has(legs.to[i]!));
    // Where packets vanish, they go no further than the gap.
    const cut = cutOf === null ? null : cutOf(legs.from[i]!, legs.to[i]!, way.track);
    const length = cut && !way.reverse ? cut.from : way.track.length - (stops ? BREAK : 0);
    const start = cut && way.reverse ? way.track.length - cut.to : way.track.length;
    const single = (flags & FLAG.store) !== 0;
    // On a broad rail every user keeps to a lane, so that the flow fills its half.
    const toServer = legs.from[i]! > 1 || legs.to[i]! > 1;
    const side = toServer ? servers : sides;
    const crowded = single
      ? load.stores >= DENSE
      : !toServer && load.users > Math.max(2, way.track.length / CLOSE);
    const own = ((legs.user[i]! + 1) * 0.618) % 1;
    const lane = broad && toServer ? 0.15 + 0.8 * own : crowded ? 0.35 + 0.6 * own : 1;
    const offset = single ? (crowded ? 5 * (own - 0.5) : 0) : (way.reverse ? side : -side) * lane;
    const at = way.reverse ? way.track.length - start * share : length * share;
    beside(way.track, at, offset, head);
    if (flags & FLAG.check) {
      small.push(head.x, head.y);
      continue;
    }
    if (!broad && !crowded && !(flags & FLAG.stream)) {
      const tail = single ? TAIL * 0.8 : TAIL * clamp(layout.railWidth / 10, 0.6, 1);
      const back = way.reverse ? Math.min(way.track.length, at + tail) : Math.max(0, at - tail);
      beside(way.track, back, offset, end);
      if (head.dx * end.dx + head.dy * end.dy > 0.99) {
        tails.push(head.x, head.y, end.x, end.y);
      } else {
        // Two pieces, so that a tail follows its bend.
        beside(way.track, (at + back) / 2, offset, middle);
        tails.push(head.x, head.y, middle.x, middle.y, middle.x, middle.y, end.x, end.y);
      }
    }
    if (legs.outcome[i] === OUTCOME.unauthorized && way.reverse) lost.push(head.x, head.y);
    else if (legs.outcome[i] === OUTCOME.notFound && way.reverse) hollow.push(head.x, head.y);
    else if (flags & FLAG.upload && !way.reverse) sheets.push(head.x, head.y);
    else if (way.reverse && edited.has(legs.from[i]!)) odd.push(head.x, head.y);
    else if (crowded) fine.push(head.x, head.y);
    else plain.push(head.x, head.y);
  }
  pen.lines(tails, { stroke: 'ink', width: r * 0.55, cap: 'round' });
  pen.circles(small, r * 0.6, { fill: 'ink2' });
  pen.circles(plain, r, { fill: 'ink' });
  pen.circles(fine, FINE_R, { fill: 'ink' });
  pen.circles(hollow, r - 0.75, { fill: 'paper', stroke: 'ink', width: 1.5 });
  pen.circles(lost, r - 0.5, { fill: 'paper', stroke: 'red', width: 2 });
  pen.path(sheetPaths(sheets, r * 0.95), { fill: 'ink' });
  pen.path(diamondPaths(odd, r * 1.25), { fill: 'paper', stroke: 'ink', width: 2 });
  if (every > 1) drawKey(pen, input, every);
}

type FindCut = (from: number, to: number, track: Track) => Cut | null;

/** The gap in the way of a leg; null while packets get through everywhere. */
function findCuts({ view, layout }: StageInput): FindCut | null {
  const servers = new Set(view.containers.filter((c) => isCutOff(c, view, layout)).map((c) => nodeOf(c.id)));
  const stores = view.stores.filter(({ cutOff }) => cutOff.length > 0);
  const users = view.usersCutOff ? layout.tracks.users : null;
  if (servers.size === 0 && stores.length === 0 && users === null) return null;
  const alive = view.containers.filter((c) => c.phase === 'running');
  return (from, to, track) => {
    const near = Math.min(from, to);
    const far = Math.max(from, to);
    if (nodeKind(far) === 'store') {
      const store = stores.find(({ id }) => id === storeOf(far));
      const reaches = !store?.cutOff.some((id) => nodeOf(id) === near);
      return store === undefined || reaches ? null : wireCut(track, isOutOfReach(store.cutOff, alive));
    }
    if (near === NODE.users && users !== null)
      return track === layout.tracks.door ? doorCut(track) : usersCut(users);
    return servers.has(far) ? serverCut(track, layout) : null;
  };
}

/** A place beside the middle of a track, `offset` to the right of the way out. */
function beside(track: Track, at: number, offset: number, out: Spot): void {
  spotOn(track, at, out);
  const { dx, dy } = out;
  out.x -= dy * offset;
  out.y += dx * offset;
}

/** How many legs are drawn: all, those between users and balancer, and those to and from stores. */
function travelling({ legs, t, stretchMs }: StageInput): { all: number; users: number; stores: number } {
  const count = { all: 0, users: 0, stores: 0 };
  for (let i = 0; i < legs.length; i++) {
    const t0 = legs.t0[i]!;
    if (t < t0 || (t >= t0 + stretchMs && t >= legs.t1[i]!)) continue;
    count.all++;
    if ((legs.flags[i]! & FLAG.store) !== 0) count.stores++;
    else if (legs.from[i]! <= 1 && legs.to[i]! <= 1) count.users++;
  }
  return count;
}

/** How many requests a dot stands for: the least power of two with which there are at most about `most` dots. */
function thinning(already: number, count: number, most: number): number {
  let every = already;
  for (let left = count; left > most; left /= 2) every *= 2;
  return every;
}

/** Uploads travel as little folded sheets. */
function sheetPaths(xy: readonly number[], r: number): string {
  let path = '';
  const fix = (v: number): string => String(Math.round(v * 100) / 100);
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i]! - r;
    const y = xy[i + 1]! - r * 1.2;
    path += `M${fix(x)} ${fix(y)}h${fix(r * 1.2)}l${fix(r * 0.8)} ${fix(r * 0.8)}v${fix(r * 1.6)}h${fix(-r * 2)}z`;
  }
  return path;
}

/** An answer unlike the others', from a container whose code was edited. */
function diamondPaths(xy: readonly number[], r: number): string {
  let path = '';
  for (let i = 0; i < xy.length; i += 2) path += diamondPath(xy[i]!, xy[i + 1]!, r);
  return path;
}

/** Requests that wait inside a container stand in line before its gate. */
function drawQueues(pen: Pen, input: StageInput): void {
  const { view, layout } = input;
  if (layout.detail !== 'stalls') return;
  const spot: Spot = { x: 0, y: 0, dx: 0, dy: 0 };
  const r = clamp(layout.railWidth * 0.4, 2.5, 4);
  const xy: number[] = [];
  for (const c of view.containers) {
    const track = layout.tracks.servers.get(c.id);
    if (track === undefined || c.queued === 0) continue;
    for (let i = 0; i < Math.min(c.queued, MOST_QUEUED); i++) {
      const at = track.length - 9 - i * r * 2.6;
      if (at < track.length * 0.3) break;
      spotOn(track, at, spot);
      xy.push(spot.x, spot.y);
    }
  }
  pen.circles(xy, r, { fill: 'paper', stroke: 'ink', width: 1.75 });
}

function drawKey(pen: Pen, input: StageInput, every: number): void {
  const { layout } = input;
  const [track] = layout.tracks.servers.values();
  if (track === undefined) return;
  const [x, y] = track.xy;
  const text = `one dot = ${every}`;
  const style = { size: 13, fill: 'ink2', halo: 4 } as const;
  if (layout.mode === 'wide') pen.text(x! + 10, y! - layout.railWidth / 2 - 8, text, style);
  else pen.text(x! + layout.railWidth / 2 + 8, y! + 20, text, style);
}
