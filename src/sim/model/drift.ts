import type { Container } from './container.ts';
import { latestBuild, pullRule } from './images.ts';
import type { World } from './world.ts';

/** The build that a container of its image would run if it were made today. */
export const wantedBuild = (w: World, c: Container): number =>
  pullRule(w, c.service) === 'pinned' ? w.services[c.service].build : latestBuild(w, c.image);

/** Variables whose value is not the one of the definition, in order of their names. */
export function changedVariables(w: World, c: Container): string[] {
  const wanted = w.services[c.service].def.environment;
  if (wanted === c.environment) return [];
  const names = new Set([...Object.keys(wanted), ...Object.keys(c.environment)]);
  return [...names].filter((name) => wanted[name] !== c.environment[name]).sort();
}

/**
 * Whether a container would answer as one that is made today from its definition: its code was edited, its variables are
 * older than the file, or its tag has moved since. Another tag is another version, not drift.
 */
export const differs = (w: World, c: Container): boolean =>
  c.behaviour.variant !== 0 ||
  (c.image === w.services[c.service].image && c.build !== wantedBuild(w, c)) ||
  changedVariables(w, c).length > 0;
