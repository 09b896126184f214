/** A home outside the containers needs a service that is it. */
import { STATE_KINDS, type StateKind } from '../../sim/model/scenario.ts';
import { complain } from '../yaml/place.ts';
import type { AppRead } from '../services/app.ts';
import type { KnownNames } from '../known-names.ts';

/** What to add for a store that is missing. */
const EXAMPLES: Readonly<Record<string, string>> = {
  redis: 'cache: { image: "redis:7-alpine" }',
  memcached: 'cache: { image: "memcached:1.6" }',
  postgres: 'db: { image: "postgres:16" }',
  manager: 'vault: { image: "hashicorp/vault:1" }',
  queue: 'queue: { image: "rabbitmq:4" }',
  collector: 'logs: { image: "fluent/fluent-bit:3" }',
};

/** Stores that live outside the file as a matter of course, with the name they then get. */
const OUTSIDE: Readonly<Record<string, { readonly name: string; readonly says: string }>> = {
  s3: { name: 's3', says: 'Amazon S3' },
};

/** A store that the scenario needs and that the file may leave out. */
export interface OutsideStore {
  readonly kind: string;
  readonly name: string;
}

/** Complains of homes without a store; returns those stores that are taken to be outside the file. */
export function checkStores(
  { service, homesAt, draft }: AppRead,
  kinds: ReadonlySet<string>,
  { homeStore }: KnownNames,
): OutsideStore[] {
  const outside = new Map<string, OutsideStore>();
  for (const kind of STATE_KINDS) {
    const home = service.state[kind];
    const store = homeStore[home];
    if (store === undefined || kinds.has(store)) continue;
    const known = OUTSIDE[store];
    if (known) {
      if (!outside.has(store))
        draft.place.report.note(
          `${draft.place.path}: ${kind} in ${home} and no service for it: assuming ${known.says} outside the file, called ${known.name}`,
        );
      outside.set(store, { kind: store, name: known.name });
    } else {
      complain(homesAt.get(kind) ?? draft.place, missing(kind, home, store));
    }
  }
  return [...outside.values()];
}

function missing(kind: StateKind, home: string, store: string): string {
  return `${kind} in ${home} need a ${store} service; add one under services: ${EXAMPLES[store] ?? `${store}: { image: "${store}" }`}`;
}
