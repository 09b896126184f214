import type { HerdView } from '../../sim/view.ts';

/** Whether a herd has something to show that `late.ts` draws. */
export const needsLate = ({ volumes, containers, totals, state }: HerdView): boolean =>
  volumes.length > 0 ||
  totals.unauthorized + totals.notFound > 0 ||
  (state['counters'] ?? 'none') !== 'none' ||
  containers.some(
    ({ peers, jobs, cached, restarts, version }) =>
      peers !== null || jobs > 0 || cached !== null || restarts > 0 || version !== containers[0]!.version,
  );
