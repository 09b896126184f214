import type { HerdView } from '../../../sim/view.ts';
import { d, type Pen } from '../ops.ts';
import type { Box } from '../placed.ts';

/** Figures drawn on their way; more are told as a number. */
const MOST_WALKING = 2;

/** The sign-in page, and the users on their way to it. */
export function drawDoor(pen: Pen, view: HerdView, door: Box): void {
  const { x, y, w, h } = door;
  pen.path(
    d('M', x, y + h, 'V', y + 6, 'a 6 6 0 0 1 6 -6', 'h', w - 12, 'a 6 6 0 0 1 6 6', 'V', y + h, 'z'),
    { fill: 'plate', stroke: 'ink', width: 2.5 },
  );
  pen.circles([x + w - 6, y + h / 2 + 1], 2.5, { fill: 'ink' });
  pen.text(x + w / 2, y + h + 22, 'sign in', { size: 14, weight: 600, anchor: 'middle' });

  const walking = Math.min(MOST_WALKING, view.usersAtDoor);
  const mid = y + h / 2;
  for (let i = 0; i < walking; i++) {
    const at = x - 56 - i * 48;
    pen.circles([at, mid - 8], 4.75, { fill: 'paper', stroke: 'red', width: 2.25 });
    pen.path(
      d('M', at - 8, mid + 11, 'v -3.5 a 7 7 0 0 1 7 -7 h 2 a 7 7 0 0 1 7 7 v 3.5 z') +
        d('M', at + 14, mid + 2, 'h 14 m -5 -5 l 5 5 l -5 5'),
      { stroke: 'ink', width: 1.6 },
    );
  }
  if (view.usersAtDoor > MOST_WALKING) {
    const many = view.usersAtDoor > 99 ? 'coming' : 'on their way';
    pen.text(x - 112, y - 4, `${view.usersAtDoor} ${many}`, { size: 14 });
  }
}
