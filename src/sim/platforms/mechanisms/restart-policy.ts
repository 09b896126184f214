import type { Container } from '../../model/container.ts';

/** Docker's restart delay: 100 ms, doubled each time up to a minute; a run of 10 s or more starts it over (S-2). */
export function restartDelay(c: Container, ranMs: number): number {
  if (ranMs >= 10_000) c.backoff = 0;
  const delay = Math.min(60_000, 100 * (1 << Math.min(20, c.backoff)));
  c.backoff++;
  return delay;
}

/** Whether Docker starts a container again after its process ended (S-1, S-3, S-4, S-5). */
export function shouldRestart(c: Container, exitCode: number): boolean {
  if (c.disarmed) return false;
  switch (c.restart) {
    case 'no':
      return false;
    case 'always':
      return true;
    case 'unless-stopped':
      return !c.manualStop;
    case 'on-failure':
      return exitCode !== 0 && (c.restartMax === 0 || c.restarts < c.restartMax);
  }
}
