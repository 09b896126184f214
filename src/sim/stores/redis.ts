import { loseSince, storeDef } from '../model/storing.ts';
import { planSave, savedNow } from './snapshots.ts';
import type { StoreKind } from './store-kind.ts';

/** Redis flushes the append-only file once a second (S-106). */
const FLUSH_MS = 1000;

/** Redis: what it forgets is a matter of its persistence (S-104 to S-106). */
export const redis: StoreKind = {
  name: 'redis',
  label: 'Redis',
  client: 'waits',
  connectionsOf: () => 1,
  ceiling: (def) => def.maxConnections,
  tooMany: 'ERR max number of clients reached',
  persistence: (def) => (def.persistence === 'aof' ? `aof ${def.appendfsync}` : def.persistence),
  dataPath: () => '/data',
  ended(w, store, how, entry) {
    const { persistence, appendfsync, savePoints } = storeDef(w, store);
    switch (persistence) {
      case 'none':
        loseSince(w, store, -1, entry);
        break;
      case 'rdb':
        // A clean stop saves first, if there are save points at all (S-105).
        if (how !== 'stopped' || savePoints.length === 0) loseSince(w, store, store.savedAt, entry);
        break;
      case 'aof':
        // What the process has written is the kernel's to keep: only a machine without power loses it.
        if (how === 'power' && appendfsync === 'everysec')
          loseSince(w, store, store.endedAt - ((store.endedAt - store.startedAt) % FLUSH_MS), entry);
    }
    savedNow(w, store);
  },
  wrote(w, store) {
    if (storeDef(w, store).persistence === 'rdb') planSave(w, store);
  },
};
