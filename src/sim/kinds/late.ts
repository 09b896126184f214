import { cache } from './cache.ts';
import { config } from './config.ts';
import { counters } from './counters.ts';
import { identity } from './identity.ts';
import { jobs } from './jobs.ts';
import { membership } from './membership.ts';
import type { LateKinds } from './order.ts';
import { secrets } from './secrets.ts';

/** Kinds that a herd uses only if its file says so. */
export const LATE_KINDS: LateKinds = { identity, counters, cache, secrets, membership, config, jobs };
