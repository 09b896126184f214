import type { StoreKind } from './store-kind.ts';

/** Log collector: takes lines in and keeps them; nobody of the herd reads them back (S-132). */
export const collector: StoreKind = {
  name: 'collector',
  label: 'Log collector',
  client: 'resends',
  connectionsOf: () => 0,
  ceiling: () => Infinity,
  tooMany: '',
  persistence: () => 'disk',
  dataPath: () => null,
  ended() {},
};
