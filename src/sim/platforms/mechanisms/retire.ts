import { alive, type Container } from '../../model/container.ts';
import { appDef, removeContainer } from '../../model/lifecycle.ts';
import { stopGracefully } from '../../model/stopping.ts';
import { removeServer, tellLeaving } from '../../model/pool.ts';
import type { World } from '../../model/world.ts';

/**
 * Takes a container away on purpose: the balancer is told before SIGTERM, at the same time or not at all, as `drain`
 * says (R-5, S-52, S-64); when its process has ended, `after` follows.
 */
export function retire(
  w: World,
  c: Container,
  options: {
    cause: number;
    reason: string;
    after: 'stay' | 'remove' | 'start';
    graceFromNow?: boolean;
    settleMs?: number;
    /** Another grace period than the service's own. */
    graceMs?: number;
    /** False = its end is a failure, to which the platform answers as to any other. */
    planned?: boolean;
  },
): void {
  c.afterStop = options.after;
  if (!alive(c)) {
    c.terminating = true;
    finishRetired(w, c, options.cause);
    return;
  }
  const app = appDef(w, c);
  let prestopMs = app?.prestopMs ?? 0;
  if (app !== null && c.server >= 0 && app.drain !== 'none') {
    tellLeaving(w, c, app.endpointDelayMs, options.cause);
    c.toldAt = w.now + app.endpointDelayMs;
    // Told before: SIGTERM waits until the balancer knows, and as long again as it takes to settle (Swarm: 2 s, S-52).
    if (app.drain === 'before') prestopMs += app.endpointDelayMs + (options.settleMs ?? 0);
  }
  stopGracefully(w, c, {
    cause: options.cause,
    prestopMs,
    graceMs: options.graceMs ?? w.services[c.service].def.stopGraceMs,
    graceFromNow: options.graceFromNow ?? false,
    reason: options.reason,
    planned: options.planned ?? true,
  });
}

/**
 * The process of a retired container has ended. Who replaces containers clears their anonymous volumes away too. The
 * balancer forgets it no sooner than it is told: until then requests are sent to nobody (S-64, S-65).
 */
export function finishRetired(w: World, c: Container, cause: number): void {
  if (c.afterStop === 'remove') {
    if (w.now >= c.toldAt) removeServer(w, c, cause);
    removeContainer(w, c, cause, true);
  }
}
