/** The state model as a choice: where sessions, uploads and the list of peers may live in a given scenario. */
import { STATE_MODELS } from '../sim/state-models/registry.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import type { ChosenKind, Home, StateChoice } from './protocol.ts';

export const KINDS: readonly ChosenKind[] = ['sessions', 'uploads', 'jobs', 'membership'];

/** Stores that a choice can add to a file that has none of the kind, by the name of their service. */
export const ADDED_STORES: Readonly<Record<string, { readonly service: string; readonly image: string }>> = {
  redis: { service: 'cache', image: 'redis:7-alpine' },
  memcached: { service: 'cache', image: 'memcached:1.6-alpine' },
  postgres: { service: 'db', image: 'postgres:17-alpine' },
  queue: { service: 'broker', image: 'rabbitmq:4' },
  s3: { service: 'files', image: 'minio/minio:latest' },
};

/** The choices that a scenario leaves: a kind that nobody uses is none. */
export function stateChoices(scenario: Scenario): StateChoice[] {
  return KINDS.filter((kind) => isUsed(scenario, kind)).map((kind) => ({
    kind,
    home: homeIn(scenario, kind),
    homes: homesFor(scenario, kind),
  }));
}

/** Whether a scenario does anything with a kind of state, so that its home matters. */
export function isUsed({ services, traffic, backend }: Scenario, kind: ChosenKind): boolean {
  switch (kind) {
    case 'sessions':
      return true;
    case 'uploads':
      return traffic.mix.upload + traffic.mix['view-upload'] > 0 || traffic.storedUploads > 0;
    case 'jobs':
    case 'membership':
      return services.some(
        (service) => service.role === 'app' && service.name === backend && service.kinds[kind] !== null,
      );
  }
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
