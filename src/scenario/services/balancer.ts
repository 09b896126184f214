/** A load balancer. */
import { PLATFORM_BALANCER } from '../defaults.ts';
import type { BalancerService } from '../../sim/model/scenario.ts';
import { readBlock } from '../forms/block.ts';
import { balancerDefaults, balancerKeys } from '../keys/balancer.ts';
import { xKeyHint } from '../keys/hint.ts';
import type { Place } from '../yaml/place.ts';
import { readBase, type Surroundings } from './base.ts';
import type { ServiceDraft } from './draft.ts';

/** STOPSIGNAL of the images: nginx finishes what it has (SIGQUIT), and so does HAProxy (SIGUSR1). */
const STOPSIGNALS: Readonly<Record<string, string>> = { nginx: 'QUIT', haproxy: 'USR1' };

/** nginx with `server app:80` looks the name up once, where a name stands for containers (S-40). */
function byDefault({ kind, place }: ServiceDraft, { platform }: Surroundings): 'once' | 'told' {
  if (kind !== 'nginx' || (platform !== 'docker' && platform !== 'compose')) return 'told';
  place.report.note(
    `${place.path}: nginx looks its servers up when it starts, and at nginx -s reload: it knows no container that comes later; write resolve: 10s to look again`,
  );
  return 'once';
}

export interface BalancerRead {
  readonly service: BalancerService;
  /** Service that it says it serves, and where. */
  readonly backend: string | null;
  readonly given: ReadonlyMap<string, Place>;
}

export function readBalancer(draft: ServiceDraft, surroundings: Surroundings): BalancerRead {
  const { base } = readBase(draft, surroundings);
  const { values: v, given } = readBlock(
    draft.x,
    balancerKeys(draft.kind),
    balancerDefaults(draft.kind),
    xKeyHint('balancer'),
  );
  const service: BalancerService = {
    ...base,
    role: 'balancer',
    kind: draft.kind,
    stopSignal: base.stopSignal ?? STOPSIGNALS[draft.kind] ?? null,
    balance: v.balance,
    resolve: v.resolve ?? byDefault(draft, surroundings),
    hashType: v['hash-type'],
    sticky: v.sticky,
    check: v.check && {
      interMs: v.check.inter,
      fastinterMs: v.check.fastinter,
      downinterMs: v.check.downinter,
      fall: v.check.fall,
      rise: v.check.rise,
      timeoutMs: v.check.timeout,
    },
    retries: v.retries,
    redispatch: v.redispatch,
    persist: v.persist,
    retryOn: v['retry-on'],
    noPost: v['no-post'],
    connectTimeoutMs: v.timeouts.connect,
    serverTimeoutMs: v.timeouts.server,
    queueTimeoutMs: v.timeouts.queue,
    maxconn: v.maxconn,
    slowstartMs: v.slowstart,
    observe: v.observe,
    errorLimit: v['error-limit'],
    onError: v['on-error'],
    onMarkedDown: v['on-marked-down'],
    handoverMs: v.handover,
    keepalive: v.keepalive,
    idleTimeoutMs: v['idle-timeout'],
    maxFails: v['max-fails'],
    failTimeoutMs: v['fail-timeout'],
    nextUpstream: v['next-upstream'],
    deregistrationMs: v['deregistration-delay'],
  };
  return { service, backend: v.backend, given };
}

/** The balancer that the platform brings along when the file has none; null = it brings none. */
export function impliedBalancer(
  place: Place,
  taken: readonly string[],
  surroundings: Surroundings,
): BalancerService | null {
  const own = PLATFORM_BALANCER[surroundings.platform];
  if (!own) return null;
  const name =
    [own.name, ...taken.map((_, i) => `${own.name}-${i + 2}`)].find((free) => !taken.includes(free)) ??
    own.name;
  const nothing: Place = { ...place, node: null };
  const draft: ServiceDraft = {
    name,
    place: nothing,
    entries: new Map(),
    x: nothing,
    image: `${own.kind}:1`,
    role: 'balancer',
    kind: own.kind,
    kindAt: nothing,
    roleGiven: false,
  };
  return { ...readBalancer(draft, surroundings).service, balance: own.balance };
}
