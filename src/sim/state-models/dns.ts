import type { StateModel } from './state-model.ts';

/**
 * The platform's name service: who is there is looked up under the service's name (S-39). The platform keeps the list, so
 * nothing of it can be lost with a container, and no place of the herd holds it.
 */
export const dns: StateModel = {
  name: 'dns',
  label: 'Name service (DNS)',
  kinds: ['membership'],
  store: null,
  attach: () => -1,
};
