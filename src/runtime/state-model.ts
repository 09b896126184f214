/** The state model as a choice: where sessions and uploads may live in a given compose file, and the file with another home. */
import { parseScenario } from '../scenario/parse.ts';
import { setInSource } from '../scenario/set-in-source.ts';
import { STATE_MODELS } from '../sim/registries.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import type { ChosenKind, Home, Homes, StateChoice } from './protocol.ts';

const KINDS: readonly ChosenKind[] = ['sessions', 'uploads'];

/** Stores that a choice can add to a file that has none of the kind, by the name of their service. */
const ADDED_STORES: Readonly<Record<string, { readonly service: string; readonly image: string }>> = {
  redis: { service: 'cache', image: 'redis:7-alpine' },
  memcached: { service: 'cache', image: 'memcached:1.6-alpine' },
  postgres: { service: 'db', image: 'postgres:17-alpine' },
  s3: { service: 'files', image: 'minio/minio:latest' },
};

/** The choices that a scenario leaves. */
export function stateChoices(scenario: Scenario): StateChoice[] {
  return KINDS.map((kind) => ({ kind, home: homeIn(scenario, kind), homes: homesFor(scenario, kind) }));
}

/** `source` with all of these homes. */
export function withHomes(source: string, file: string, homes: Homes): string {
  return KINDS.reduce((text, kind) => {
    const home = homes[kind];
    return home === undefined ? text : withHome(text, file, kind, home);
  }, source);
}

/**
 * `source` with another home for `kind`: comments stay, a store that the home needs is added where the file has none,
 * and the balancer's cookie follows `sticky`. Unchanged when `source` does not parse.
 */
export function withHome(source: string, file: string, kind: ChosenKind, home: string): string {
  const { scenario } = parseScenario(source, file);
  if (!scenario) return source;
  let text = withStore(source, scenario, home);
  text = setInSource(text, `services.${scenario.backend}.x-paddock.state.${kind}`, home);
  if (kind !== 'sessions') return text;
  const balancer = scenario.services.find((service) => service.role === 'balancer');
  const isWritten = balancer !== undefined && new RegExp(`^\\s+${balancer.name}:`, 'm').test(source);
  // An explicit cookie would keep memory sticky, and an explicit `none` contradicts `sticky`.
  if (isWritten && (home === 'memory' || home === 'sticky'))
    text = setInSource(
      text,
      `services.${balancer.name}.x-paddock.sticky`,
      home === 'sticky' ? 'cookie' : 'none',
    );
  return text;
}

function withStore(source: string, scenario: Scenario, home: string): string {
  const added = ADDED_STORES[home];
  const isThere = scenario.services.some((service) => service.role === 'store' && service.kind === home);
  if (!added || isThere) return source;
  const taken = new Set(scenario.services.map((service) => service.name));
  return setInSource(source, `services.${taken.has(added.service) ? home : added.service}`, {
    image: added.image,
  });
}

function homeIn(scenario: Scenario, kind: ChosenKind): string {
  const backend = scenario.services.find((service) => service.name === scenario.backend);
  const home = backend?.role === 'app' ? backend.state[kind] : 'memory';
  const isSticky = scenario.services.some(
    (service) => service.role === 'balancer' && service.sticky === 'cookie',
  );
  return kind === 'sessions' && home === 'memory' && isSticky ? 'sticky' : home;
}

function homesFor(scenario: Scenario, kind: ChosenKind): Home[] {
  const hasBalancer = scenario.services.some((service) => service.role === 'balancer');
  const homes: Home[] = Object.values(STATE_MODELS)
    .filter((model) => model.name !== 'none' && model.kinds.includes(kind) && canHave(scenario, model.store))
    .map(({ name, label }) => ({ name, label }));
  if (kind === 'sessions' && hasBalancer) homes.splice(1, 0, { name: 'sticky', label: 'Sticky cookie' });
  const now = homeIn(scenario, kind);
  return homes.some((home) => home.name === now) ? homes : [{ name: now, label: now }, ...homes];
}

/** A home in a store needs one that the file has or that can be added. */
function canHave(scenario: Scenario, store: string | null): boolean {
  const isThere = scenario.services.some((service) => service.role === 'store' && service.kind === store);
  return store === null || isThere || store in ADDED_STORES;
}
