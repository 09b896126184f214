/** Keys of a balancer that this kind of balancer does not have: nothing that is written is ignored in silence. */
import { listed } from '../known-names.ts';
import { complain } from '../yaml/place.ts';
import type { Parts } from './parts.ts';

/** Which kinds have a key; the rest of the keys belong to all. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'hash-type': ['haproxy'],
  resolve: ['haproxy', 'nginx'],
  check: ['haproxy', 'alb'],
  retries: ['haproxy'],
  redispatch: ['haproxy'],
  persist: ['haproxy'],
  'retry-on': ['haproxy'],
  'no-post': ['haproxy'],
  timeouts: ['haproxy', 'nginx', 'alb'],
  maxconn: ['haproxy'],
  slowstart: ['haproxy', 'alb'],
  observe: ['haproxy'],
  'error-limit': ['haproxy'],
  'on-error': ['haproxy'],
  'on-marked-down': ['haproxy'],
  handover: ['haproxy'],
  keepalive: ['haproxy', 'nginx', 'alb'],
  'idle-timeout': ['haproxy', 'nginx', 'alb'],
  'max-fails': ['nginx'],
  'fail-timeout': ['nginx'],
  'next-upstream': ['nginx'],
  'deregistration-delay': ['alb'],
};

export function checkBalancerKeys({ platform, balancers, names }: Parts): void {
  for (const { draft, read } of balancers) {
    const at = read.given.get('resolve');
    if (at && read.service.resolve !== 'told' && (platform === 'swarm' || platform === 'kubernetes'))
      complain(
        at,
        `on ${platform} the name of a service is one address for all its containers; write resolve: told`,
      );
    for (const [name, at] of read.given) {
      const owners = OWNERS[name];
      if (!owners || owners.includes(draft.kind) || !names.balancers.includes(draft.kind)) continue;
      const have = owners.filter((kind) => names.balancers.includes(kind));
      complain(
        at,
        `${draft.kind} has no ${name}: remove it${have.length > 0 ? `, or use ${listed(have)}` : ''}`,
      );
    }
  }
}
