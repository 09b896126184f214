import type { Container } from '../../model/container.ts';
import { mix32 } from '../../engine/random.ts';
import type { World } from '../../model/world.ts';
import { membersOf, staying } from './members.ts';

/** Ages are compared by their order of magnitude: floor(log2) of the nanoseconds, -1 for none (S-75). */
export function magnitude(ageMs: number): number {
  let ns = ageMs * 1e6;
  if (ns < 1) return -1;
  let power = 0;
  while (ns >= 2) {
    ns /= 2;
    power++;
  }
  return power;
}

/**
 * Who goes first when pods are taken away (S-75): those that do not run, those that are not ready, those on the node with
 * the most pods, those ready for a shorter time, those restarted more often, the newer ones; ages count by their
 * magnitude, and among equals chance decides.
 */
export function rankVictims(w: World, pods: readonly Container[]): Container[] {
  const crowd = new Map<number, number>();
  for (const c of pods.length === 0 ? [] : membersOf(w, pods[0].service))
    if (staying(c)) crowd.set(c.host, (crowd.get(c.host) ?? 0) + 1);
  const pending = (c: Container): number => (c.phase === 'created' ? 0 : 1);
  const ready = (c: Container): number => (c.ready ? 1 : 0);
  const chance = (c: Container): number => mix32(Math.imul(c.id + 1, 0x9e3779b1) ^ w.seed);
  return [...pods].sort(
    (a, b) =>
      pending(a) - pending(b) ||
      ready(a) - ready(b) ||
      (crowd.get(b.host) ?? 0) - (crowd.get(a.host) ?? 0) ||
      (a.ready ? magnitude(w.now - a.readySince) - magnitude(w.now - b.readySince) : 0) ||
      b.restarts - a.restarts ||
      magnitude(w.now - a.createdAt) - magnitude(w.now - b.createdAt) ||
      chance(a) - chance(b) ||
      b.id - a.id,
  );
}
