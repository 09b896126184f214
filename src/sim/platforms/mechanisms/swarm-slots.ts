import { alive, type Container } from '../../model/container.ts';
import { removeContainer } from '../../model/lifecycle.ts';
import { removeServer } from '../../model/pool.ts';
import type { World } from '../../model/world.ts';
import { membersOf } from './members.ts';
import { retire } from './retire.ts';
import { createTask, startTask } from './swarm-tasks.ts';

/** Slots of a Swarm service: how many there are, and whose turn it is to go. */

/** Planned stops leave the balancer first and give it 2 s to notice (S-52). */
export const GOSSIP_MS = 2000;

/** Its platform takes it away: it is no task of its slot any more. One that is restarted by hand, or with its host, is. */
export const leaves = (c: Container): boolean => c.terminating && c.afterStop === 'remove';

/**
 * Slots of a service, ascending: those with a task that is not being taken away, also one that ended and gets no successor
 * (S-45), and those `underWay`, whose task an update has stopped to start another.
 */
export function slotsOf(w: World, service: number, underWay: readonly number[]): number[] {
  const slots = new Set(underWay);
  for (const c of membersOf(w, service)) if (c.slot > 0 && !leaves(c)) slots.add(c.slot);
  return [...slots].sort((a, b) => a - b);
}

/** The lowest numbers that are no slots yet, as many as `n` slots lack. */
export function missingSlots(slots: readonly number[], n: number): number[] {
  const missing: number[] = [];
  for (let slot = 1; slots.length + missing.length < n; slot++) if (!slots.includes(slot)) missing.push(slot);
  return missing;
}

/** Gives a service `n` slots. Returns those that are gone (S-55). */
export function setSlots(
  w: World,
  service: number,
  n: number,
  underWay: readonly number[],
  cause: number,
): number[] {
  w.services[service].wanted = n;
  const slots = slotsOf(w, service, underWay);
  const gone = inOrderOfKeeping(w, service, slots).slice(n);
  for (const c of membersOf(w, service)) if (!leaves(c) && gone.includes(c.slot)) giveUp(w, c, cause);
  for (const slot of missingSlots(slots, n)) startTask(w, createTask(w, service, slot, cause), cause);
  return gone;
}

/** Its slot is nobody's any more: its end asks for no successor. */
function giveUp(w: World, c: Container, cause: number): void {
  c.slot = 0;
  if (alive(c)) {
    retire(w, c, { cause, reason: 'scaled in', after: 'remove', settleMs: GOSSIP_MS });
    return;
  }
  c.terminating = true;
  removeServer(w, c, cause);
  removeContainer(w, c, cause, true);
}

/**
 * Slots in the order in which they are kept (S-55): every node's first task before any node's second, so that the nodes
 * stay even; on a node those that run before those that do not, then the older slots. One that has no node yet, or two
 * tasks because it is being updated, goes first.
 */
function inOrderOfKeeping(w: World, service: number, slots: readonly number[]): number[] {
  const tasks = slots.map((slot) => {
    const all = membersOf(w, service).filter((c) => c.slot === slot);
    const there = all.filter((c) => !leaves(c));
    // What has ended is not counted beside its successor; one that an update has stopped stands for the next.
    const current =
      there.length === 0 ? all : there.filter((c) => c.phase !== 'exited' || there.length === 1);
    return { slot, current, running: there.some((c) => c.ready) };
  });
  const onNode = new Map<number, number>();
  const counted = tasks
    .sort((a, b) => Number(b.running) - Number(a.running) || a.slot - b.slot)
    .map(({ slot, current }) => {
      const [task] = current;
      if (current.length !== 1 || task.pending) return { slot, nth: slots.length + 1 };
      const nth = (onNode.get(task.host) ?? 0) + 1;
      onNode.set(task.host, nth);
      return { slot, nth };
    });
  return counted.sort((a, b) => a.nth - b.nth).map(({ slot }) => slot);
}
