import type { StateModel } from './state-model.ts';

/** A secret manager that processes ask over the network, and that may give a value for a while only (S-121). */
export const manager: StateModel = {
  name: 'manager',
  label: 'Secret manager',
  kinds: ['config', 'secrets'],
  store: 'manager',
  attach: (w) => w.storePlace('manager'),
};
