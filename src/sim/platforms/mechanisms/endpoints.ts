import type { Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { admit, tellLeaving } from '../../model/pool.ts';
import type { World } from '../../model/world.ts';
import { TIMER, timerWord } from './pod-timers.ts';

/**
 * Who is behind a Service follows readiness, `endpoint-delay` late both ways (S-65): every change arrives, in its order,
 * so the balancer may still send to a pod that has ended meanwhile.
 */
export function announce(w: World, c: Container): void {
  if (c.service !== w.herd) return;
  const delay = w.app.endpointDelayMs;
  if (delay > 0) w.after(delay, EV.platform, c.id, timerWord(TIMER.admit));
  else admitEndpoint(w, c);
}

/** News of a ready pod arrives; one that is being deleted is not added any more. */
export function admitEndpoint(w: World, c: Container): void {
  if (c.phase !== 'removed' && !c.terminating) admit(w, c);
}

/** The pod is not ready any more. */
export function withdraw(w: World, c: Container): void {
  if (c.service !== w.herd) return;
  const delay = w.app.endpointDelayMs;
  // News that it is ready may still be on its way: this one comes after it.
  if (delay > 0) w.after(delay, EV.told, c.id, c.entry);
  else tellLeaving(w, c, 0, c.entry);
}
