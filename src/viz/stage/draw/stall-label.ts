import type { ContainerView } from '../../../sim/view.ts';
import { ellipsize, textWidth } from '../../text-width.ts';
import { paceOf, type StageInput } from '../input.ts';
import { clamp, progress } from '../maths.ts';
import type { Pen } from '../ops.ts';
import type { StallPlace } from '../placed.ts';
import { stallCaption, stallDetail } from '../captions.ts';
import { endWord, type StallLine, stallLines } from '../stall-words.ts';
import { shortName } from '../words.ts';
import { endedBadly, isDrawnFallen } from '../fall.ts';
import { marksOf } from '../failure-marks.ts';
import { failureWord, isInside } from '../failure-words.ts';
import { nodeOf } from '../legs.ts';
import {
  diamondPath,
  drawBroken,
  drawCross,
  drawFullDisk,
  drawIce,
  drawPulse,
  drawSwatch,
} from './glyphs.ts';

/** Wall ms that the arcs of a health check spread. */
const PULSE_MS = 300;
const NAME = { size: 17, weight: 700 };
const LINE = { size: 14, height: 21, least: 18 };

/** Words beside or below a stall. */
export function drawStallLabel(pen: Pen, input: StageInput, place: StallPlace): void {
  if (place.label.lines === 0) return;
  if (place.label.side === 'below') drawCaption(pen, input, place);
  else drawLines(pen, input, place);
}

/** The one thing to say about it, and a second where there is room. */
function drawCaption(pen: Pen, input: StageInput, place: StallPlace): void {
  const { view } = input;
  const c = view.containers[place.index]!;
  const { x, y, w } = place.label;
  const { text, shorter = [], fill } = stallCaption(c, view, input.t);
  const size = w < 60 ? 12 : w < 80 ? 13 : 14;
  const fitting = (weight: number, all: readonly string[]): string =>
    ellipsize(all.find((one) => textWidth(one, size, weight) <= w) ?? all.at(-1)!, w, size, weight);
  pen.text(x, y, fitting(600, [text, ...shorter]), {
    size,
    weight: 600,
    fill,
    anchor: 'middle',
    // A line to a volume may pass behind it.
    ...(view.volumes.length > 0 ? { halo: 4 } : {}),
  });
  if (place.label.lines < 2) return;
  const more = stallDetail(c, view, input.t);
  if (more === null) return;
  const words = fitting(500, [more.text, ...(more.shorter ?? [])]);
  if (more.glyph === 'diamond')
    pen.path(diamondPath(x - textWidth(words, size, 500) / 2, y + 11, 4.5), { stroke: 'ink', width: 1.75 });
  pen.text(x, y + 16, words, { size, weight: 500, fill: more.fill, anchor: 'middle' });
}

function drawLines(pen: Pen, input: StageInput, place: StallPlace): void {
  const { view, t } = input;
  const c = view.containers[place.index]!;
  const { x, w } = place.label;
  const dead = isDrawnFallen(c, input) || (c.phase === 'waiting' && endedBadly(c));
  const leaving = c.phase === 'stopping' || c.phase === 'prestop';
  const aside = dead ? endWord(c) : leaving ? 'stopping' : `v${c.tag}`;
  const name = ellipsize(shortName(c, view), w, NAME.size, NAME.weight);
  const asideX = Math.max(x + textWidth(name, NAME.size, NAME.weight) + 10, x + 62);
  const style = dead
    ? ({ size: 14, weight: 600, fill: endedBadly(c) ? 'red' : 'ink2' } as const)
    : ({ size: 14, weight: 500, fill: 'ink2' } as const);
  const left = x + w + 6 - asideX;
  const fits = textWidth(aside, 14, style.weight) <= left;
  // How it ended matters more than anything else: without room beside the name it gets a line of its own.
  const ending: StallLine[] =
    dead && !fits ? [{ kind: 'words', text: aside, glyph: 'none', fill: style.fill }] : [];
  const lines = [...ending, ...errorLines(input, c), ...stallLines(c, view, t)].slice(
    0,
    Math.max(1, place.label.lines - 1),
  );
  const height = lines.length > 2 || place.scale < 0.9 ? LINE.least : LINE.height;

  // Many lines begin higher, so that the last does not stand in the next stall.
  const over = place.label.y + lines.length * height + 6 - (place.cell.y + place.cell.h);
  const y =
    over > 0 ? Math.max(Math.min(place.label.y, place.cell.y + 15), place.label.y - over) : place.label.y;
  pen.text(x, y, name, NAME);
  if (fits) pen.text(asideX, y, aside, style);
  else if (!dead && left > 40) pen.text(asideX, y, ellipsize(aside, left, 14), style);
  let at = y;
  for (const line of lines) {
    at += line.kind === 'bar' ? 17 : height;
    drawLine(pen, input, line, { x, y: at, w }, c.checkedAt);
  }
}

