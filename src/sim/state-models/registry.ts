import { baked } from './baked.ts';
import { collector } from './collector.ts';
import { dns } from './dns.ts';
import { env } from './env.ts';
import { file } from './file.ts';
import { layer } from './layer.ts';
import { manager } from './manager.ts';
import { memcached } from './memcached.ts';
import { memory } from './memory.ts';
import { none } from './none.ts';
import { postgres } from './postgres.ts';
import { queue } from './queue.ts';
import { redis } from './redis.ts';
import { s3 } from './s3.ts';
import { shared } from './shared.ts';
import { signed } from './signed.ts';
import { signedOwnKey } from './signed-own-key.ts';
import type { StateModel } from './state-model.ts';
import { stdout } from './stdout.ts';
import { tmpfs } from './tmpfs.ts';
import { volume } from './volume.ts';

/** Every home of state, by the name it has in a scenario. */
export const STATE_MODELS: Readonly<Record<string, StateModel>> = {
  memory,
  layer,
  tmpfs,
  volume,
  signed,
  'signed-own-key': signedOwnKey,
  redis,
  memcached,
  postgres,
  s3,
  shared,
  stdout,
  collector,
  queue,
  baked,
  env,
  file,
  manager,
  dns,
  none,
};
