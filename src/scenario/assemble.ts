/** Services to a scenario: who serves whom, what the platform brings along, and whether it all fits together. */
import type { BalancerService, Service, StoreService } from '../sim/model/scenario.ts';
import { checkKinds } from './checks/kinds.ts';
import type { Parts } from './checks/parts.ts';
import { checkBalancerKeys } from './checks/balancer-keys.ts';
import { noteKeepAlive } from './checks/keep-alive.ts';
import { checkPlatformRules } from './checks/platform-rules.ts';
import { checkReplicas } from './checks/replicas.ts';
import { applySticky } from './checks/sticky.ts';
import { checkStores } from './checks/stores.ts';
import { listed, type KnownNames } from './known-names.ts';
import type { AppRead } from './services/app.ts';
import { impliedBalancer } from './services/balancer.ts';
import type { Surroundings } from './services/base.ts';
import type { ServicesRead } from './services/read-services.ts';
import { impliedStore } from './services/store.ts';
import { complain, type Place } from './yaml/place.ts';

export interface Assembled {
  readonly services: readonly Service[];
  readonly backend: string;
}

/** `taken` are the names of all services in the file. Null = nothing to serve. */
export function assemble(
  root: Place,
  read: ServicesRead,
  surroundings: Surroundings & { readonly hostsAt: Place; readonly names: KnownNames },
  taken: readonly string[],
): Assembled | null {
  const { apps, balancers, stores, drafts } = read;
  const herd = servedBy(read, root);
  if (!herd) return null;
  const own = balancers[0]?.read.service ?? null;
  const parts: Parts = {
    root,
    ...surroundings,
    ...read,
    herd,
    balancer: own ?? broughtAlong(root, taken, surroundings),
  };
  checkReplicas(parts);
  checkPlatformRules(parts);
  checkBalancerKeys(parts);
  noteIdle(parts);
  noteKeepAlive(parts);
  const balancer = applySticky(parts);
  const kinds = new Set(stores.map((store) => store.kind));
  checkKinds(herd, stores, surroundings.names.homeStore);
  const outside = checkStores(herd, kinds, surroundings.names).map((store) =>
    impliedStore(store.name, store.kind, `${store.kind}:1`, root, surroundings),
  );
  const byName = new Map<string, Service>([
    ...apps.map(({ service }) => [service.name, service] as const),
    ...stores.map((store) => [store.name, store] as const),
    ...(balancer ? [[balancer.name, balancer] as const] : []),
  ]);
  const inFileOrder = drafts.flatMap(({ name }) => byName.get(name) ?? []);
  const brought: readonly (BalancerService | StoreService)[] = [
    ...(balancer && !own ? [balancer] : []),
    ...outside,
  ];
  return { services: [...inFileOrder, ...brought], backend: herd.draft.name };
}

/** The app that the balancer names, else the first of the file. */
function servedBy({ balancers, apps }: ServicesRead, root: Place): AppRead | null {
  const [first] = apps;
  if (!first) {
    complain(
      root,
      'there is no app: every service is a balancer, a store or left out; give one x-paddock: { role: app }',
    );
    return null;
  }
  const balancer = balancers[0]?.read;
  if (!balancer || balancer.backend === null) return first;
  const served = apps.find(({ draft }) => draft.name === balancer.backend);
  if (served) return served;
  const known = listed(apps.map(({ draft }) => draft.name));
  complain(
    balancer.given.get('backend') ?? root,
    `'${balancer.backend}' is not an app service; use ${known}`,
  );
  return null;
}

function broughtAlong(
  root: Place,
  taken: readonly string[],
  surroundings: Surroundings & { readonly names: KnownNames },
): BalancerService | null {
  const implied = impliedBalancer(root, taken, surroundings);
  if (!implied || !surroundings.names.balancers.includes(implied.kind)) return null;
  const what =
    surroundings.platform === 'swarm' ? "Swarm's virtual address" : 'the address of a Kubernetes Service';
  root.report.note(`no load balancer: assuming ${what} (${implied.kind}), called ${implied.name}`);
  return implied;
}

/** Services that are there and get nothing to do. */
function noteIdle({ root, balancers, apps, herd }: Parts): void {
  const [first, ...others] = balancers;
  for (const { draft } of others)
    root.report.note(`${draft.place.path} is left out: ${first?.draft.name} is the balancer`);
  for (const app of apps)
    if (app !== herd)
      root.report.note(`${app.draft.place.path} gets no traffic: it goes to ${herd.draft.name}`);
}