function drawLine(
  pen: Pen,
  input: StageInput,
  line: StallLine,
  at: { x: number; y: number; w: number },
  checkedAt: number | null,
): void {
  const { x, y, w } = at;
  if (line.kind === 'bar') {
    drawBar(pen, x, y - 8, Math.min(w, 128), line, input.t);
    return;
  }
  let inset = 0;
  switch (line.glyph) {
    case 'swatch':
      drawSwatch(pen, x, y - 12);
      inset = 23;
      break;
    case 'diamond':
      pen.path(diamondPath(x + 7, y - 5, 6), { fill: 'paper', stroke: 'ink', width: 2 });
      inset = 20;
      break;
    case 'cross':
      drawCross(pen, x + 6, y - 5, 5, 3);
      inset = 18;
      break;
    case 'ice':
      drawIce(pen, x + 7, y - 5, 7, 'ink');
      inset = 20;
      break;
    case 'broken':
      drawBroken(pen, x, y - 5);
      inset = 22;
      break;
    case 'disk':
      drawFullDisk(pen, x + 6, y - 5, 7);
      inset = 20;
      break;
    case 'check': {
      const since = (input.t - (checkedAt ?? 0)) / paceOf(input.stretchMs);
      drawPulse(pen, x + 5, y - 5, input.reducedMotion ? 1 : progress(since, PULSE_MS));
      inset = 26;
      break;
    }
    case 'none':
      break;
  }
  const room = w - inset + 4;
  const { text, long = text } = line;
  pen.text(x + inset, y, ellipsize(textWidth(long, LINE.size) <= room ? long : text, room, LINE.size), {
    size: LINE.size,
    fill: line.fill,
    ...(line.halo ? { halo: 4 } : {}),
  });
}

/** While its answers are errors: what they are, although its checks may pass. */
function errorLines(input: StageInput, c: ContainerView): StallLine[] {
  const mark = marksOf(input).find(({ node }) => node === nodeOf(c.id));
  if (mark === undefined || mark.retried || !isInside(mark.cause)) return [];
  const text = failureWord(mark.cause, mark.is503);
  const long = c.checkedAt !== null && c.checkOk ? `${text}, check passes` : text;
  return [{ kind: 'words', text, long, glyph: 'cross', fill: 'red' }];
}

/** A time that runs, with a tick for every second while they can be told apart. */
function drawBar(
  pen: Pen,
  x: number,
  y: number,
  w: number,
  bar: StallLine & { kind: 'bar' },
  t: number,
): void {
  const length = Math.max(1, bar.due - bar.from);
  const share = clamp((t - bar.from) / length, 0, 1);
  const filled = bar.emptying ? 1 - share : share;
  pen.rect(x, y, w, 8, 0, { fill: 'plate' });
  if (filled > 0) pen.rect(x, y, w * filled, 8, 0, { fill: 'ink' });
  const tickEvery = length <= 15_000 ? 1000 : 10_000;
  const ticks: number[] = [];
  if (length / tickEvery <= 30) {
    for (let at = tickEvery; at < length; at += tickEvery) {
      const tx = x + (w * at) / length;
      if (tx > x + w * filled) ticks.push(tx, y, tx, y + 8);
    }
  }
  pen.lines(ticks, { stroke: 'ink', width: 1 });
  pen.rect(x, y, w, 8, 0, { stroke: 'ink', width: 1.5 });
}
