import type { AppService, BalancerService, Scenario, Traffic } from '../../src/sim/model/scenario.ts';
import { app, balancer, scenario, store } from './fixtures.ts';

/**
 * A test file's herd: an app, a Redis and a balancer with what the file holds fixed. What a test changes is named by
 * part: the balancer's settings first, then the app's, then the traffic's.
 */
export function herdOf(fixed: {
  readonly balancer?: Partial<BalancerService>;
  readonly app?: Partial<AppService>;
  readonly traffic?: Partial<Traffic>;
}): (lb?: Partial<BalancerService>, a?: Partial<AppService>, t?: Partial<Traffic>) => Scenario {
  return (lb, a, t) =>
    scenario(
      [app({ ...fixed.app, ...a }), store(), balancer({ ...fixed.balancer, ...lb })],
      {},
      { ...fixed.traffic, ...t },
    );
}
