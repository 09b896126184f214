import type { StateModel } from './state-model.ts';

/** A message queue: what is in it waits for a worker, and waits again if the worker dies (S-131). */
export const queue: StateModel = {
  name: 'queue',
  label: 'Queue',
  kinds: ['jobs'],
  store: 'queue',
  attach: (w) => w.storePlace('queue'),
};
