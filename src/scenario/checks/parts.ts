/** The parts of a scenario as they were read, for the checks that look across them. */
import type { BalancerService, StoreService } from '../../sim/model/scenario.ts';
import type { KnownNames } from '../known-names.ts';
import type { AppRead } from '../services/app.ts';
import type { BalancerRead } from '../services/balancer.ts';
import type { ServiceDraft } from '../services/draft.ts';
import type { Place } from '../yaml/place.ts';

export interface Parts {
  readonly root: Place;
  readonly platform: string;
  readonly hosts: number;
  readonly hostsAt: Place;
  readonly names: KnownNames;
  readonly apps: readonly AppRead[];
  readonly balancers: readonly { readonly draft: ServiceDraft; readonly read: BalancerRead }[];
  /** The balancer in use: the first of the file, or the one that the platform brings; null = users reach the app directly. */
  readonly balancer: BalancerService | null;
  readonly stores: readonly StoreService[];
  /** The app that is served. */
  readonly herd: AppRead;
}
