import { textWidth } from '../../text-width.ts';
import { MARK_MS } from '../failure-marks.ts';
import { CROSS_MS, paceOf, type StageInput } from '../input.ts';
import { containerOf, nodeKind, OUTCOME } from '../legs.ts';
import { clamp } from '../maths.ts';
import type { Pen } from '../ops.ts';
import type { StallPlace } from '../placed.ts';

/** Answers of one container that said no, by their status. */
export interface AnswerMark {
  readonly container: number;
  readonly status: number;
  /** Wall ms since the latest of them. */
  age: number;
  count: number;
}

const STATUS: readonly (readonly [outcome: number, status: number])[] = [
  [OUTCOME.unauthorized, 401],
  [OUTCOME.notFound, 404],
  [OUTCOME.tooMany, 429],
];

/** Who answered that a user is unknown, that something is not there, or that it was asked too often: not failures, and said where they are made. */
export function answerMarks({ legs, t, stretchMs, reducedMotion }: StageInput): AnswerMark[] {
  const marks = new Map<string, AnswerMark>();
  const sent = new Map<number, number>();
  const travel = reducedMotion ? 0 : stretchMs;
  for (let i = 0; i < legs.length; i++) {
    const [from, to, user, t0] = [legs.from[i]!, legs.to[i]!, legs.user[i]!, legs.t0[i]!];
    if (nodeKind(to) === 'container') sent.set(user, t0);
    const status = STATUS.find(([outcome]) => outcome === legs.outcome[i])?.[1];
    if (status === undefined || nodeKind(from) !== 'container') continue;
    // Not before the request has visibly arrived.
    const age = (t - Math.max(t0, (sent.get(user) ?? -Infinity) + travel)) / paceOf(stretchMs);
    if (age < 0 || age >= MARK_MS) continue;
    const key = `${from} ${status}`;
    const known = marks.get(key);
    if (known) {
      known.count += legs.every;
      known.age = Math.min(known.age, age);
    } else marks.set(key, { container: containerOf(from), status, age, count: legs.every });
  }
  return [...marks.values()].toSorted((a, b) => a.status - b.status);
}

/** Their number on the lower edge of the stall that answered so. */
export function drawAnswers(pen: Pen, input: StageInput): void {
  if (input.layout.detail !== 'stalls') return;
  const used = new Map<number, number>();
  for (const mark of answerMarks(input)) {
    const place = input.layout.stalls.find(({ id }) => id === mark.container);
    if (place) used.set(place.id, drawBadge(pen, input, mark, place, used.get(place.id) ?? 0));
  }
}

/** Draws one `from` units in from the left, and answers with where the next may begin. */
function drawBadge(
  pen: Pen,
  { reducedMotion }: StageInput,
  mark: AnswerMark,
  place: StallPlace,
  from: number,
): number {
  const { body, scale } = place;
  const size = scale < 0.6 ? 11 : 12;
  const text = `${mark.status}${mark.count > 1 ? ` ×${mark.count}` : ''}`;
  const w = textWidth(text, size, 700) + 10;
  const x = body.x + clamp(14 * scale, 5, 14) + from;
  // Of several the first that fit.
  if (from > 0 && x + w > body.x + body.w) return from;
  const h = size + 5;
  const fade = reducedMotion ? 0 : Math.max(0, mark.age - MARK_MS + CROSS_MS.fade) / CROSS_MS.fade;
  pen.push(0, 0, 0, 1, 1 - clamp(fade, 0, 1));
  pen.rect(x, body.y + body.h - h / 2, w, h, h / 2, { fill: 'plate', stroke: 'ink', width: 1.5 });
  pen.text(x + w / 2, body.y + body.h + size * 0.36, text, { size, weight: 700, anchor: 'middle' });
  pen.pop();
  return from + w + 4;
}
