import { loseSince, storeDef } from '../model/storing.ts';
import type { StoreKind } from './store-kind.ts';

/** Message queue: gives a message out until it is acknowledged; durable unless its persistence is `none` (S-131). */
export const queue: StoreKind = {
  name: 'queue',
  label: 'Queue',
  client: 'waits',
  connectionsOf: () => 1,
  ceiling: (def) => def.maxConnections,
  tooMany: 'connection limit reached',
  persistence: (def) => (def.persistence === 'none' ? 'none' : 'disk'),
  dataPath: () => null,
  ended(w, store, _how, entry) {
    if (storeDef(w, store).persistence === 'none') loseSince(w, store, -1, entry);
  },
};
