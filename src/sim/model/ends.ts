import type { Container } from './container.ts';
import { exitProcess } from './lifecycle.ts';
import { memoryUse, planWeighing } from './memory.ts';
import type { World } from './world.ts';

/** Ends of a process that lie in itself. Outcome codes. */
const ENDED = 0;
const STALE = 1;
const LIVES = 2;

/** Beyond the limit of its cgroup the kernel kills the process: exit 137, OOMKilled (S-7). */
export function onMemory(w: World, id: number, life: number): number {
  const c = w.containers[id];
  if (c.life !== life) return STALE;
  const use = memoryUse(w, c);
  // A leak's next look is due at the limit itself, give or take a rounding.
  if (use < c.limitMb - 1e-6) {
    planWeighing(w, c, use);
    return LIVES;
  }
  outOfMemory(w, c, use, c.lifeEntry);
  return ENDED;
}

/** The kernel kills the process that uses `useMb`. */
export function outOfMemory(w: World, c: Container, useMb: number, cause: number): void {
  const words = String(Math.round(useMb));
  const entry = w.journal.add(w.now, 'memory-exceeded', cause, c.id, -1, -1, Math.round(c.limitMb), words);
  exitProcess(w, c, { code: 137, reason: 'oom', cause: entry });
}

/** A version that crashes some time after it came up. */
export function onCrashDue(w: World, id: number, life: number): number {
  const c = w.containers[id];
  if (c.life !== life) return STALE;
  exitProcess(w, c, { code: 1, reason: 'crashed', cause: c.lifeEntry });
  return ENDED;
}
