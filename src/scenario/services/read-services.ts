/** Every service of the file, each by its own kind of reader. */
import type { StoreService, Traffic } from '../../sim/model/scenario.ts';
import { underXPaddock } from '../keys/hint.ts';
import { unknownName, type KnownNames } from '../known-names.ts';
import { complain, type Place } from '../yaml/place.ts';
import { readApp, type AppRead } from './app.ts';
import { readBalancer, type BalancerRead } from './balancer.ts';
import type { Surroundings } from './base.ts';
import { readDraft, type ServiceDraft } from './draft.ts';
import { readStore } from './store.ts';

export interface ServicesRead {
  /** All that take part, in file order. */
  readonly drafts: readonly ServiceDraft[];
  readonly apps: readonly AppRead[];
  readonly balancers: readonly { readonly draft: ServiceDraft; readonly read: BalancerRead }[];
  readonly stores: readonly StoreService[];
}

/** `places` are the services by name, `project` is the file's own name. */
export function readServices(
  places: ReadonlyMap<string, Place>,
  project: string,
  surroundings: Surroundings,
  { mix, storedUploads }: Traffic,
  names: KnownNames,
): ServicesRead {
  const drafts = [...places]
    .flatMap(([name, place]) => readDraft(name, place, project, [...places.keys()], underXPaddock) ?? [])
    .filter((draft) => isSimulated(draft, names));
  const withRole = (role: ServiceDraft['role']): ServiceDraft[] =>
    drafts.filter((draft) => draft.role === role);
  const stores = withRole('store').map((draft) => readStore(draft, surroundings));
  const forApps = {
    ...surroundings,
    names,
    // Of two stores of a kind the first counts.
    stores: new Map(stores.toReversed().map((store) => [store.kind, store.name])),
    uploads: mix.upload > 0 || mix['view-upload'] > 0 || storedUploads > 0,
  };
  return {
    drafts,
    stores,
    apps: withRole('app').map((draft) => readApp(draft, forApps)),
    balancers: withRole('balancer').map((draft) => ({ draft, read: readBalancer(draft, surroundings) })),
  };
}

/** A kind that the simulation does not know is left out when only its image says so, and a problem when the file does. */
function isSimulated(
  { role, kind, kindAt, roleGiven, place }: ServiceDraft,
  { balancers, stores }: KnownNames,
): boolean {
  if (role === 'app') return true;
  const known = role === 'balancer' ? balancers : stores;
  if (known.includes(kind)) return true;
  if (role === 'balancer' || roleGiven) complain(kindAt, unknownName(role, kind, known));
  else place.report.note(`${place.path} is left out: ${kind} is not simulated`);
  return false;
}
