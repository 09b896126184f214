import type { StateModel } from './state-model.ts';

/** A directory that every container mounts, on a network file system: one copy for all, and one thing to fail (S-116). */
export const shared: StateModel = {
  name: 'shared',
  label: 'Shared directory',
  kinds: ['uploads', 'sessions', 'records', 'cache', 'logs', 'counters'],
  store: null,
  attach: (w) => w.sharedPlace('volume', 'shared directory'),
};
