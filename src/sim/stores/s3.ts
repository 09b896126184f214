import type { Store } from '../model/store.ts';
import { storeDef } from '../model/storing.ts';
import type { World } from '../model/world.ts';
import type { StoreKind } from './store-kind.ts';

/** What a prefix takes at once, in ms of its rate; above, and while it scales, S3 says to slow down. */
const BURST_MS = 1000;
/** After so long without a refusal the next one is told anew. */
const CALM_MS = 1000;

/** Each prefix takes so many reads and so many writes a second (S-114). */
function admit(w: World, store: Store, write: boolean): boolean {
  const { maxReads, maxWrites, prefixes } = storeDef(w, store);
  const rate = (write ? maxWrites : maxReads) * prefixes;
  if (rate === Infinity) return true;
  refill(w, store, maxReads * prefixes, maxWrites * prefixes);
  if ((write ? store.writeTokens : store.readTokens) >= 1) {
    if (write) store.writeTokens--;
    else store.readTokens--;
    return true;
  }
  if (store.throttleEntry < 0 || w.now - store.throttledAt > CALM_MS)
    store.throttleEntry = w.journal.add(w.now, 'store-throttled', -1, -1, -1, -1, store.id);
  store.throttledAt = w.now;
  return false;
}

function refill(w: World, store: Store, reads: number, writes: number): void {
  const ms = Math.min(BURST_MS, w.now - store.tokensAt);
  const more = (rate: number, tokens: number): number =>
    rate === Infinity ? tokens : Math.min((rate * BURST_MS) / 1000, tokens + (rate * ms) / 1000);
  store.readTokens = more(reads, store.readTokens);
  store.writeTokens = more(writes, store.writeTokens);
  store.tokensAt = w.now;
}

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
  admit,
};
