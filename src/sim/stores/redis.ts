import { loseSince, storeDef } from '../model/storing.ts';
import type { StoreKind } from './store-kind.ts';

/** Redis: what it forgets is a matter of its persistence (S-104 to S-106). */
export const redis: StoreKind = {
  name: 'redis',
  label: 'Redis',
  connected: true,
  persistence: (def) => def.persistence,
  dataPath: () => '/data',
  ended(w, store, how, entry) {
    const { persistence } = storeDef(w, store);
    if (persistence === 'none') loseSince(w, store, -1, entry);
    else if (persistence === 'rdb') {
      if (how === 'stopped') store.savedAt = w.now;
      else loseSince(w, store, store.savedAt, entry);
    }
  },
};
