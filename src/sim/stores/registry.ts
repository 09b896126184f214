import { collector } from './collector.ts';
import { manager } from './manager.ts';
import { queue } from './queue.ts';
import { memcached } from './memcached.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { s3 } from './s3.ts';
import type { StoreKind } from './store-kind.ts';

/** Every kind of store, by the name it has in a scenario. */
export const STORES: Readonly<Record<string, StoreKind>> = {
  redis,
  memcached,
  postgres,
  s3,
  collector,
  queue,
  manager,
};
