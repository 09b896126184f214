import type { FailureCause } from '../../sim/model/failure.ts';
import type { Fill } from './shapes.ts';

/** Causes of failure in four classes, each with a filling of its own. */
export interface FailureClass {
  readonly label: string;
  readonly fill: Fill;
  readonly causes: readonly FailureCause[];
}

export const FAILURE_CLASSES: readonly FailureClass[] = [
  { label: 'cut off', fill: 'solid', causes: ['reset', 'truncated'] },
  { label: 'refused', fill: 'hollow', causes: ['connect-refused', 'no-server'] },
  { label: 'timed out', fill: 'hatch', causes: ['queue-timeout', 'server-timeout', 'client-timeout'] },
  { label: 'error inside', fill: 'dots', causes: ['dependency', 'app-error'] },
];
