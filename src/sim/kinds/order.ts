import type { Kind } from './kind.ts';
import { logs } from './logs.ts';

/** Kinds that a herd uses only if its file says so: a page fetches them when one does. */
export const LATE = ['identity', 'counters', 'cache', 'secrets', 'membership', 'config', 'jobs'] as const;
export type LateKinds = Readonly<Record<(typeof LATE)[number], Kind>>;

/** All kinds, in the order in which a request meets them. */
export const kindsWith = (late: LateKinds): readonly Kind[] => [
  late.identity,
  late.counters,
  late.cache,
  late.secrets,
  late.membership,
  late.config,
  logs,
  late.jobs,
];
