import type { Container } from '../../model/container.ts';
import type { DisruptionBudget } from '../../model/upkeep.ts';
import type { World } from '../../model/world.ts';
import { membersOf } from './members.ts';

/** What counts for a budget: ready, and not on its way out. */
export const isHealthy = (c: Container): boolean => c.ready && !c.terminating;

/** Pods that have to stay healthy: of percentages the larger whole number, on either side (S-77). */
export function leastHealthy({ kind, value }: DisruptionBudget, wanted: number): number {
  const n = typeof value === 'number' ? value : Math.ceil((wanted * value.percent) / 100);
  return kind === 'min-available' ? n : Math.max(0, wanted - n);
}

/** How many pods of a service are healthy, and how many have to be; null = it has no budget. */
export function budgetOf(w: World, service: number): { healthy: number; least: number } | null {
  const { def, wanted } = w.services[service];
  if (def.role !== 'app' || def.pdb === null) return null;
  return { healthy: membersOf(w, service).filter(isHealthy).length, least: leastHealthy(def.pdb, wanted) };
}
