import type { Container } from '../../model/container.ts';
import { createContainer } from '../../model/lifecycle.ts';
import type { World } from '../../model/world.ts';
import {
  abandon,
  currentSet,
  type Deployment,
  type ReplicaSet,
  schedule,
  setOfNumber,
} from './deployment.ts';
import { membersOf } from './members.ts';
import { retire } from './retire.ts';
import { available } from './rolling.ts';

/** Whether pods of a service are numbered, and come and go one by one (S-76). */
export function isStateful(w: World, service: number): boolean {
  const { def } = w.services[service];
  return def.role === 'app' && def.workload === 'statefulset';
}

/**
 * One step of a StatefulSet (S-76): pods are made from the first number up, each when all before it are ready; they are
 * taken away from the last number down, one at a time, and a pod is replaced under its own number only when it is gone.
 * A pod that never gets ready holds everything up, an update back to a good template included. A pod that the update has
 * not reached is replaced as it was before. True if anything changed; `put` stores how far the update has come.
 */
export function stepStateful(
  w: World,
  service: number,
  d: Deployment,
  put: (d: Deployment) => void,
): boolean {
  const { wanted } = w.services[service];
  const pods = membersOf(w, service);
  const numbered = (n: number): Container | undefined => pods.find((c) => c.number === n);
  for (let n = 1; n <= wanted; n++) {
    const c = numbered(n);
    const set = setOfNumber(d, n);
    if (c === undefined) {
      begin(w, service, n, set);
      return true;
    }
    if (c.phase === 'created' && !c.terminating) return schedule(w, c, set);
    if (c.terminating || !available(w, c)) return false;
  }
  const last = pods[pods.length - 1];
  if (last !== undefined && last.number > wanted) return takeAway(w, last, d, 'scaled in');
  for (let n = wanted; n >= 1; n--) {
    const c = numbered(n);
    if (c === undefined || c.revision === d.current) continue;
    if (n < d.reached) put({ ...d, reached: n });
    return takeAway(w, c, d, 'replaced');
  }
  return false;
}

function begin(w: World, service: number, number: number, set: ReplicaSet): void {
  const { template: revision, image, environment } = set;
  schedule(
    w,
    createContainer(w, service, set.entry, number, undefined, { revision, image, environment }),
    set,
  );
}

function takeAway(w: World, c: Container, d: Deployment, reason: string): boolean {
  if (c.terminating) return false;
  if (c.phase === 'exited') {
    abandon(c);
    return true;
  }
  const cause = d.entry >= 0 ? d.entry : currentSet(d).entry;
  retire(w, c, { cause, reason, after: 'remove', graceFromNow: true });
  return true;
}
