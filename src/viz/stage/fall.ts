import type { ContainerView } from '../../sim/view.ts';
import { paceOf, type StageInput } from './input.ts';

/** Virtual ms that lost tokens stay on the ground beside a container that already runs again. */
const LINGER_MS = 4000;
/** Wall ms that a container which restarts at once is shown as fallen, so that the fall can be seen. */
export const FALLEN_MS = 1200;

/** Virtual ms that a container which was removed in good order stays in sight. */
const CLEARED_MS = 2500;

/** Its process ended, and nothing says that it will start again. */
export const isDead = (c: ContainerView): boolean => c.phase === 'exited' || c.phase === 'removed';

/** Its process ended, and it is about to run again under its name. */
export const isComingBack = (c: ContainerView): boolean =>
  c.endedAt !== null && (c.phase === 'waiting' || c.phase === 'booting');

/** Whether it still has a stall: what left in good order is soon cleared away. */
export const hasStall = (c: ContainerView, t: number): boolean =>
  c.phase !== 'removed' || c.lostSessions > 0 || endedBadly(c) || t - c.since < CLEARED_MS;

/** Virtual ms after which what it lost is history. */
const SETTLED_MS = 8000;

/** What fell out of it has lain there for a while. */
export const settled = (c: ContainerView, t: number): boolean =>
  c.endedAt !== null && t - c.endedAt > SETTLED_MS;

/** Endings that nobody asked for. */
const BAD_ENDS: ReadonlySet<string> = new Set([
  'killed',
  'crashed',
  'oom',
  'no image',
  'host gone',
  'power lost',
]);

export const endedBadly = (c: ContainerView): boolean =>
  BAD_ENDS.has(c.reason) || (c.reason === '' && c.exitCode !== null && c.exitCode !== 0);

/** Whether it fell a short while ago and needs the ground beside it: the dead, and those that restart under their name. */
export function fellLately(c: ContainerView, t: number): boolean {
  if (isDead(c) || isComingBack(c)) return true;
  return c.lostSessions > 0 && c.endedAt !== null && c.phase === 'running' && t - c.endedAt < LINGER_MS;
}

/** Whether it is drawn lying: the dead always, the others for a moment before they stand again. */
export function isDrawnFallen(c: ContainerView, input: StageInput): boolean {
  if (isDead(c)) return true;
  if (!isComingBack(c)) return false;
  return (input.t - c.endedAt!) / paceOf(input.stretchMs) < FALLEN_MS;
}
