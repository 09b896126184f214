import type { HerdView } from '../../sim/view.ts';

/** Whether a herd has something to show that `late.ts` draws. */
export const needsLate = ({ volumes, containers }: HerdView): boolean =>
  volumes.length > 0 ||
  containers.some(
    ({ peers, jobs, cached, restarts, version }) =>
      peers !== null || jobs > 0 || cached !== null || restarts > 0 || version !== containers[0]!.version,
  );
