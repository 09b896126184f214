import type { Container } from '../../model/container.ts';

/** Kubernetes' CrashLoopBackOff: the longest wait, and the run that starts it over, in ms (S-69). */
const LONGEST_MS = 300_000;
const FORGIVEN_MS = 600_000;

/** Wait before the container of a pod is started again: none, then 10 s doubled up to 300 s; a run of 10 min starts it over (S-69). */
export function crashLoopDelay(c: Container, ranMs: number): number {
  if (ranMs >= FORGIVEN_MS) c.backoff = 0;
  const delay = c.backoff === 0 ? 0 : Math.min(LONGEST_MS, 10_000 * (1 << Math.min(10, c.backoff - 1)));
  c.backoff++;
  return delay;
}
