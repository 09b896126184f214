/** The names in the simulation's registries. */
import { BALANCERS, PLATFORMS, STATE_MODELS, STORES } from '../sim/registries.ts';
import { STATE_KINDS, type StateKind } from '../sim/model/scenario.ts';
import type { KnownNames } from './known-names.ts';

export function registeredNames(): KnownNames {
  const models = Object.entries(STATE_MODELS);
  const homes: Partial<Record<StateKind, readonly string[]>> = {};
  for (const kind of STATE_KINDS)
    homes[kind] = models.filter(([, model]) => model.kinds.includes(kind)).map(([name]) => name);
  return {
    platforms: Object.keys(PLATFORMS),
    balancers: Object.keys(BALANCERS),
    stores: Object.keys(STORES),
    homes,
    homeStore: Object.fromEntries(
      models.flatMap(([name, { store }]) => (store === null ? [] : [[name, store]])),
    ),
  };
}
