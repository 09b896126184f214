import type { StateModel } from './state-model.ts';

/** A signed cookie: the client carries its session, every container holds the same key. */
export const signed: StateModel = {
  name: 'signed',
  label: 'Signed cookie',
  kinds: ['sessions'],
  store: null,
  attach: (w) => w.sharedPlace('client', 'signed cookie'),
};
