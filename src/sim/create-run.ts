import { act } from './actions/act.ts';
import { BALANCERS } from './balancers/registry.ts';
import { beginRun } from './herd-run.ts';
import { inspectContainer } from './inspection.ts';
import { KINDS } from './kinds/registry.ts';
import type { Scenario } from './model/scenario.ts';
import { PLATFORMS } from './platforms/registry.ts';
import type { Run } from './run.ts';

/** Starts a run at t = 0. `seed` is the scenario's own unless given. Throws only on a scenario that names what does not exist. */
export function createRun(scenario: Scenario, seed: number = scenario.seed): Run {
  const platform = PLATFORMS[scenario.platform];
  if (platform === undefined) throw new Error(`unknown platform '${scenario.platform}'`);
  const front = scenario.services.find((s) => s.role === 'balancer');
  const balancer = front === undefined ? null : BALANCERS[front.kind];
  if (balancer === undefined) throw new Error(`unknown balancer '${front?.kind ?? ''}'`);
  return beginRun(scenario, seed, { platform, balancer, kinds: KINDS, act, inspect: inspectContainer });
}
