import type { StateModel } from './state-model.ts';

/** Redis: outlives every container of the herd; what it outlives itself is a matter of its persistence (S-104 to S-109). */
export const redis: StateModel = {
  name: 'redis',
  label: 'Redis',
  kinds: ['sessions', 'cache', 'counters', 'jobs', 'membership'],
  store: 'redis',
  attach: (w) => w.storePlace('redis'),
};
