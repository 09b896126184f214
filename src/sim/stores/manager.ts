import type { StoreKind } from './store-kind.ts';

/** Secret manager: hands out configuration and secrets; what it holds is safe with it (S-121). */
export const manager: StoreKind = {
  name: 'manager',
  label: 'Secret manager',
  client: 'resends',
  connectionsOf: () => 0,
  ceiling: () => Infinity,
  tooMany: '',
  persistence: () => 'disk',
  dataPath: () => null,
  ended() {},
};
