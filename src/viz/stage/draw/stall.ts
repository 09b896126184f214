import type { ContainerView } from '../../../sim/view.ts';
import { paceOf, type StageInput } from '../input.ts';
import { dotsFor, latticeSpots } from '../lattice.ts';
import { clamp, easeInOut, progress } from '../maths.ts';
import type { Pen, Style } from '../ops.ts';
import type { StallPlace } from '../placed.ts';
import { goesAlong, isPet } from '../words.ts';
import { arrivalOf } from './arrival.ts';
import { drawFullDisk, drawIce, drawLevel } from './glyphs.ts';
import { penOutline } from './outline.ts';
import { drawCollar, drawTag } from './tag.ts';
import { drawLeavingTokens, drawTokens } from './tokens.ts';

/** Wall ms that a gate takes to open. */
const GATE_MS = 180;

/** Closer hatching the more hand edits; beyond a handful it stays as it is. */
const hatchPitch = (edits: number, scale: number): number =>
  clamp((14.5 - 3.25 * edits) * Math.max(0.6, scale), 4, 11.25);

const isUp = (c: ContainerView): boolean =>
  c.phase === 'running' || c.phase === 'prestop' || c.phase === 'stopping';

/** A living (or not yet living) stall: pen, hide, tag and lattice. */
export function drawStall(pen: Pen, input: StageInput, place: StallPlace): void {
  const c = input.view.containers[place.index]!;
  const arrival = arrivalOf(c, input, place);
  if (arrival === null) {
    drawStanding(pen, input, place, c);
    return;
  }
  const cx = place.body.x + place.body.w / 2;
  const cy = place.body.y + place.body.h / 2;
  pen.push(cx + arrival.dx, cy + arrival.dy, arrival.angle, 1, arrival.alpha);
  pen.push(-cx, -cy);
  drawStanding(pen, input, place, c);
  pen.pop();
  pen.pop();
}

function drawStanding(pen: Pen, input: StageInput, place: StallPlace, c: ContainerView): void {
  const { view, layout } = input;
  const { body, scale } = place;
  const r = clamp(14 * scale, 5, 14);
  const gap = place.gate.side === 'left' ? clamp(26 * scale, 8, 26) : clamp(20 * scale, 7, 18);
  const up = isUp(c);
  const line = clamp(3 * scale, 1.75, 3);

  pen.rect(body.x, body.y, body.w, body.h, r, { fill: 'plate' });
  if (c.edits > 0) {
    const pitch = hatchPitch(c.edits, scale);
    pen.hatch(body.x, body.y, body.w, body.h, r, pitch, clamp(pitch * 0.36, 1.25, 3));
    const pad = clamp(4 * scale, 1.5, 4);
    const { lattice } = place;
    const h = Math.min(lattice.h + pad, body.h - 4);
    const y = lattice.y + lattice.h / 2 - h / 2;
    pen.rect(lattice.x - pad, y, lattice.w + 2 * pad, h, clamp(10 * scale, 3, 10), { fill: 'plate' });
  }
  const leaving = c.phase === 'prestop' || c.phase === 'stopping';
  const outline: Style = leaving
    ? { stroke: 'ink2', width: line * 0.75, cap: 'butt', dash: [12 * scale, 4 * scale] }
    : up
      ? { stroke: 'ink', width: line, cap: 'round' }
      : { stroke: 'ink', width: line * 0.75, dash: scale < 0.6 ? [3, 3] : [6, 6], cap: 'butt' };
  pen.path(penOutline(body, r, gap, place.gate.side), outline);
  if (up) drawGate(pen, input, c, place, gap);
  if (c.frozen) drawFrost(pen, place, r);
  if (c.diskFull) drawDisk(pen, place);
  if (c.memory !== null) drawMemory(pen, place, c.memory);
  input.late?.drawExtras(pen, view, c, place);

  if (isPet(c, view)) drawCollar(pen, place.tag, [...c.name][0] ?? '', false);
  else drawTag(pen, place.tag, String(c.number), c.version, leaving);
  const spots = latticeSpots(layout.lattice, place.lattice);
  const held = dotsFor(c.sessions, layout.lattice.per);
  if (leaving && goesAlong(view)) drawLeavingTokens(pen, spots, held, layout.lattice.r);
  else drawTokens(pen, spots, held, layout.lattice.r);
}

/** A bar across the opening while the balancer sends nothing here; it swings away when traffic begins. */
function drawGate(pen: Pen, input: StageInput, c: ContainerView, place: StallPlace, gap: number): void {
  const serving = c.server === 'up' && c.phase === 'running';
  const opening = serving && !input.reducedMotion && c.startedAt !== null;
  const share = opening
    ? easeInOut(progress(input.t - c.since, GATE_MS * paceOf(input.stretchMs)))
    : serving
      ? 1
      : 0;
  if (share >= 1) return;
  const { x, y, side } = place.gate;
  const reach = gap * (1 - share);
  const style: Style = { stroke: 'ink', width: clamp(3 * place.scale, 1.5, 3), cap: 'butt' };
  if (side === 'left') pen.lines([x, y - gap / 2, x, y - gap / 2 + reach], style);
  else pen.lines([x - gap / 2, y, x - gap / 2 + reach, y], style);
}

/** A second, thin shell with ice on its corner. */
function drawFrost(pen: Pen, place: StallPlace, r: number): void {
  const inset = clamp(5 * place.scale, 2.5, 5);
  const { body } = place;
  pen.rect(body.x + inset, body.y + inset, body.w - 2 * inset, body.h - 2 * inset, Math.max(2, r - inset), {
    stroke: 'ink2',
    width: 1.25,
  });
  const size = clamp(8 * place.scale, 4, 8);
  pen.circles([body.x + body.w - 1, body.y + 1], size * 1.5, { fill: 'paper' });
  drawIce(pen, body.x + body.w - 1, body.y + 1, size, 'ink');
}

function drawDisk(pen: Pen, { body, scale }: StallPlace): void {
  const size = clamp(9 * scale, 5, 9);
  pen.circles([body.x + body.w - 1, body.y + body.h - 1], size * 1.5, { fill: 'paper' });
  drawFullDisk(pen, body.x + body.w - 1, body.y + body.h - 1, size);
}

/** A thin level at its side; the thick line on top is the limit. */
function drawMemory(pen: Pen, { body, scale }: StallPlace, share: number): void {
  const w = clamp(4 * scale, 2, 4);
  const inset = clamp(14 * scale, 4, 14);
  drawLevel(pen, body.x + body.w + clamp(4 * scale, 2, 4), body.y + inset, w, body.h - 2 * inset, share);
}
