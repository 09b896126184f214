import type { StateModel } from './state-model.ts';

/** The environment: fixed when the container is created (S-118). */
export const env: StateModel = {
  name: 'env',
  label: 'Environment',
  kinds: ['config', 'secrets'],
  store: null,
  attach: () => -1,
};
