/** What the kinds of state of the herd name must be there. */
import { didYouMean } from '../../commands/suggest.ts';
import { STATE_DEFAULTS } from '../defaults.ts';
import type { StoreService } from '../../sim/model/scenario.ts';
import type { AppRead } from '../services/app.ts';
import { complain, entriesAt } from '../yaml/place.ts';

/** Settings without a home would do nothing, and say nothing. */
const NEED_HOME = {
  jobs: 'memory',
  counters: 'memory',
  config: 'env',
  secrets: 'env',
  identity: 'layer',
  membership: 'memory',
} as const;

/** What a kind needs beside its settings: a home, and for a cache a source that is not the cache itself. */
export function checkKinds(
  { service, given, draft }: AppRead,
  stores: readonly StoreService[],
  homeStore: Readonly<Record<string, string>>,
): void {
  for (const kind of Object.keys(NEED_HOME) as (keyof typeof NEED_HOME)[]) {
    if (service.kinds[kind] === null || service.state[kind] !== 'none') continue;
    complain(
      given.get(kind) ?? draft.place,
      `${kind} without a home does nothing; write state: { ${kind}: ${NEED_HOME[kind]} } or another one beside it`,
    );
  }
  const homes = given.get('state');
  for (const kind of ['cache', 'counters', 'jobs'] as const) {
    const home = service.state[kind];
    const plain = home === 'none' || home === STATE_DEFAULTS[kind];
    if (service.kinds[kind] === null && homes !== undefined && entriesAt(homes).has(kind) && !plain)
      draft.place.report.note(
        `${draft.place.path}: ${kind} in ${home}, and nothing uses it: write ${kind}: {} beside state`,
      );
  }
  const peers = service.kinds.membership;
  if (peers !== null && peers.suspectAfterMs <= peers.heartbeatMs && service.state.membership !== 'dns') {
    const written = given.get('membership');
    const keys = written && entriesAt(written);
    complain(
      keys?.get('suspect-after') ?? keys?.get('heartbeat') ?? written ?? draft.place,
      `suspect-after has to be longer than heartbeat, or every member is taken for dead between two of them; write suspect-after: ${(3 * peers.heartbeatMs) / 1000}s`,
    );
  }
  const source = service.kinds.cache?.source ?? null;
  if (source === null) return;
  const written = given.get('cache');
  const at = (written && entriesAt(written).get('source')) ?? draft.place;
  const names = stores.map((store) => store.name);
  const store = stores.find(({ name }) => name === source);
  if (store === undefined)
    complain(
      at,
      `'${source}' is not a store service${didYouMean(source, names)}; use ${names.length === 0 ? 'none, or add one under services' : names.join(' or ')}`,
    );
  else if (store.kind === homeStore[service.state.cache])
    complain(at, `${source} is where the cache itself lives; name the store that it spares, or none`);
}
