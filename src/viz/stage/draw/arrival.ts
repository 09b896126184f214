import type { ContainerView } from '../../../sim/view.ts';
import { FALLEN_MS, isComingBack } from '../fall.ts';
import { paceOf, type StageInput } from '../input.ts';
import { easeInOut, progress } from '../maths.ts';
import type { StallPlace } from '../placed.ts';

/** Wall ms: a successor slides in, one that is rescheduled crosses from fence to fence, one restarted in place stands up. */
const SLIDE_MS = 260;
const CROSS_MS = 620;
const RISE_MS = 220;
const SLIDE_FROM = 36;
const LYING_ANGLE = 11;

/** Where a stall still is on its way to its place: offset, turn in degrees, and how much of it is to be seen. */
export interface Arrival {
  readonly dx: number;
  readonly dy: number;
  readonly angle: number;
  readonly alpha: number;
}

/** How a container arrives; null once it is there, or when motion is reduced. */
export function arrivalOf(c: ContainerView, input: StageInput, place: StallPlace): Arrival | null {
  if (input.reducedMotion) return null;
  const pace = paceOf(input.stretchMs);
  if (isComingBack(c)) {
    const up = progress((input.t - c.endedAt!) / pace - FALLEN_MS, RISE_MS);
    return up < 1 ? { dx: 0, dy: 0, angle: LYING_ANGLE * (1 - easeInOut(up)), alpha: 1 } : null;
  }
  if (c.createdAt <= 0) return null;
  const age = (input.t - c.createdAt) / pace;
  const left = movedFrom(c, input);
  if (left !== null) {
    const share = easeInOut(progress(age, CROSS_MS));
    const dx = left.body.x - place.body.x;
    const dy = left.body.y - place.body.y;
    return share < 1 ? { dx: dx * (1 - share), dy: dy * (1 - share), angle: 0, alpha: 1 } : null;
  }
  const share = easeInOut(progress(age, SLIDE_MS));
  return share < 1 ? { dx: SLIDE_FROM * (1 - share), dy: 0, angle: 0, alpha: share } : null;
}

/** The stall on another host that it takes the place of, while that is in the picture. */
function movedFrom(c: ContainerView, { view, layout }: StageInput): StallPlace | null {
  const old = view.containers.find(({ id }) => id === c.replaces);
  if (old === undefined || old.host === c.host) return null;
  return layout.stalls.find(({ id }) => id === old.id) ?? null;
}
