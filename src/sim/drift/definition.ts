import type { Container } from '../model/container.ts';
import { changedVariables } from '../model/drift.ts';
import type { World } from '../model/world.ts';

/** What detectors find when they compare a container with its definition: a line for each variable that is another. */
export const otherVariables = (w: World, c: Container): string[] =>
  changedVariables(w, c).map(
    (name) =>
      `${name}: ${c.environment[name] ?? '(unset)'} here, ${w.services[c.service].def.environment[name] ?? '(unset)'} in the file`,
  );

/** The same of its image, by name: one line or none. */
export function otherImage(w: World, c: Container): string[] {
  const wanted = w.services[c.service].image;
  return c.image === wanted ? [] : [`image: ${c.image} here, ${wanted} in the file`];
}
