import type { AppService } from '../../model/scenario.ts';
import { blueGreen } from './blue-green.ts';
import { canary } from './canary.ts';
import type { Strategy } from './deploy.ts';
import { inPlace } from './in-place.ts';

/** How a new version may come in. */
export const STRATEGIES: Readonly<Record<AppService['rollout']['strategy'], Strategy>> = {
  rolling: inPlace,
  recreate: inPlace,
  'blue-green': blueGreen,
  canary,
};
