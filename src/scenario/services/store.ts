/** A backing service. */
import { EVICTION_POLICIES, type StoreService } from '../../sim/model/scenario.ts';
import { readArgv } from '../compose/process.ts';
import { readBlock } from '../forms/block.ts';
import { keysInBytes, refuseForeignKeys, savePointsIn, storeDefaults, STORE_KEYS } from '../keys/store.ts';
import { xKeyHint } from '../keys/hint.ts';
import { complain, type Place } from '../yaml/place.ts';
import { readBase, type Surroundings } from './base.ts';
import type { ServiceDraft } from './draft.ts';

/** STOPSIGNAL of the images: PostgreSQL's fast shutdown (S-113). */
const STOPSIGNALS: Readonly<Record<string, string>> = { postgres: 'INT' };

export function readStore(draft: ServiceDraft, surroundings: Surroundings): StoreService {
  const { base } = readBase(draft, surroundings);
  const stopSignal = base.stopSignal ?? STOPSIGNALS[draft.kind] ?? null;
  const { values, given } = readBlock(draft.x, STORE_KEYS, storeDefaults(draft.kind), xKeyHint('store'));
  refuseForeignKeys(draft.kind, given);
  if (draft.kind === 'postgres') notePassword(draft, base.environment);
  const { failover } = values;
  const at = given.get('failover');
  if (at && failover === 'sentinel' && draft.kind === 'postgres')
    complain(at, 'postgres promotes no replica by itself; write standby');
  const own = draft.kind === 'redis' ? redisCommand(draft, given) : {};
  return {
    ...base,
    stopSignal,
    role: 'store',
    kind: draft.kind,
    persistence: values.persistence,
    savePoints: values.save,
    appendfsync: values.appendfsync,
    maxmemory: values.maxmemory,
    policy: values.policy,
    latencyMs: values.latency,
    maxConnections: values['max-connections'],
    failover,
    downAfterMs: values['down-after'],
    electionMs: values.election,
    replicationLagMs: values['replication-lag'],
    maxReads: values['max-reads'],
    maxWrites: values['max-writes'],
    prefixes: values.prefixes,
    ...own,
  };
}

/** Any of these lets the image of PostgreSQL start (S-113). */
const POSTGRES_ACCESS = ['POSTGRES_PASSWORD', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_HOST_AUTH_METHOD'];

function notePassword({ place }: ServiceDraft, environment: Readonly<Record<string, string>>): void {
  if (!POSTGRES_ACCESS.some((name) => environment[name]))
    place.report.note(
      `${place.path}: the image of PostgreSQL does not start without POSTGRES_PASSWORD: assuming that it is set`,
    );
}

/** A store that the file does not have, with every default. */
export function impliedStore(
  name: string,
  kind: string,
  image: string,
  place: Place,
  surroundings: Surroundings,
): StoreService {
  const nothing: Place = { ...place, node: null };
  return readStore(
    {
      name,
      place: nothing,
      entries: new Map(),
      x: nothing,
      image,
      role: 'store',
      kind,
      kindAt: nothing,
      roleGiven: false,
    },
    surroundings,
  );
}

type Found = {
  -readonly [K in 'persistence' | 'savePoints' | 'appendfsync' | 'maxmemory' | 'policy']?: StoreService[K];
};

/** Words between an option, however often it is given, and the next option; null = it is not given. */
function wordsAfter(argv: readonly string[], option: string): string | null {
  if (!argv.includes(option)) return null;
  return argv
    .filter(
      (word, i) => !word.startsWith('--') && argv.findLast((w, k) => k < i && w.startsWith('--')) === option,
    )
    .join(' ')
    .trim();
}

/** What `redis-server` was told on its command line, where `x-paddock` does not say otherwise. */
function redisCommand(
  { entries, place }: ServiceDraft,
  given: ReadonlyMap<string, Place>,
): Partial<StoreService> {
  const argv = readArgv(entries.get('command')) ?? [];
  const option = (name: string): string | null => {
    const index = argv.indexOf(`--${name}`);
    return index < 0 ? null : (argv[index + 1] ?? '');
  };
  const found: Found = {};
  const save = wordsAfter(argv, '--save');
  const points = save === null ? null : savePointsIn(save);
  if (option('appendonly') === 'yes') found.persistence = 'aof';
  else if (points !== null) found.persistence = points.length === 0 ? 'none' : 'rdb';
  if (points !== null && points.length > 0 && !given.has('save')) found.savePoints = points;
  const fsync = option('appendfsync');
  if ((fsync === 'always' || fsync === 'everysec') && !given.has('appendfsync')) found.appendfsync = fsync;
  const limit = option('maxmemory');
  const keys = limit === null ? null : /^\d+$/.test(limit) ? keysInBytes(`${limit}b`) : keysInBytes(limit);
  if (keys !== null) found.maxmemory = keys === 0 ? Infinity : keys;
  const policy = option('maxmemory-policy');
  const known = EVICTION_POLICIES.find((p) => p === policy);
  if (known !== undefined) found.policy = known;
  else if (policy !== null)
    complain(
      entries.get('command') ?? place,
      `--maxmemory-policy ${policy} is not modelled; write one of ${EVICTION_POLICIES.join(', ')}`,
    );
  for (const name of ['persistence', 'maxmemory', 'policy'] as const) {
    if (given.has(name)) delete found[name];
    else if (found[name] !== undefined)
      place.report.note(`${place.path}: its command says ${name} ${found[name]}`);
  }
  return found;
}
