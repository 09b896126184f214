import { accepts } from '../../model/lifecycle.ts';
import type { Host, World } from '../../model/world.ts';
import { membersOf } from './members.ts';
import { nodeOf } from './node.ts';

/** Node for a new pod of a service: the one with the fewest of its pods; -1 = none takes any. */
export function place(w: World, service: number): number {
  let best = -1;
  let least = Infinity;
  const pods = membersOf(w, service).filter((c) => !c.terminating && c.phase !== 'created');
  for (const host of w.hosts) {
    const node = nodeOf(w, host.id);
    if (!accepts(host) || node.cordoned || node.notReady || !carries(w, host, service)) continue;
    const n = pods.filter((c) => c.host === host.id).length;
    if (n < least) {
      least = n;
      best = host.id;
    }
  }
  return best;
}

/** The scenario's hosts carry the apps; what else runs has a machine of its own beside them. */
const carries = (w: World, host: Host, service: number): boolean =>
  w.services[service].def.role === 'app' ? host.id < w.scenario.hosts : host.id >= w.scenario.hosts;
