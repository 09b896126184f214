import type { Container } from './container.ts';
import type { Host, World } from './world.ts';

/** Whether a container has its ports on its machine, or is to have them: it runs there or is on its way to. */
const holdsPorts = (c: Container): boolean => !c.pending && c.phase !== 'exited' && c.phase !== 'removed';

/** Whether a fixed port that a service needs belongs to another container of that machine. */
export function portTaken(w: World, service: number, host: Host): boolean {
  const ports = w.services[service].def.hostPorts;
  if (ports.length === 0) return false;
  return w.containers.some(
    (c) =>
      c.host === host.id &&
      holdsPorts(c) &&
      w.services[c.service].def.hostPorts.some((port) => ports.includes(port)),
  );
}
