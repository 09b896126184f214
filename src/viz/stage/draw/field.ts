import type { ContainerView, HerdView } from '../../../sim/view.ts';
import { ellipsize } from '../../text-width.ts';
import { endedBadly, isDead } from '../fall.ts';
import { clamp } from '../maths.ts';
import { d, type Pen } from '../ops.ts';
import type { Box, StageLayout, StallPlace } from '../placed.ts';
import { stallCaption } from '../captions.ts';
import { endWord } from '../stall-words.ts';
import { isTroubled, shortName } from '../words.ts';
import { drawTag } from './tag.ts';

const MOST_OUTLIERS = 3;

const isUp = (c: ContainerView): boolean =>
  c.phase === 'running' || c.phase === 'prestop' || c.phase === 'stopping';

/** Share of the fullest stall, 0..1. */
const levelOf = (c: ContainerView, most: number): number => (most === 0 ? 0 : c.sessions / most);

/** Hundreds of stalls: a tag and a level each. */
export function drawTags(pen: Pen, view: HerdView, layout: StageLayout): void {
  const most = Math.max(0, ...view.containers.map((c) => c.sessions));
  const frames: number[] = [];
  const waiting: number[] = [];
  const levels: number[] = [];
  const cuts: number[] = [];
  let flags = '';
  for (const place of layout.stalls) {
    const c = view.containers[place.index]!;
    const { tag, lattice } = place;
    const dead = isDead(c);
    if (dead) {
      pen.push(tag.x + tag.w / 2, tag.y + tag.h / 2, 11);
      drawTag(pen, { x: -tag.w / 2, y: -tag.h / 2, w: tag.w, h: tag.h }, String(c.number), c.version, true);
      pen.pop();
      pen.lines([lattice.x, lattice.y, lattice.x + lattice.w, lattice.y + lattice.h], {
        stroke: 'red',
        width: 1.5,
      });
      pen.lines([lattice.x, lattice.y + lattice.h, lattice.x + lattice.w, lattice.y], {
        stroke: 'red',
        width: 1.5,
      });
      continue;
    }
    // Hatching all round the tag: edited by hand.
    if (c.edits > 0) {
      const { cell } = place;
      pen.hatch(cell.x + 0.5, cell.y + 0.5, cell.w - 1, lattice.y - cell.y - 1, 2, 3.5, 1.25);
    }
    drawTag(pen, tag, String(c.number), c.version, !isUp(c));
    (isUp(c) ? frames : waiting).push(lattice.x, lattice.y, lattice.w, lattice.h);
    const w = lattice.w * levelOf(c, most);
    if (w > 0) levels.push(lattice.x, lattice.y, w, lattice.h);
    if (c.cutOff) cuts.push(...cutMark(place.cell, place.cell.y + place.cell.h / 2, place.cell.h * 0.3));
    if (isTroubled(c)) flags += flagPath(tag.x + tag.w, tag.y, clamp(tag.w * 0.45, 4, 11));
  }
  pen.boxes(frames, { fill: 'plate' });
  pen.boxes(levels, { fill: 'blue' });
  pen.boxes(frames, { stroke: 'ink', width: 1 });
  pen.boxes(waiting, { stroke: 'ink', width: 1, dash: [2, 2] });
  drawMarks(pen, cuts, flags, 1.75);
}

/** A corner turned down in red: it runs, and does badly. */
const flagPath = (right: number, top: number, size: number): string =>
  d('M', right - size, top, 'h', size, 'v', size, 'z');

/** Two bars at the left of a cell: no packet comes in. */
function cutMark(cell: Box, y: number, reach: number): number[] {
  const x = cell.x + cell.w * 0.05;
  const gap = clamp(cell.w * 0.16, 1.5, 5);
  return [x, y - reach, x, y + reach, x + gap, y - reach, x + gap, y + reach];
}

function drawMarks(pen: Pen, cuts: readonly number[], flags: string, width: number): void {
  pen.path(flags, { fill: 'red' });
  pen.lines(cuts, { stroke: 'ink', width });
}

/** A thousand stalls: cells filled to their level; what is unlike the rest is marked and, up to a few, named. */
export function drawField(pen: Pen, view: HerdView, layout: StageLayout): void {
  const most = Math.max(0, ...view.containers.map((c) => c.sessions));
  const frames: number[] = [];
  const waiting: number[] = [];
  const levels: number[] = [];
  const edited: number[] = [];
  const crosses: number[] = [];
  const cuts: number[] = [];
  let flags = '';
  for (const place of layout.stalls) {
    const c = view.containers[place.index]!;
    const { x, y, w, h } = place.body;
    if (isDead(c)) {
      crosses.push(x, y, x + w, y + h, x + w, y, x, y + h);
      continue;
    }
    (isUp(c) ? frames : waiting).push(x, y, w, h);
    if (c.cutOff) cuts.push(...cutMark(place.body, y + h / 2, h * 0.4));
    if (isTroubled(c)) flags += flagPath(x + w, y, w * 0.55);
    const level = h * levelOf(c, most);
    if (level > 0) levels.push(x, y + h - level, w, level);
    if (c.edits > 0) edited.push(x, y + h, x + w, y);
  }
  const line = clamp((layout.stalls[0]?.body.w ?? 8) * 0.08, 0.5, 1);
  pen.boxes(frames, { fill: 'plate' });
  pen.boxes(levels, { fill: 'blue' });
  pen.boxes(frames, { stroke: 'ink2', width: line });
  pen.boxes(waiting, { stroke: 'ink2', width: line, dash: [2, 2] });
  pen.lines(edited, { stroke: 'hatch', width: line * 2 });
  pen.lines(crosses, { stroke: 'red', width: line * 2 });
  drawMarks(pen, cuts, flags, line * 2);
  if (layout.mode === 'wide') drawOutliers(pen, view, layout);
}

function drawOutliers(pen: Pen, view: HerdView, layout: StageLayout): void {
  const last = layout.hosts[layout.hosts.length - 1]!;
  const first = layout.hosts[0]!;
  const odd = layout.stalls
    .map((place: StallPlace) => view.containers[place.index]!)
    .filter((c) => (isDead(c) && endedBadly(c)) || c.edits > 0 || isTroubled(c));
  const x = first.box.x + 4;
  let y = last.box.y + last.box.h + 22;
  const width = last.box.x + last.box.w - x - 4;
  for (const c of odd.slice(0, MOST_OUTLIERS)) {
    const words = isDead(c) ? endWord(c) : stallCaption(c, view, view.t).text;
    pen.text(x, y, ellipsize(`${shortName(c, view)}: ${words}`, width, 14), { size: 14 });
    y += 18;
  }
  if (odd.length > MOST_OUTLIERS) {
    pen.text(x + width, y - 18, `and ${odd.length - MOST_OUTLIERS} more`, {
      size: 14,
      fill: 'ink2',
      anchor: 'end',
    });
  }
}
