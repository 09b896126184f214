import { alive, type Container } from '../../model/container.ts';
import type { World } from '../../model/world.ts';

/** Why the engine cannot start a container, in its words: a fixed port is taken by one that runs on its host (S-36). */
export function startRefused(w: World, c: Container): string | null {
  const taken = portConflict(w, c);
  return taken === null
    ? null
    : `Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint ${c.name}: ${taken}`;
}

function portConflict(w: World, c: Container): string | null {
  const ports = w.services[c.service].def.hostPorts;
  if (ports.length === 0) return null;
  for (const k of w.containers) {
    if (k === c || k.host !== c.host || !alive(k)) continue;
    const taken = w.services[k.service].def.hostPorts.find((port) => ports.includes(port));
    if (taken !== undefined) return `Bind for 0.0.0.0:${taken} failed: port is already allocated`;
  }
  return null;
}
