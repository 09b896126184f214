import type { StateModel } from './state-model.ts';

/** PostgreSQL: outlives the herd and its own process; every container needs a pool of connections to it (S-112). */
export const postgres: StateModel = {
  name: 'postgres',
  label: 'PostgreSQL',
  kinds: ['sessions', 'records', 'counters', 'jobs'],
  store: 'postgres',
  attach: (w) => w.storePlace('postgres'),
};
