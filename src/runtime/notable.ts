import type { ContainerView, HerdView, StoreView } from '../sim/view.ts';

/** Whether a person would notice the step from `a` to `b`: what went wrong, who is up, who is where in life. */
export function isNotable(a: HerdView, b: HerdView): boolean {
  const was = a.totals;
  const is = b.totals;
  return (
    was.failed !== is.failed ||
    was.sessionsLost !== is.sessionsLost ||
    was.sessionsMissed !== is.sessionsMissed ||
    was.notFound !== is.notFound ||
    was.drift !== is.drift ||
    was.containersRunning !== is.containersRunning ||
    a.wanted !== b.wanted ||
    differ(a.containers, b.containers, isOtherContainer) ||
    differ(a.stores, b.stores, isOtherStore)
  );
}

const isOtherContainer = (a: ContainerView, b: ContainerView): boolean =>
  a.id !== b.id ||
  a.phase !== b.phase ||
  a.server !== b.server ||
  a.edits !== b.edits ||
  a.health !== b.health;

const isOtherStore = (a: StoreView, b: StoreView): boolean => a.state !== b.state;

function differ<T>(a: readonly T[], b: readonly T[], isOther: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length) return true;
  for (let i = 0; i < a.length; i++) if (isOther(a[i]!, b[i]!)) return true;
  return false;
}
