import { loseSince } from '../model/storing.ts';
import type { StoreKind } from './store-kind.ts';

/** Memcached: memory and nothing else, the least recently used goes first, 1024 connections (S-111). */
export const memcached: StoreKind = {
  name: 'memcached',
  label: 'Memcached',
  client: 'fails',
  connectionsOf: () => 1,
  ceiling: (def) => def.maxConnections,
  tooMany: 'too many open connections',
  persistence: () => 'none',
  dataPath: () => null,
  ended(w, store, _how, entry) {
    loseSince(w, store, -1, entry);
  },
};
