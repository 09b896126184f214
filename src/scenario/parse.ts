/** Compose file to scenario. */
import type { BalancerService, Scenario, Service, StoreService } from '../sim/model/scenario.ts';
import { checkPlatformRules } from './checks/platform-rules.ts';
import { checkReferences } from './checks/references.ts';
import { checkReplicas } from './checks/replicas.ts';
import { applySticky } from './checks/sticky.ts';
import { checkStores } from './checks/stores.ts';
import type { Parts } from './checks/parts.ts';
import { describeKeys } from './compose/describe.ts';
import { TOP_LEVEL_KEYS } from './compose/known-keys.ts';
import { readVolumes } from './compose/mounts.ts';
import { underTopXPaddock, underXPaddock } from './keys/hint.ts';
import { readTop } from './keys/top.ts';
import { listed, unknownName, type KnownNames } from './known-names.ts';
import { applyOverrides } from './overrides.ts';
import { projectName } from './project-name.ts';
import { registeredNames } from './registered-names.ts';
import { readApp, type AppRead } from './services/app.ts';
import type { Surroundings } from './services/base.ts';
import { impliedBalancer, readBalancer } from './services/balancer.ts';
import { readDraft, type ServiceDraft } from './services/draft.ts';
import { impliedStore, readStore } from './services/store.ts';
import { openSource } from './yaml/open.ts';
import { complain, entriesAt, type Place } from './yaml/place.ts';
import type { Problem } from './yaml/report.ts';

export interface ParsedScenario {
  /** Null when there are problems. */
  readonly scenario: Scenario | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
  /** What was inferred or is not simulated, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a compose file. `file` is its name for messages; `overrides` are `path=value` edits made before it is read
 * (`services.app.x-paddock.state.sessions=redis`); `names` says which platforms, kinds and homes there are.
 */
export function parseScenario(
  text: string,
  file: string,
  overrides: readonly string[] = [],
  names: KnownNames = registeredNames(),
): ParsedScenario {
  const { root, report } = openSource(text, file);
  const scenario = root && readScenario(applyOverrides(root, overrides), file, names);
  const problems = report.problems.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : 0,
  );
  return { scenario: problems.length > 0 ? null : scenario, problems, notes: report.notes };
}

function readScenario(root: Place, file: string, names: KnownNames): Scenario | null {
  const top = entriesAt(root);
  describeKeys(top, TOP_LEVEL_KEYS, underTopXPaddock);
  const empty: Place = { ...root, node: null };
  const x = readTop(top.get('x-paddock') ?? { ...empty, path: 'x-paddock' });
  const platformAt = x.given.get('platform') ?? root;
  const platform = names.platforms.includes(x.values.platform) ? x.values.platform : 'compose';
  if (platform !== x.values.platform)
    complain(platformAt, unknownName('platform', x.values.platform, names.platforms));
  const name = projectName(top.get('name'), file, root);

  const all = entriesAt(top.get('services') ?? empty);
  if (all.size === 0) {
    complain(
      top.get('services') ?? root,
      'there are no services; write services: { app: { image: "shop:1.0" } }',
    );
    return null;
  }
  const drafts = [...all]
    .flatMap(([service, place]) => readDraft(service, place, name, [...all.keys()], underXPaddock) ?? [])
    .filter((draft) => isSimulated(draft, names));
  checkReferences(top, new Map([...all].map(([service, place]) => [service, entriesAt(place)])));

  const surroundings: Surroundings = {
    platform,
    hosts: x.values.hosts,
    volumes: readVolumes(top.get('volumes') ?? empty),
  };
  const stores = drafts.filter(({ role }) => role === 'store').map((draft) => readStore(draft, surroundings));
  const { mix, storedUploads } = x.values.traffic;
  const apps = drafts
    .filter(({ role }) => role === 'app')
    .map((draft) =>
      readApp(draft, {
        ...surroundings,
        names,
        stores: new Map(stores.toReversed().map((store) => [store.kind, store.name])),
        uploads: mix.upload > 0 || mix['view-upload'] > 0 || storedUploads > 0,
      }),
    );
  const balancers = drafts
    .filter(({ role }) => role === 'balancer')
    .map((draft) => ({ draft, read: readBalancer(draft, surroundings) }));
  const herd = servedBy(balancers[0]?.read ?? null, apps, root);
  if (!herd) return null;

  const own = balancers[0]?.read.service ?? null;
  const implied = own ? null : impliedBalancer(root, [...all.keys()], surroundings);
  if (implied && names.balancers.includes(implied.kind))
    root.report.note(
      `no load balancer: assuming ${platform === 'swarm' ? "Swarm's virtual address" : 'the address of a Kubernetes Service'} (${implied.kind}), called ${implied.name}`,
    );
  const brought = implied && names.balancers.includes(implied.kind) ? implied : null;
  const parts: Parts = {
    root,
    platform,
    platformAt,
    hosts: x.values.hosts,
    hostsAt: x.given.get('hosts') ?? root,
    names,
    apps,
    balancers,
    balancer: own ?? brought,
    stores,
    herd,
  };
  checkReplicas(parts);
  checkPlatformRules(parts);
  for (const { draft } of balancers.slice(1))
    root.report.note(`${draft.place.path} is left out: ${balancers[0]?.draft.name} is the balancer`);
  for (const app of apps)
    if (app !== herd)
      root.report.note(`${app.draft.place.path} gets no traffic: it goes to ${herd.draft.name}`);

  const balancer = applySticky(parts);
  const kinds = new Set(stores.map((store) => store.kind));
  const outside = checkStores(herd, kinds, names).map((store) =>
    impliedStore(store.name, store.kind, `${store.kind}:1`, root, surroundings),
  );
  return {
    name,
    platform,
    hosts: x.values.hosts,
    seed: x.values.seed,
    script: x.values.script,
    traffic: x.values.traffic,
    services: inFileOrder(drafts, apps, balancer, own?.name ?? null, stores, outside),
    backend: herd.draft.name,
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

function servedBy(
  balancer: { readonly backend: string | null; readonly given: ReadonlyMap<string, Place> } | null,
  apps: readonly AppRead[],
  root: Place,
): AppRead | null {
  const [first] = apps;
  if (!first) {
    complain(
      root,
      'there is no app: every service is a balancer, a store or left out; give one x-paddock: { role: app }',
    );
    return null;
  }
  if (!balancer || balancer.backend === null) return first;
  const served = apps.find(({ draft }) => draft.name === balancer.backend);
  if (served) return served;
  complain(
    balancer.given.get('backend') ?? root,
    `'${balancer.backend}' is not an app service; use ${listed(apps.map(({ draft }) => draft.name))}`,
  );
  return null;
}

function inFileOrder(
  drafts: readonly ServiceDraft[],
  apps: readonly AppRead[],
  balancer: BalancerService | null,
  ownBalancer: string | null,
  stores: readonly StoreService[],
  outside: readonly StoreService[],
): Service[] {
  const services = drafts.flatMap(({ name, role }): Service[] => {
    if (role === 'balancer') return balancer && name === ownBalancer ? [balancer] : [];
    const found =
      role === 'app'
        ? apps.find(({ draft }) => draft.name === name)?.service
        : stores.find((store) => store.name === name);
    return found ? [found] : [];
  });
  return [...services, ...(balancer && ownBalancer === null ? [balancer] : []), ...outside];
}
