import type { Scaler } from '../../model/upkeep.ts';
import type { Autoscaler, Sample } from './autoscaler.ts';

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

/**
 * The rule of the HorizontalPodAutoscaler (S-72): ceil(ready pods x usage / target), nothing within the tolerance. Pods that
 * were not measured count as nothing when that would scale up, and as on target (or full) when it would scale down; pods
 * that are not ready count as nothing, and only where it would scale up. If that turns the direction, nothing happens.
 */
function propose(current: number, samples: readonly Sample[], { target, tolerance }: Scaler): number {
  const measured = samples.filter((s) => s.usage !== null && !s.unready).map((s) => s.usage ?? 0);
  if (measured.length === 0) return current;
  const missing = samples.filter((s) => s.usage === null && !s.unready).length;
  const unready = samples.filter((s) => s.unready).length;
  const ratio = mean(measured) / target;
  const within = (x: number): boolean => x >= 1 - tolerance && x <= 1 + tolerance;
  const cautious = unready > 0 && ratio > 1;
  if (!cautious && missing === 0) return within(ratio) ? current : Math.ceil(ratio * measured.length);
  const filler = ratio < 1 ? Math.max(1, target) : 0;
  const all = [
    ...measured,
    ...Array.from({ length: ratio === 1 ? 0 : missing }, () => filler),
    ...Array.from({ length: cautious ? unready : 0 }, () => 0),
  ];
  const damped = mean(all) / target;
  if (within(damped) || (ratio < 1 && damped > 1) || (ratio > 1 && damped < 1)) return current;
  const n = Math.ceil(damped * all.length);
  return (damped < 1 && n > current) || (damped > 1 && n < current) ? current : n;
}

/** The scaler of Kubernetes (S-72, S-73): without `behavior` at most twice as many, or 4; with it c + 4. */
export const hpa: Autoscaler = {
  propose,
  limit: (current, { behavior }) => Math.max(2 * current, behavior ? current + 4 : 4),
};
