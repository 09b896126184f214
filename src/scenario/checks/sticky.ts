/** `sessions: sticky` is memory in the container and a cookie at the balancer. */
import type { BalancerService } from '../../sim/model/scenario.ts';
import { complain } from '../yaml/place.ts';
import type { Parts } from './parts.ts';

/** Balancers that see no HTTP and so no cookies. */
const BLIND = ['l4'];

/** First open-source nginx with `sticky` (S-96). */
const SINCE = [1, 29, 6];

/** Whether a tag names an earlier version; a tag without numbers, or with fewer, is taken for the newest that it may be. */
function isOld(image: string): boolean {
  const version = /:(\d+(?:\.\d+)*)/.exec(image)?.[1]?.split('.').map(Number) ?? [];
  for (const [k, since] of SINCE.entries()) {
    const part = version[k] ?? Infinity;
    if (part !== since) return part < since;
  }
  return false;
}

/** The balancer with the cookie that sticky sessions want; complains where there can be none. */
export function applySticky({ herd, balancers, balancer }: Parts): BalancerService | null {
  const written = balancers[0]?.read.given.get('sticky');
  if (balancer && BLIND.includes(balancer.kind) && (herd.stickyAt || balancer.sticky === 'cookie')) {
    complain(
      written ?? herd.stickyAt ?? herd.draft.place,
      `${balancer.kind} works below HTTP and has no cookies; use a balancer such as lb: { image: "haproxy:3.2" }`,
    );
    return balancer;
  }
  if (balancer?.kind === 'nginx' && (herd.stickyAt || balancer.sticky === 'cookie') && isOld(balancer.image))
    complain(
      written ?? herd.stickyAt ?? herd.draft.place,
      `${balancer.image} has no sticky: it is in open-source nginx since ${SINCE.join('.')}; use image: "nginx:${SINCE.join('.')}", or balance: hash-user`,
    );
  if (!herd.stickyAt || !balancer) return balancer;
  if (written && balancer.sticky === 'none') {
    complain(
      written,
      `sessions: sticky in ${herd.draft.place.path} needs sticky: cookie here; remove this line, or write sessions: memory there`,
    );
    return balancer;
  }
  return { ...balancer, sticky: 'cookie' };
}
