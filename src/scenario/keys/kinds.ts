/** `x-paddock` of an app: what it does with the kinds of state beyond sessions, uploads and records. */
import type { KindSettings } from '../../sim/kinds/settings.ts';
import {
  CACHE_DEFAULTS,
  CONFIG_DEFAULTS,
  COUNTERS_DEFAULTS,
  IDENTITY_DEFAULTS,
  JOBS_DEFAULTS,
  LOGS_DEFAULTS,
  MEMBERSHIP_DEFAULTS,
  SECRETS_DEFAULTS,
} from '../defaults.ts';
import { block } from '../forms/block.ts';
import { type Form, key, readDefault } from '../forms/form.ts';
import { bool, duration, integer, oneOf, or, positiveDuration, text } from '../forms/scalars.ts';

export const CACHE_KEYS = {
  keys: key(integer(1, 1000), 'different things that are read'),
  popularity: key(oneOf('zipf', 'equal'), 'zipf = few of them are read most of the time'),
  ttl: key(or(positiveDuration, 'none', Infinity), 'how long an entry is used; none = for ever'),
  miss: key(duration, 'work of a miss beyond an ordinary request'),
  source: key(or(text, 'none', null), 'store service that a miss reads from'),
  invalidate: key(bool, 'a change of the source deletes the entries of a shared cache'),
};

export const LOGS_KEYS = {
  ship: key(positiveDuration, 'how often lines go to the collector'),
  buffer: key(integer(0), 'lines that wait for a collector that is away; more are dropped'),
};

export const JOBS_KEYS = {
  every: key(positiveDuration, 'due at every multiple of this'),
  takes: key(duration, 'length of an execution'),
  visibility: key(duration, 'a queue gives a job out again this long after its worker died'),
};

export const CONFIG_KEYS = {
  reread: key(
    or(positiveDuration, 'none', Infinity),
    'how often a process reads it again; none = when it starts',
  ),
  mount: key(
    oneOf('directory', 'subpath'),
    'of a mounted file: subpath = the one file, which stays as it was',
  ),
};

export const SECRETS_KEYS = {
  ...CONFIG_KEYS,
  lease: key(
    or(positiveDuration, 'none', Infinity),
    'how long what a secret manager gives out is good (Vault: 768h)',
  ),
  renew: key(bool, 'processes renew their lease in time'),
};

export const IDENTITY_KEYS = {
  seats: key(or(integer(1), 'none', null), 'identities that the licence allows; none = one for each replica'),
  release: key(duration, 'a seat is free for another identity this long after its holder has ended'),
};

export const MEMBERSHIP_KEYS = {
  heartbeat: key(
    positiveDuration,
    'how often a member tells its peers that it lives (a store: writes its key and reads all; dns: looks up)',
  ),
  'suspect-after': key(
    positiveDuration,
    'a member silent for this long is taken for dead; of a key in a store its time to live',
  ),
  fanout: key(integer(1), 'peers that a member tells at each heartbeat'),
  seeds: key(integer(0), 'length of the static list of members that a new one joins through: the first ones'),
  'seed-by': key(
    oneOf('address', 'name'),
    'what the list holds: addresses, which a replacement does not have, or names, which it may bear',
  ),
  rejoin: key(
    or(positiveDuration, 'none', Infinity),
    'how often a member that has peers asks the seeds again; none = islands stay',
  ),
  owners: key(bool, "each user's data has an owner among the members, and others send requests on to it"),
  'call-timeout': key(positiveDuration, 'how long a member waits for an owner that is silent'),
};

export const COUNTERS_KEYS = {
  limit: key(
    or(integer(1), 'none', null),
    'requests let through in a window, the others get 429; none = count visits',
  ),
  window: key(positiveDuration, 'length of a window'),
  per: key(oneOf('all', 'user'), 'whose requests are counted together'),
};

export const KIND_KEYS = {
  cache: key(or(block(CACHE_KEYS, CACHE_DEFAULTS, 'true'), 'none', null), 'reads that are kept for a while'),
  logs: key(block(LOGS_KEYS, LOGS_DEFAULTS), 'how log lines travel'),
  jobs: key(or(block(JOBS_KEYS, JOBS_DEFAULTS, 'true'), 'none', null), 'a job that is due every so often'),
  counters: key(
    or(block(COUNTERS_KEYS, COUNTERS_DEFAULTS, 'true'), 'none', null),
    'a counter of visits, or a rate limit',
  ),
  config: key(or(block(CONFIG_KEYS, CONFIG_DEFAULTS, 'true'), 'none', null), 'a setting that may change'),
  secrets: key(
    or(block(SECRETS_KEYS, SECRETS_DEFAULTS, 'true'), 'none', null),
    'the password of the database, which every request needs',
  ),
  identity: key(
    or(block(IDENTITY_KEYS, IDENTITY_DEFAULTS, 'true'), 'none', null),
    'a licence bound to who one is',
  ),
  membership: key(
    or(block(MEMBERSHIP_KEYS, MEMBERSHIP_DEFAULTS, 'true'), 'none', null),
    'a list of its peers that each process holds',
  ),
};

type Read<K> = K extends { readonly form: { read(place: never): infer T } } ? Exclude<T, undefined> : never;

type KindValues = { readonly [P in keyof typeof KIND_KEYS]: Read<(typeof KIND_KEYS)[P]> };

/** Kinds that a home of their own switches on, with every default. */
const BY_HOME = ['jobs', 'config', 'secrets', 'identity', 'membership'] as const;

/** Settings from the values of KIND_KEYS; `silent` = nothing is written of a kind that has a home. */
export function kindSettings(
  read: KindValues,
  replicas: number,
  silent: (kind: (typeof BY_HOME)[number]) => boolean,
): KindSettings {
  const implied = BY_HOME.filter(silent).map((kind) => {
    const form: Form<unknown> = KIND_KEYS[kind].form;
    return [kind, readDefault(form, 'true', kind)] as const;
  });
  const v: KindValues = { ...read, ...(Object.fromEntries(implied) as Partial<KindValues>) };
  return {
    cache: v.cache && {
      keys: v.cache.keys,
      popularity: v.cache.popularity,
      ttlMs: v.cache.ttl,
      missMs: v.cache.miss,
      source: v.cache.source,
      invalidate: v.cache.invalidate,
    },
    logs: { shipMs: v.logs.ship, buffer: v.logs.buffer },
    jobs: v.jobs && { everyMs: v.jobs.every, takesMs: v.jobs.takes, visibilityMs: v.jobs.visibility },
    config: v.config && { rereadMs: v.config.reread, mount: v.config.mount },
    secrets: v.secrets && {
      rereadMs: v.secrets.reread,
      mount: v.secrets.mount,
      leaseMs: v.secrets.lease,
      renew: v.secrets.renew,
    },
    identity: v.identity && { seats: v.identity.seats ?? replicas, releaseMs: v.identity.release },
    membership: v.membership && {
      heartbeatMs: v.membership.heartbeat,
      suspectAfterMs: v.membership['suspect-after'],
      fanout: v.membership.fanout,
      seeds: v.membership.seeds,
      seedBy: v.membership['seed-by'],
      rejoinMs: v.membership.rejoin,
      owners: v.membership.owners,
      callTimeoutMs: v.membership['call-timeout'],
    },
    counters: v.counters && { limit: v.counters.limit, windowMs: v.counters.window, per: v.counters.per },
  };
}
