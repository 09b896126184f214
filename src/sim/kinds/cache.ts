import { mix32 } from '../engine/random.ts';
import { kindState } from '../model/kinds.ts';
import { answers } from '../model/network.ts';
import { BROWSE, CACHE_HIT, CACHE_MISS } from '../model/requests.ts';
import type { CacheSettings } from './settings.ts';
import { kindIndex } from '../model/state.ts';
import { causeCode } from '../model/traffic.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import { askStore, REFUSED, type Kind } from './kind.ts';

const CACHE = kindIndex('cache');
const DEPENDENCY = causeCode('dependency');

/** What one cache holds, by key: when it was filled (-1 = not at all), and with which version of the source. */
interface Entries {
  readonly at: Float64Array;
  readonly version: Int32Array;
  /** Keys that are there, however old. */
  filled: number;
}

interface CacheState {
  /** Of the source: how often it has changed. */
  version: number;
  /** By place. */
  readonly entries: Map<number, Entries>;
}

const stateOf = (w: World): CacheState => kindState<CacheState>(w, CACHE);

/** What a request reads: from its user and instant, so that two herds that differ in one setting read the same. */
function keyOf(w: World, r: number, { keys, popularity }: CacheSettings): number {
  const q = w.requests;
  const h = mix32(Math.imul(q.user[r] + 1, 0x9e3779b9) ^ ((q.sentAt[r] * 4096) | 0) ^ w.seed) >>> 0;
  if (popularity === 'equal') return h % keys;
  // Ranks 1, 2-3, 4-7, …: every octave takes an equal share, which is 1/rank in steps.
  const octaves = 32 - Math.clz32(keys);
  const first = 1 << (h % octaves);
  const size = Math.min(first, keys - first + 1);
  return first - 1 + ((mix32(h) >>> 0) % size);
}

function entriesOf(w: World, place: number, keys: number): Entries {
  const all = stateOf(w).entries;
  let found = all.get(place);
  if (found === undefined || found.at.length < keys) {
    found = { at: new Float64Array(keys).fill(-1), version: new Int32Array(keys), filled: 0 };
    all.set(place, found);
  }
  return found;
}

/** Looks into the cache at `place` (-1 = none can be reached); 0, or the way to the source. */
function look(w: World, r: number, place: number, settings: CacheSettings): number {
  const q = w.requests;
  if (place >= 0) {
    const entries = entriesOf(w, place, settings.keys);
    const key = keyOf(w, r, settings);
    const at = entries.at[key];
    if (at >= 0 && w.now - at < settings.ttlMs) {
      q.flags[r] |= CACHE_HIT;
      w.metrics.count(M.cacheHits);
      if (entries.version[key] !== stateOf(w).version) w.metrics.count(M.cacheStale);
      return 0;
    }
  }
  q.flags[r] |= CACHE_MISS;
  w.metrics.count(M.cacheMisses);
  const source = sourceOf(w, settings);
  return source < 0 ? settings.missMs : askStore(source);
}

/** Share of the keys that the cache at a place holds, 0..1, expired ones included until they are filled again; null = no cache. */
function cachedShare(w: World, place: number): number | null {
  const settings = w.app.kinds.cache;
  if (settings === null) return null;
  return (stateOf(w).entries.get(place)?.filled ?? 0) / settings.keys;
}

const sourceOf = (w: World, settings: CacheSettings): number =>
  settings.source === null ? -1 : w.stores.findIndex((s) => s.name === settings.source);

/**
 * Reads that are kept for a while: in each process (fast, cold after every start, stale on its own until the TTL) or in a
 * store that all share (S-117, C-17). An entry is filled when the answer is ready, so reads that miss together all go to
 * the source. A cache that cannot be reached is a miss.
 */
export const cache: Kind = {
  kind: 'cache',
  active: (app) => app.kinds.cache !== null,
  initial: (): CacheState => ({ version: 0, entries: new Map() }),
  copy(state): CacheState {
    const { version, entries } = state as CacheState;
    return {
      version,
      entries: new Map(
        [...entries].map(([place, e]) => [
          place,
          { at: e.at.slice(), version: e.version.slice(), filled: e.filled },
        ]),
      ),
    };
  },
  share: cachedShare,
  holds: (w, place) => stateOf(w).entries.has(place),
  forgot(w, place, _entry, since) {
    const all = stateOf(w).entries;
    const entries = all.get(place);
    if (entries === undefined) return;
    if (since < 0) all.delete(place);
    else
      entries.at.forEach((at, key) => {
        if (at < since) return;
        entries.at[key] = -1;
        entries.filled--;
      });
  },
  request(w, c, r) {
    const q = w.requests;
    q.flags[r] &= ~(CACHE_HIT | CACHE_MISS);
    const settings = w.app.kinds.cache;
    if (settings === null || q.kind[r] !== BROWSE) return 0;
    const place = w.places.get(c.homes[CACHE]);
    if (place?.bound === 'store') return askStore(place.owner);
    return look(w, r, place === undefined ? -1 : place.serial, settings);
  },
  answered(w, _c, r, store, ok) {
    const settings = w.app.kinds.cache;
    if (settings === null) return 0;
    const q = w.requests;
    if ((q.flags[r] & CACHE_MISS) === 0) return look(w, r, ok ? w.stores[store].place : -1, settings);
    if (ok) return settings.missMs;
    q.status[r] = 500;
    q.cause[r] = DEPENDENCY;
    q.edit(r).because[r] = w.stores[store].entry;
    return REFUSED;
  },
  done(w, c, r) {
    const settings = w.app.kinds.cache;
    if (settings === null || (w.requests.flags[r] & CACHE_MISS) === 0) return;
    const place = w.places.get(c.homes[CACHE]);
    if (place === undefined) return;
    if (place.bound === 'store' && !answers(w, c, w.stores[place.owner])) return;
    const entries = entriesOf(w, place.serial, settings.keys);
    const key = keyOf(w, r, settings);
    if (entries.at[key] < 0) entries.filled++;
    entries.at[key] = w.now;
    entries.version[key] = stateOf(w).version;
  },
  rotate(w, _command, cause) {
    const settings = w.app.kinds.cache;
    const state = stateOf(w);
    state.version++;
    w.journal.add(
      w.now,
      'value-changed',
      cause,
      -1,
      -1,
      -1,
      state.version,
      'every price changed at its source',
    );
    if (settings?.invalidate !== true) return { ok: true, text: 'changed' };
    const shared = w.stores.filter((s) => s.up && !s.paused && state.entries.has(s.place));
    for (const s of shared) state.entries.delete(s.place);
    return {
      ok: true,
      text: shared.length === 0 ? 'changed; no shared cache to invalidate' : 'changed; invalidated',
    };
  },
};
