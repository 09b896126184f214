import { alive, type Container } from './container.ts';
import { EV } from './events.ts';
import type { World } from './world.ts';

/** MB that a container's process uses now: what it starts with, what it has leaked, its sessions and its requests. */
export function memoryUse(w: World, c: Container): number {
  const app = w.services[c.service].def;
  if (app.role !== 'app') return 0;
  const m = app.memory;
  let sessions = 0;
  for (const place of c.processPlaces) sessions += w.places.get(place)?.sessions ?? 0;
  return (
    m.baseMb +
    m.leakPerRequestMb * c.served +
    (m.leakPerSecondMb * (w.now - c.startedAt)) / 1000 +
    m.perSessionMb * sessions +
    m.perRequestMb * c.active
  );
}

/** A process begins under the limit of its container; a leak that grows with time has its hour. */
export function limitMemory(w: World, c: Container): void {
  const app = w.services[c.service].def;
  c.served = 0;
  c.limitMb = app.role === 'app' ? c.memoryMb : 0;
  if (c.limitMb > 0) planWeighing(w, c, memoryUse(w, c));
}

/** Another limit for a container that exists, in MB (S-27). Returns what its process uses if that is beyond it: it has to end. */
export function changeLimit(w: World, c: Container, memoryMb: number): number | null {
  const lower = c.limitMb === 0 || memoryMb < c.limitMb;
  c.memoryMb = memoryMb;
  if (!alive(c) || c.service !== w.herd) return null;
  c.limitMb = memoryMb;
  // A look that is due before a higher limit is reached plans the next one itself.
  if (!lower) return null;
  const useMb = memoryUse(w, c);
  if (useMb > memoryMb) return useMb;
  planWeighing(w, c, useMb);
  return null;
}

/** One more request is being worked on: the process is weighed once the present event is over. */
export function weigh(w: World, c: Container): void {
  c.served++;
  if (memoryUse(w, c) > c.limitMb) w.after(0, EV.memory, c.id, c.life);
}

/** A leak that grows with time: the process is looked at again when that alone would be too much. */
export function planWeighing(w: World, c: Container, useMb: number): void {
  const app = w.services[c.service].def;
  const perMs = app.role === 'app' ? app.memory.leakPerSecondMb / 1000 : 0;
  if (perMs > 0) w.after(Math.max(1, (c.limitMb - useMb) / perMs), EV.memory, c.id, c.life);
}
