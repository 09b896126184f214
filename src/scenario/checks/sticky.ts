/** `sessions: sticky` is memory in the container and a cookie at the balancer. */
import type { BalancerService } from '../../sim/model/scenario.ts';
import { complain } from '../yaml/place.ts';
import type { Parts } from './parts.ts';

/** Balancers that see no HTTP and so no cookies. */
const BLIND = ['l4'];

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
