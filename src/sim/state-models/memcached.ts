import type { StateModel } from './state-model.ts';

/** Memcached: outlives every container of the herd, and nothing of its own (S-111). */
export const memcached: StateModel = {
  name: 'memcached',
  label: 'Memcached',
  kinds: ['sessions', 'cache', 'counters'],
  store: 'memcached',
  attach: (w) => w.storePlace('memcached'),
};
