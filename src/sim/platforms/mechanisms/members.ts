import { alive, type Container } from '../../model/container.ts';
import type { World } from '../../model/world.ts';

/** Containers of a service that exist, by number. */
export function membersOf(w: World, service: number): Container[] {
  return w.containers
    .filter((c) => c.service === service && c.phase !== 'removed')
    .sort((a, b) => a.number - b.number || a.id - b.id);
}

/** Those that count towards the wanted number: not being taken away but to be restarted, and with a process or one to come. */
export const staying = (c: Container): boolean =>
  (!c.terminating || c.afterStop === 'start') && (alive(c) || c.phase === 'waiting' || c.phase === 'created');

/** `shop_app`, `shop-app` or `app` → index of the service, -1 if there is none (a balancer without a container is none). */
export function serviceNamed(w: World, name: string): number {
  const bare =
    name.startsWith(`${w.scenario.name}_`) || name.startsWith(`${w.scenario.name}-`)
      ? name.slice(w.scenario.name.length + 1)
      : name;
  const found = w.services.findIndex((s) => s.def.name === bare || s.def.name === name);
  return found === w.front && w.balancer.runsIn !== 'container' ? -1 : found;
}
