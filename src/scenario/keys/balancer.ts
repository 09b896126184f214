/** `x-paddock` of a balancer service. */
import { didYouMean } from '../../commands/suggest.ts';
import { BALANCER_DEFAULTS, BALANCER_KIND_DEFAULTS, CHECK_DEFAULTS, TIMEOUT_DEFAULTS } from '../defaults.ts';
import { block, type Defaults } from '../forms/block.ts';
import { key, shown, type Form } from '../forms/form.ts';
import { bool, duration, integer, oneOf, or, positiveDuration, text } from '../forms/scalars.ts';
import { complain, isListAt, itemsAt, scalarAt, textAt, type Place } from '../yaml/place.ts';

export const CHECK_KEYS = {
  inter: key(positiveDuration, 'between checks'),
  fastinter: key(
    or(positiveDuration, 'none', null),
    'between checks while the state is changing; none = inter',
  ),
  downinter: key(or(positiveDuration, 'none', null), 'between checks while it is down; none = inter'),
  fall: key(integer(1), 'failures in a row until it is DOWN'),
  rise: key(integer(1), 'successes in a row until it is UP'),
  timeout: key(or(positiveDuration, 'none', null), 'after which a check has failed; none = inter'),
};

export const TIMEOUT_KEYS = {
  connect: key(positiveDuration, 'to connect to a server'),
  server: key(positiveDuration, 'for the answer of a server'),
  queue: key(or(positiveDuration, 'none', null), 'in the queue; none = connect'),
};

const redispatch: Form<boolean | number> = {
  says: 'true | false | an interval',
  read(place: Place) {
    const value = scalarAt(place);
    if (typeof value === 'boolean') return value;
    // HAProxy's own word for "only the last retry".
    if (value === -1) return true;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
    complain(place, `${shown(place)} is not a redispatch; write true, false or an interval such as 1`);
    return undefined;
  },
};

const NEXT_UPSTREAM = [
  'error',
  'timeout',
  'invalid_header',
  'http_500',
  'http_502',
  'http_503',
  'http_504',
  'http_403',
  'http_404',
  'http_429',
  'non_idempotent',
] as const;

const RETRY_ON = [
  'conn-failure',
  'empty-response',
  'junk-response',
  'response-timeout',
  '0rtt-rejected',
  '500',
  '502',
  '503',
  '504',
  'all-retryable-errors',
] as const;

/** Some of `words`: in a row, as the balancers' own files have them, or as a list. `nothing` = none of them. */
const someOf = (says: string, words: readonly string[], nothing: string): Form<readonly string[]> => ({
  says: `${says} | ${nothing}`,
  read(place: Place) {
    const some: string[] = [];
    const items = isListAt(place)
      ? itemsAt(place).map((item) => [textAt(item) ?? '', item] as const)
      : (textAt(place) ?? '').split(/\s+/).map((word) => [word, place] as const);
    for (const [word, at] of items) {
      if (word !== nothing && !words.includes(word)) {
        complain(at, `'${word}' is not one of ${[...words, nothing].join(', ')}${didYouMean(word, words)}`);
        return undefined;
      }
      if (word !== nothing) some.push(word);
    }
    return some;
  },
});

const nextUpstream = someOf('a list of error, timeout, http_503, …, non_idempotent', NEXT_UPSTREAM, 'off');
const retryOn = someOf(
  'a list of conn-failure, empty-response, response-timeout, 503, …, all-retryable-errors',
  RETRY_ON,
  'none',
);

function merged<K extends string>(
  table: Readonly<Record<K, string>>,
  own: Partial<Record<K, string>> | undefined,
): Readonly<Record<K, string>> {
  return { ...table, ...own };
}

/** The keys of a balancer of this kind. */
export function balancerKeys(kind: string) {
  const own = BALANCER_KIND_DEFAULTS[kind];
  return {
    role: key(oneOf('app', 'balancer', 'store'), 'what the service is, when its image does not say'),
    kind: key(text, 'which balancer, when the image does not say'),
    backend: key(or(text, 'none', null), 'service that it serves; none = the first app in the file'),
    balance: key(
      oneOf('roundrobin', 'leastconn', 'random', 'random(1)', 'source', 'hash-user'),
      'who gets the next request; random = the better of two draws',
    ),
    'hash-type': key(
      oneOf('map-based', 'consistent'),
      'what source, hash-user and random choose from: the servers that are up, or points on a circle',
    ),
    resolve: key(
      or(or(or(positiveDuration, 'once', 'once' as const), 'told', 'told' as const), 'auto', null),
      'how it finds containers: told of all; by name, once or again every so long; auto = once for nginx on docker and compose, else told',
    ),
    sticky: key(oneOf('none', 'cookie'), 'a cookie binds a user to a server'),
    check: key(
      or(block(CHECK_KEYS, merged(CHECK_DEFAULTS, own?.check), 'true'), 'none', null),
      'its own health checks; true = with the defaults below',
    ),
    retries: key(integer(0), 'further attempts after a failed one'),
    redispatch: key(redispatch, 'whether a retry may go to another server; or every how many retries'),
    persist: key(bool, "a cookie's server gets its users even while it is DOWN"),
    'retry-on': key(retryOn, 'what is tried again; conn-failure alone is never executed twice'),
    'no-post': key(bool, 'never try a POST again once it was sent'),
    timeouts: key(block(TIMEOUT_KEYS, merged(TIMEOUT_DEFAULTS, own?.timeouts)), 'how long it waits'),
    maxconn: key(integer(0), 'connections a server; 0 = unlimited'),
    slowstart: key(duration, 'ramp of a server that has come UP'),
    observe: key(
      or(oneOf('layer4', 'layer7'), 'none', null),
      'count errors of live traffic as failed checks',
    ),
    'error-limit': key(integer(1), 'errors in a row until on-error'),
    'on-error': key(oneOf('fastinter', 'fail-check', 'sudden-death', 'mark-down'), 'what too many errors do'),
    'on-marked-down': key(
      oneOf('none', 'shutdown-sessions'),
      'what happens to connections of a server marked DOWN',
    ),
    handover: key(duration, 'idle time of a worker when a queue in the balancer hands over'),
    keepalive: key(integer(0), 'idle connections kept to servers'),
    'idle-timeout': key(positiveDuration, 'how long it keeps an idle connection to a server'),
    'max-fails': key(integer(0), 'nginx: failures until a server is passed over'),
    'fail-timeout': key(positiveDuration, 'nginx: window of those failures, and how long it is passed over'),
    'next-upstream': key(nextUpstream, 'nginx: what is passed on to the next server'),
    'deregistration-delay': key(duration, 'ALB: how long requests of a target that left may go on'),
  };
}

/** The defaults of a balancer of this kind. */
export function balancerDefaults(kind: string): Defaults<ReturnType<typeof balancerKeys>> {
  return { ...BALANCER_DEFAULTS, kind, ...BALANCER_KIND_DEFAULTS[kind]?.keys };
}
