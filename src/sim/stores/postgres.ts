import type { StoreKind } from './store-kind.ts';

/** Connections that PostgreSQL keeps back for its superuser (S-112). */
const RESERVED = 3;

/** PostgreSQL: what was committed is in the write-ahead log and stays; connections are few (S-112, S-113). */
export const postgres: StoreKind = {
  name: 'postgres',
  label: 'PostgreSQL',
  client: 'fails',
  connectionsOf: (app) => app.dbPool,
  ceiling: (def) => def.maxConnections - RESERVED,
  tooMany: 'FATAL: sorry, too many clients already (SQLSTATE 53300)',
  persistence: () => 'wal',
  dataPath: () => '/var/lib/postgresql',
  ended() {},
};
