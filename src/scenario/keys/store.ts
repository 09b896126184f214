/** `x-paddock` of a backing service. */
import { STORE_DEFAULTS, STORE_KIND_DEFAULTS } from '../defaults.ts';
import { EVICTION_POLICIES, type StoreService } from '../../sim/model/scenario.ts';
import type { Defaults } from '../forms/block.ts';
import { key, shown, type Form } from '../forms/form.ts';
import { duration, integer, oneOf, or, positiveDuration, rate, text } from '../forms/scalars.ts';
import { complain, textAt, type Place } from '../yaml/place.ts';

/** Bytes of one key and its value, when a limit is written in bytes. */
const BYTES_PER_KEY = 1024;
const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1000 ** 2,
  mb: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1024 ** 3,
};

/** Keys that fit for `100mb` in Redis's spelling, or null. */
export function keysInBytes(written: string): number | null {
  const match = /^(\d+)(b|kb?|mb?|gb?)$/i.exec(written);
  return match
    ? Math.floor((Number(match[1]) * (BYTES[(match[2] ?? '').toLowerCase()] ?? 1)) / BYTES_PER_KEY)
    : null;
}

const maxmemory: Form<number> = {
  says: 'keys that fit | bytes such as 64mb | unlimited',
  read(place: Place) {
    const written = textAt(place) ?? '';
    if (written === 'unlimited' || written === '0') return Infinity;
    if (/^\d+$/.test(written)) return Number(written);
    const keys = keysInBytes(written);
    if (keys === null)
      complain(
        place,
        `${shown(place)} is not a limit; write how many keys fit, bytes such as 64mb, or unlimited`,
      );
    else place.report.note(`${place.path}: ${written} taken as ${keys} keys of 1 KiB`);
    return keys ?? undefined;
  },
};

/** Redis's own spelling: pairs of seconds and changes. */
const save: Form<StoreService['savePoints']> = {
  says: 'seconds and changes, in pairs | none',
  read(place) {
    const written = (textAt(place) ?? '').trim();
    const points = savePointsIn(written);
    if (points === null)
      complain(place, `${shown(place)} is not a list of save points; write 3600 1 300 100, or none`);
    return points ?? undefined;
  },
};

/** Save points in Redis's spelling, or null. */
export function savePointsIn(written: string): StoreService['savePoints'] | null {
  if (written === 'none' || written === '') return [];
  const numbers = written.split(/\s+/);
  if (numbers.length % 2 !== 0 || !numbers.every((n) => /^[1-9]\d*$/.test(n))) return null;
  return numbers.flatMap((seconds, i) =>
    i % 2 === 0 ? [{ afterMs: Number(seconds) * 1000, changes: Number(numbers[i + 1]) }] : [],
  );
}

export const STORE_KEYS = {
  role: key(oneOf('app', 'balancer', 'store'), 'what the service is, when its image does not say'),
  kind: key(text, 'which store, when the image does not say'),
  persistence: key(
    oneOf('none', 'rdb', 'aof'),
    'what a sudden end leaves: nothing, the last snapshot, every command',
  ),
  save: key(save, 'with rdb: a snapshot after so many seconds, if so many changes have come'),
  appendfsync: key(oneOf('everysec', 'always'), 'with aof: how often what is written is flushed to disk'),
  maxmemory: key(maxmemory, 'how much it holds'),
  policy: key(oneOf(...EVICTION_POLICIES), 'what it does when full'),
  latency: key(duration, 'of one command'),
  'max-connections': key(or(integer(1), 'unlimited', Infinity), 'clients at once'),
  failover: key(
    oneOf('none', 'sentinel', 'standby'),
    'a replica that takes over: by itself (sentinel), or by paddock store NAME failover (standby)',
  ),
  'down-after': key(positiveDuration, 'how long Sentinel waits for an answer'),
  election: key(duration, 'how long the Sentinels take to agree'),
  'replication-lag': key(duration, 'how late the replica learns of a write'),
  'max-reads': key(
    or(rate, 'unlimited', Infinity),
    'reads that each prefix takes; beyond it answers 503 Slow Down',
  ),
  'max-writes': key(or(rate, 'unlimited', Infinity), 'writes that each prefix takes'),
  prefixes: key(integer(1), 'prefixes that the keys are spread over'),
};

const COMMON_KEYS = ['role', 'kind', 'latency', 'max-connections'];

/** Keys that a kind of store reads; others read all. */
const KEYS_OF: Readonly<Record<string, readonly string[]>> = {
  redis: [
    ...COMMON_KEYS,
    'persistence',
    'save',
    'appendfsync',
    'maxmemory',
    'policy',
    'failover',
    'down-after',
    'election',
    'replication-lag',
  ],
  memcached: [...COMMON_KEYS, 'maxmemory', 'policy'],
  postgres: [...COMMON_KEYS, 'failover', 'replication-lag'],
  s3: ['role', 'kind', 'latency', 'max-reads', 'max-writes', 'prefixes'],
};

/** Says of every key that is written and that this kind of store does not read. */
export function refuseForeignKeys(kind: string, given: ReadonlyMap<string, Place>): void {
  const known = KEYS_OF[kind];
  if (known === undefined) return;
  for (const [name, at] of given)
    if (!known.includes(name))
      complain(at, `${name} means nothing to ${kind}, which reads ${known.join(', ')}`);
}

/** The defaults of a store of this kind. */
export function storeDefaults(kind: string): Defaults<typeof STORE_KEYS> {
  return { ...STORE_DEFAULTS, kind, ...STORE_KIND_DEFAULTS[kind] };
}
