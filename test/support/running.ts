import type { Run } from '../../src/sim/run.ts';
import type { ContainerView } from '../../src/sim/view.ts';

/** The containers of the herd that run, in the order of the picture. */
export const runningOf = (run: Run): readonly ContainerView[] =>
  run.view().containers.filter((c) => c.phase === 'running');
