import { paceOf, type StageInput } from '../input.ts';
import { dotsFor, latticeSpots } from '../lattice.ts';
import { clamp, easeIn, easeInOut, lerp, progress } from '../maths.ts';
import { settled } from '../fall.ts';
import type { Pen, Style } from '../ops.ts';
import type { Box, StallPlace } from '../placed.ts';
import { restingPlaces, type Spill, sweptAside } from '../spill.ts';
import { isPet } from '../words.ts';
import { fallenOutline } from './outline.ts';
import { drawCollar, drawTag } from './tag.ts';
import { drawRings } from './tokens.ts';

/** Wall ms: the pen tilts, then the tokens slide out row by row. */
const TILT_MS = 220;
const PAUSE_MS = 120;
const ROW_MS = 40;
const SLIDE_MS = 420;
const ANGLE = { lying: 11, upright: -12 };

/** A stall whose process ended: tilted and open, its tokens falling out as rings. */
export function drawFallen(pen: Pen, input: StageInput, place: StallPlace): void {
  const { view, layout } = input;
  const c = view.containers[place.index]!;
  const { body, scale } = place;
  const lying = body.w / body.h > 1.25;
  const since = (input.t - (c.endedAt ?? c.since)) / paceOf(input.stretchMs);
  const passed = input.reducedMotion ? Number.POSITIVE_INFINITY : since;
  const cx = body.x + body.w / 2;
  const cy = body.y + body.h / 2;
  const angle = (lying ? ANGLE.lying : ANGLE.upright) * easeIn(progress(passed, TILT_MS));
  // In a row the pen shrinks upwards, so that its tokens have ground to lie on.
  const roomy = place.label.side === 'right';
  const short = roomy ? 1 : lying ? 0.58 : 0.62;

  pen.push(cx, roomy ? cy : cy - body.h * (lying ? 0.2 : 0.1), angle, roomy ? 1 : 0.86);
  const outline = fallenOutline(body.w, body.h * short, clamp(14 * scale, 5, 14), lying ? 'right' : 'bottom');
  // Where the whole host is silent, nobody can look: the stall is a shadow of itself.
  const silent = view.hosts.some((host) => host.id === c.host && !host.up);
  const style: Style = silent ? { stroke: 'rail', dash: [3, 6] } : { stroke: 'ink' };
  pen.path(outline, { ...style, width: clamp(3 * scale, 1.75, 3), cap: 'round' });
  const local = { x: place.tag.x - cx, y: place.tag.y - cy, w: place.tag.w, h: place.tag.h };
  const tag = roomy ? local : lying ? shrunk(local, 0.72) : { ...local, y: -local.h * 0.72 };
  if (isPet(c, view)) drawCollar(pen, tag, [...c.name][0] ?? '', true);
  else drawTag(pen, tag, String(c.number), c.version, true);
  if (place.label.side === 'right') drawEmptied(pen, input, place, cx, cy);
  pen.pop();

  const tokens = dotsFor(c.lostSessions, layout.lattice.per);
  if (tokens > 0) drawSpill(pen, input, place, { tokens, passed, angle, cx, cy });
}

/** A tag made smaller around the middle of its left side. */
const shrunk = (box: Box, by: number): Box => ({
  x: box.x,
  y: (-box.h * by) / 2,
  w: box.w * by,
  h: box.h * by,
});

/** The places nearest to the closed end stay in sight. */
function drawEmptied(pen: Pen, input: StageInput, place: StallPlace, cx: number, cy: number): void {
  const { lattice } = input.layout;
  const spots = latticeSpots(lattice, place.lattice);
  const kept = Math.max(1, Math.round(lattice.cols * 0.4));
  const pins: number[] = [];
  for (let i = 0; i < spots.length; i += 2) {
    if ((i / 2) % lattice.cols < kept) pins.push(spots[i]! - cx, spots[i + 1]! - cy);
  }
  pen.circles(pins, Math.min(1.5, lattice.r * 0.25), { fill: 'pin' });
}

/** Tokens on the ground beside a container that stands again. */
export function drawSpilled(pen: Pen, input: StageInput, place: StallPlace): void {
  const c = input.view.containers[place.index]!;
  const tokens = dotsFor(c.lostSessions, input.layout.lattice.per);
  if (tokens === 0) return;
  const { x, y, w, h } = place.body;
  const { xy, r } = sweptAside(tokens, place);
  drawRings(
    pen,
    xy.map((v, i) => v + (i % 2 === 0 ? x + w / 2 : y + h / 2)),
    r,
  );
}

interface Falling {
  readonly tokens: number;
  readonly passed: number;
  readonly angle: number;
  readonly cx: number;
  readonly cy: number;
}

function drawSpill(pen: Pen, input: StageInput, place: StallPlace, fall: Falling): void {
  const { lattice } = input.layout;
  const rest = restingPlaces(fall.tokens, place);
  const spots = latticeSpots(lattice, place.lattice);
  const turn = (fall.angle * Math.PI) / 180;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const spilled: number[] = [];
  for (let i = 0; i < fall.tokens; i++) {
    // The rows nearest to the mouth leave first, so they lie at the bottom of the pile.
    const slot = Math.min(fall.tokens, spots.length / 2) - 1 - i;
    const x = spots[2 * Math.max(0, slot)]! - fall.cx;
    const y = spots[2 * Math.max(0, slot) + 1]! - fall.cy;
    const row = Math.floor(i / lattice.cols);
    const share = easeInOut(progress(fall.passed - PAUSE_MS - row * ROW_MS, SLIDE_MS));
    const at = alongFall(x * cos - y * sin, x * sin + y * cos, rest, i, share);
    spilled.push(fall.cx + at.x, fall.cy + at.y);
  }
  const moved = progress(fall.passed - PAUSE_MS, SLIDE_MS);
  const old = settled(input.view.containers[place.index]!, input.t);
  const r = lerp(lattice.r, rest.r, moved) * (old ? 0.6 : 1);
  // Rings from the first instant on: time may stand still there, and they are held no more.
  drawRings(pen, spilled, r, old ? 'ink2' : 'red');
}

/** From the lattice along the floor, then down onto the pile. */
function alongFall(x: number, y: number, rest: Spill, i: number, share: number): { x: number; y: number } {
  const endX = rest.xy[2 * i]!;
  const endY = rest.xy[2 * i + 1]!;
  const overX = lerp(x, endX, 0.6);
  const overY = lerp(y, endY, 0.25);
  const back = 1 - share;
  return {
    x: back * back * x + 2 * back * share * overX + share * share * endX,
    y: back * back * y + 2 * back * share * overY + share * share * endY,
  };
}
