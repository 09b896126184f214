/** Rules at hand, for hosts that are to start at once. */
import { act } from '../../sim/actions/act.ts';
import { inspectContainer } from '../../sim/inspection.ts';
import { KINDS } from '../../sim/kinds/registry.ts';
import { BALANCERS, PLATFORMS } from '../../sim/registries.ts';
import type { Rules } from '../../sim/herd-run.ts';
import type { Scenario } from '../../sim/model/scenario.ts';

export function rulesAtHand(scenario: Scenario): Rules {
  const front = scenario.services.find((service) => service.role === 'balancer');
  const balancer = front ? BALANCERS[front.kind]! : null;
  return { platform: PLATFORMS[scenario.platform]!, balancer, kinds: KINDS, act, inspect: inspectContainer };
}
