import { cache } from './cache.ts';
import { config } from './config.ts';
import { counters } from './counters.ts';
import { jobs } from './jobs.ts';
import { identity } from './identity.ts';
import type { Kind } from './kind.ts';
import { logs } from './logs.ts';
import { membership } from './membership.ts';
import { secrets } from './secrets.ts';

/** Kinds of state with a behaviour of their own, in the order in which a request meets them. */
export const KINDS: readonly Kind[] = [identity, counters, cache, secrets, membership, config, logs, jobs];
