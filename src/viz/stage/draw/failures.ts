import { CROSS_MS, paceOf, type StageInput } from '../input.ts';
import { failureWord } from '../failure-words.ts';
import type { Pen } from '../ops.ts';
import { type Spot, spotOn } from '../track.ts';
import { drawCross } from './glyphs.ts';
import { createWays, nodeKind, OUTCOME } from './legs.ts';
import { BREAK } from './rails.ts';

/** Failures that end at one place, told as one. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly end: 'users' | 'balancer' | 'container' | 'store';
  /** Wall ms since the latest of them. */
  age: number;
  count: number;
  cause: number;
  /** Whether the balancer or client tries again elsewhere: not a failure yet. */
  retried: boolean;
}

const TOTAL = 2 * CROSS_MS.stroke + CROSS_MS.hold + CROSS_MS.fade;

/** A cross and a word where requests ended badly; it holds long enough to be read, then fades to a pin. */
export function drawFailures(pen: Pen, input: StageInput): void {
  for (const mark of marksOf(input)) {
    const age = input.reducedMotion ? Math.max(mark.age, 2 * CROSS_MS.stroke) : mark.age;
    drawMark(pen, input, mark, age);
  }
}

function marksOf(input: StageInput): Iterable<Mark> {
  const { legs, t, stretchMs, layout } = input;
  const pace = paceOf(stretchMs);
  const marks = new Map<number, Mark>();
  const wayOf = createWays(layout);
  const spot: Spot = { x: 0, y: 0, dx: 0, dy: 0 };
  for (let i = 0; i < legs.length; i++) {
    const outcome = legs.outcome[i]!;
    if (outcome !== OUTCOME.failed && outcome !== OUTCOME.retried) continue;
    const ended = Math.max(legs.t1[i]!, legs.t0[i]! + (input.reducedMotion ? 0 : stretchMs));
    const age = (t - ended) / pace;
    if (age < 0 || age >= TOTAL) continue;
    const to = legs.to[i]!;
    const retried = outcome === OUTCOME.retried;
    const known = marks.get(to);
    if (known !== undefined) {
      if (retried && !known.retried) continue;
      known.count = known.retried && !retried ? 1 : known.count + 1;
      known.retried = retried;
      known.age = Math.min(known.age, age);
      known.cause = legs.cause[i]!;
      continue;
    }
    const way = wayOf(legs, i);
    if (way === null) continue;
    const end = nodeKind(to);
    const short = end === 'container' ? Math.min(BREAK, way.track.length * 0.3) : 14;
    spotOn(way.track, way.reverse ? short : way.track.length - short, spot);
    marks.set(to, { x: spot.x, y: spot.y, end, age, count: 1, cause: legs.cause[i]!, retried });
  }
  return marks.values();
}

function drawMark(pen: Pen, input: StageInput, mark: Mark, age: number): void {
  const { x, y } = mark;
  const first = age / CROSS_MS.stroke;
  const second = first - 1;
  const fade = Math.max(0, age - 2 * CROSS_MS.stroke - CROSS_MS.hold) / CROSS_MS.fade;
  const fading = fade > 0 && !input.reducedMotion;
  if (fading) {
    pen.circles([x, y], 2, { fill: 'pin' });
    pen.push(0, 0, 0, 1, 1 - fade);
  }
  const large = input.layout.detail === 'stalls' && input.layout.railWidth > 8;
  const reach = (large ? 9 : 6) * (mark.retried ? 0.7 : 1);
  pen.circles([x, y], reach + 4, { fill: 'paper' });
  drawCross(pen, x, y, reach, large ? 4.5 : 3, first, second, mark.retried ? 'ink2' : 'red');
  if (!mark.retried) drawWord(pen, input, mark, reach);
  if (fading) pen.pop();
}

function drawWord(pen: Pen, input: StageInput, mark: Mark, reach: number): void {
  if (input.layout.detail === 'field') return;
  const { x, y } = mark;
  const { balancer } = input.layout;
  const word = `${failureWord(mark.cause)}${mark.count > 1 ? ` ×${mark.count}` : ''}`;
  const style = { size: 14, weight: 600, fill: 'red', halo: 4 } as const;
  if (mark.end === 'balancer' && balancer && input.layout.mode === 'compact') {
    pen.text(balancer.box.x - 6, balancer.title.y, word, { ...style, size: 13, anchor: 'end' });
  } else if (mark.end === 'users' || input.layout.mode === 'compact')
    pen.text(x + reach + 5, y + 5, word, style);
  else if (mark.end === 'balancer' && balancer) {
    // Beside the rail there are users; above the capsule there is room.
    pen.text(balancer.box.x + balancer.box.w / 2, balancer.box.y - 7, word, { ...style, anchor: 'middle' });
  } else pen.text(x - reach - 7, y - 10, word, { ...style, anchor: 'end' });
}
