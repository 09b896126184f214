import type { StateModel } from './state-model.ts';

/** The application keeps nothing of this kind. */
export const none: StateModel = {
  name: 'none',
  label: 'None',
  kinds: [
    'uploads',
    'records',
    'cache',
    'logs',
    'jobs',
    'config',
    'secrets',
    'counters',
    'membership',
    'identity',
  ],
  store: null,
  attach: () => -1,
};
