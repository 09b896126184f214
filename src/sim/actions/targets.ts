import type { Targets } from '../model/command.ts';
import type { Container } from '../model/container.ts';
import { serviceNamed } from '../platforms/mechanisms/members.ts';
import type { World } from '../model/world.ts';

/** A container by its common name, or by its platform's own; undefined = none is called so. */
export function containerNamed(w: World, name: string): Container | undefined {
  const here = w.containers.filter((c) => c.phase !== 'removed');
  return here.find((c) => c.name === name) ?? here.find((c) => w.platform.alias(w, c) === name);
}

/** For whoever names a service, or nothing that there is: a line with the names of containers. */
export function containersOf(w: World, name: string): string {
  const service = serviceNamed(w, name);
  const there = w.containers.filter((c) => c.phase !== 'removed' && (service < 0 || c.service === service));
  if (there.length === 0) return '';
  const shown = there.slice(0, 6).map((c) => w.platform.alias(w, c) ?? c.name);
  const more = there.length > shown.length ? `, … (${there.length})` : '';
  return `\n${service < 0 ? 'There is' : `${name} is a service; its containers are`}: ${shown.join(', ')}${more}`;
}

/** Every container that a command means. `services`: names are service names (docker compose). Unknown names are returned apart. */
export function resolve(
  w: World,
  targets: Targets,
  services = false,
): { found: Container[]; unknown: string[] } {
  if (targets.kind === 'filter') {
    // `--filter name=` matches any part of the name, and `docker ps` lists what runs, with -a what is there (S-28).
    const isThere = (c: Container): boolean => (targets.all ? c.phase !== 'removed' : isListed(c));
    return {
      found: w.containers.filter((c) => isThere(c) && c.name.includes(targets.substring)),
      unknown: [],
    };
  }
  const found: Container[] = [];
  const unknown: string[] = [];
  for (const name of targets.names) {
    if (services) {
      const service = serviceNamed(w, name);
      if (service < 0) unknown.push(name);
      else found.push(...w.containers.filter((c) => c.service === service && c.phase !== 'removed'));
      continue;
    }
    const c = containerNamed(w, name);
    if (c === undefined) unknown.push(name);
    else if (!found.includes(c)) found.push(c);
  }
  if (services && targets.names.length === 0)
    found.push(...w.containers.filter((c) => c.phase !== 'removed'));
  return { found, unknown };
}

/** `docker ps` without `-a`. */
export const isListed = (c: Container): boolean =>
  c.phase === 'booting' || c.phase === 'running' || c.phase === 'prestop' || c.phase === 'stopping';
