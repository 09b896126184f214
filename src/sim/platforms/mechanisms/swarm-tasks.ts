import type { Container } from '../../model/container.ts';
import { createContainer, moveTo, placeFor, startProcess, type Template } from '../../model/lifecycle.ts';
import type { World } from '../../model/world.ts';

/** Tasks of Swarm: who may have a successor, and which node takes it. */

/**
 * Whether a task that ended gets a successor. `max_attempts` counts those of its slot since the spec changed, with `window`
 * those of that time only (S-45).
 */
export function mayReplace(w: World, old: Container): boolean {
  const { restartCondition, restartMax, restartWindowMs } = w.services[old.service].def;
  if (restartCondition === 'none') return false;
  if (restartMax === 0) return true;
  const within = restartWindowMs > 0 ? w.now - restartWindowMs : -Infinity;
  return old.attempts.filter((t) => t > within).length < restartMax;
}

/** A new task for a slot. One with a port of the node that no node has free is pending. */
export function createTask(
  w: World,
  service: number,
  slot: number,
  cause: number,
  host?: number,
  template?: Template,
): Container {
  const c = createContainer(w, service, cause, undefined, host, template);
  c.slot = slot;
  if (c.pending) w.journal.add(w.now, 'note', c.entry, c.id, -1, -1, 0, `${c.name}: ${noSuitableNode(w)}`);
  return c;
}

/** What the manager says of a task that it cannot place, in its own words. */
export const noSuitableNode = (w: World): string => {
  const up = w.hosts.filter((h) => h.id < w.scenario.hosts && h.up).length;
  return `no suitable node (host-mode port already in use on ${up} node${up === 1 ? '' : 's'})`;
};

/** Starts a task where it was placed; a pending one stays. */
export function startTask(w: World, c: Container, cause: number): void {
  if (!c.pending) startProcess(w, c, cause);
}

/** A task has ended, or a node is back: those that had no node look again. */
export function startPending(w: World): void {
  for (const c of w.containers) {
    if (!c.pending || c.phase !== 'created' || c.terminating) continue;
    const host = placeFor(w, c.service);
    if (host < 0) continue;
    moveTo(w, c, host);
    c.pending = false;
    startProcess(w, c, c.entry);
  }
}
