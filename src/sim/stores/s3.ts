import type { StoreKind } from './store-kind.ts';

/** Object storage: every command opens its own connection, and what was stored stays (S-114). */
export const s3: StoreKind = {
  name: 's3',
  label: 'S3',
  client: 'resends',
  connectionsOf: () => 0,
  ceiling: () => Infinity,
  tooMany: '',
  persistence: () => 'disk',
  // MinIO runs here; what is only called S3 is somebody else's.
  dataPath: (def) => (/(^|\/)minio(:|$)/.test(def.image) ? '/data' : null),
  ended() {},
};
