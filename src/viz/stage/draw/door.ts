import { FLAG, NODE } from '../legs.ts';
import { paceOf, type StageInput } from '../input.ts';
import { d, type Pen } from '../ops.ts';
import type { Box } from '../placed.ts';

/** Figures drawn on their way; more are told as a number. */
const MOST_WALKING = 2;
/** Wall ms that somebody who signs in is seen before the door. */
const SEEN_MS = 1100;

/** The sign-in page, the users on their way to it, and how many of those who lost their session have been there. */
export function drawDoor(pen: Pen, input: StageInput, door: Box): void {
  const { view } = input;
  const { x, y, w, h } = door;
  pen.path(
    d('M', x, y + h, 'V', y + 6, 'a 6 6 0 0 1 6 -6', 'h', w - 12, 'a 6 6 0 0 1 6 6', 'V', y + h, 'z'),
    { fill: 'plate', stroke: 'ink', width: 2.5 },
  );
  pen.circles([x + w - 6, y + h / 2 + 1], 2.5, { fill: 'ink' });
  pen.text(x + w / 2, y + h + 22, 'sign in', { size: 14, weight: 600, anchor: 'middle' });

  const coming = Math.max(view.usersAtDoor, Math.min(MOST_WALKING, seenAtDoor(input)));
  const walking = Math.min(MOST_WALKING, coming);
  const mid = y + h / 2 + 4;
  for (let i = 0; i < walking; i++) {
    const at = x - 38 - i * 48;
    pen.circles([at, mid - 8], 4.75, { fill: 'paper', stroke: 'red', width: 2.25 });
    pen.path(
      d('M', at - 8, mid + 11, 'v -3.5 a 7 7 0 0 1 7 -7 h 2 a 7 7 0 0 1 7 7 v 3.5 z') +
        d('M', at + 13, mid + 2, 'h 14 m -5 -5 l 5 5 l -5 5'),
      { stroke: 'ink', width: 1.6 },
    );
  }
  const many = `${coming} ${coming > 99 ? 'coming' : 'on their way'}`;
  if (coming > MOST_WALKING) pen.text(x + w, y - 9, many, { size: 14, anchor: 'end', halo: 4 });
  // Behind the door: they are back.
  const back = `${view.usersReturned} signed in again`;
  if (view.usersReturned > 0) pen.text(x + w + 12, y + h + 5, back, { size: 14, halo: 4 });
}

/** Users whose sign-in began a moment ago. */
function seenAtDoor({ legs, t, stretchMs, reducedMotion }: StageInput): number {
  if (reducedMotion) return 0;
  const since = t - SEEN_MS * paceOf(stretchMs);
  let count = 0;
  for (let i = 0; i < legs.length; i++) {
    if (legs.from[i] !== NODE.users || (legs.flags[i]! & FLAG.signIn) === 0) continue;
    if (legs.t0[i]! > since && legs.t0[i]! <= t) count++;
  }
  return count * legs.every;
}
