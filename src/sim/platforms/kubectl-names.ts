import { mix32 } from '../engine/random.ts';
import type { Container } from '../model/container.ts';
import type { World } from '../model/world.ts';
import { deploymentOf } from './mechanisms/controllers.ts';
import { isStateful } from './mechanisms/stateful-set.ts';

/** Letters and digits of generated names: none that make words or look alike. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** `length` letters that follow from `seed` alone. */
function letters(seed: number, length: number): string {
  let text = '';
  let x = seed;
  for (let i = 0; i < length; i++) {
    x = mix32(Math.imul(x ^ 0x9e3779b9, 0x85ebca6b) + i);
    text += LETTERS[(x >>> 0) % LETTERS.length];
  }
  return text;
}

/** Name of a service's deployment: `shop-app`. */
export const deploymentName = (w: World, service: number): string =>
  `${w.scenario.name}-${w.services[service].def.name}`;

/** `deployment.apps/shop-app`, as kubectl's answers begin. */
export const resource = (w: World, service: number): string =>
  `${isStateful(w, service) ? 'statefulset' : 'deployment'}.apps/${deploymentName(w, service)}`;

/** What kubectl says of a deployment that does not exist. */
export const noDeployment = (name: string): string =>
  `Error from server (NotFound): deployments.apps "${name}" not found`;

/** Name of a pod: its deployment, the hash of its template and five letters of its own; null when it is gone. */
export function podName(w: World, c: Container): string | null {
  // A numbered pod is called as its container: its first ordinal is 1.
  if (c.phase === 'removed' || isStateful(w, c.service)) return null;
  const set = deploymentOf(w, c.service).sets.find((s) => s.template === c.revision);
  if (set === undefined) return null;
  let hash = Math.imul(c.service + 1, 0x85ebca6b) ^ set.generation;
  for (let i = 0; i < set.image.length; i++) hash = Math.imul(hash ^ set.image.charCodeAt(i), 0x01000193);
  return `${deploymentName(w, c.service)}-${letters(hash, 10)}-${letters(Math.imul(c.id + 1, 0xc2b2ae35) ^ w.seed, 5)}`;
}
