/** Rules at hand, for hosts that are to start at once. */
import { BALANCERS, PLATFORMS } from '../../sim/registries.ts';
import type { Rules } from '../../sim/herd-run.ts';
import type { Scenario } from '../../sim/model/scenario.ts';

export function rulesAtHand(scenario: Scenario): Rules {
  const front = scenario.services.find((service) => service.role === 'balancer');
  return { platform: PLATFORMS[scenario.platform]!, balancer: front ? BALANCERS[front.kind]! : null };
}
