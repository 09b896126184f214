import type { Autoscaler } from './autoscaler.ts';

/**
 * A plain threshold scaler, one container a step: one more when the average is beyond the target, one fewer when the rest
 * would stay below it. Containers that were not measured, or are not ready, are left out of the average.
 */
export const threshold: Autoscaler = {
  propose(current, samples, { target, tolerance }) {
    const measured = samples.flatMap((s) => (s.usage === null || s.unready ? [] : [s.usage]));
    if (measured.length === 0) return current;
    const total = measured.reduce((a, b) => a + b, 0);
    const average = total / measured.length;
    if (average > target * (1 + tolerance)) return current + 1;
    if (current > 1 && (average * current) / (current - 1) < target * (1 - tolerance)) return current - 1;
    return current;
  },
  limit: (current) => current + 1,
};
