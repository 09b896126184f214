import { createContainer, moveTo, startProcess } from '../../model/lifecycle.ts';
import type { Container } from '../../model/container.ts';
import type { World } from '../../model/world.ts';
import { leaveVolumes, openMounts } from '../../model/volumes.ts';
import { membersOf } from './members.ts';
import { place } from './scheduler.ts';
import { retire } from './retire.ts';
import { available, fenceposts } from './rolling.ts';
import { rankVictims } from './victims.ts';

/** Pods of one template. Plain data, replaced when it changes. */
export interface ReplicaSet {
  /** What its pods carry as `revision`. */
  readonly template: number;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Counts `rollout restart` and changed settings: the same image twice is still another template. */
  readonly generation: number;
  /** Number in the history of the deployment: a template that comes back gets a new one (S-62). */
  readonly revision: number;
  /** Wanted pods of this template. */
  readonly replicas: number;
  /** Journal entry of what last changed the number, or took one of its pods. */
  readonly entry: number;
}

/** One deployment a service. Plain data, replaced when it changes. */
export interface Deployment {
  /** In order of creation. */
  readonly sets: readonly ReplicaSet[];
  /** Template that is wanted. */
  readonly current: number;
  /** Template of the last rollout that was completed, and the lowest number that the one under way has reached (S-76). */
  readonly settled: number;
  readonly reached: number;
  readonly paused: boolean;
  /** Journal entry of the rollout under way, -1 = none. */
  readonly entry: number;
  readonly startedAt: number;
  /** When the rollout last came forward, and whether it took longer than its deadline (S-61). */
  readonly progressedAt: number;
  readonly exceeded: boolean;
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
export const currentSet = (d: Deployment): ReplicaSet =>
  d.sets[d.sets.findIndex((s) => s.template === d.current)];
/** The template that a numbered pod gets when it is made: the wanted one where the rollout has been, else the one before (S-76). */
export function setOfNumber(d: Deployment, number: number): ReplicaSet {
  const settled = d.sets.find((s) => s.template === d.settled);
  return settled !== undefined && d.entry >= 0 && number < d.reached ? settled : currentSet(d);
}
export const replicasOf = (d: Deployment): number => sum(d.sets.map((s) => s.replicas));

/** Pods of a template that count: neither terminating nor gone; where their node is silent they count until they are deleted. */
export const podsOf = (w: World, service: number, template: number): Container[] =>
  membersOf(w, service).filter((c) => c.revision === template && !c.terminating);

const availableOf = (w: World, service: number, template: number): number =>
  podsOf(w, service, template).filter((c) => available(w, c)).length;

const withReplicas = (d: Deployment, template: number, replicas: number, entry: number): Deployment => ({
  ...d,
  sets: d.sets.map((s) =>
    s.template === template && s.replicas !== replicas ? { ...s, replicas, entry } : s,
  ),
});

/** The next move of the deployment controller: how many pods each template shall have. The same object = nothing to do. */
export function nextMove(w: World, service: number, d: Deployment): Deployment {
  const s = w.services[service];
  const cause = d.entry >= 0 ? d.entry : currentSet(d).entry;
  if (d.paused) return d;
  const current = currentSet(d);
  const olds = d.sets.filter((x) => x.template !== d.current && x.replicas > 0);
  if (s.def.role !== 'app' || s.def.rollout.strategy === 'recreate') {
    // Every old one is gone before the first new one is made (S-63).
    if (olds.length > 0) return olds.reduce((next, x) => withReplicas(next, x.template, 0, cause), d);
    if (membersOf(w, service).some((c) => c.revision !== d.current)) return d;
    return withChanged(d, current, s.wanted, cause);
  }
  const { surge, unavailable } = fenceposts(s.wanted, s.def.rollout);
  const total = replicasOf(d);
  // Up: as many new ones as there is room for (S-59).
  const grown =
    current.replicas > s.wanted
      ? s.wanted
      : current.replicas + Math.max(0, Math.min(s.wanted + surge - total, s.wanted - current.replicas));
  if (grown !== current.replicas) return withChanged(d, current, grown, cause);
  // Down: those that serve nobody first, then as many as enough others are available for, the oldest template first (S-59).
  const least = s.wanted - unavailable;
  let allowed = total - least - (current.replicas - availableOf(w, service, d.current));
  let next = d;
  for (const x of olds) {
    const idle = Math.min(allowed, x.replicas - availableOf(w, service, x.template));
    if (idle <= 0) continue;
    allowed -= idle;
    next = withReplicas(next, x.template, x.replicas - idle, cause);
  }
  let spare = Math.min(allowed, sum(d.sets.map((x) => availableOf(w, service, x.template))) - least);
  for (const x of next.sets) {
    const n = x.template === d.current ? 0 : Math.min(spare, x.replicas);
    if (n <= 0) continue;
    spare -= n;
    next = withReplicas(next, x.template, x.replicas - n, cause);
  }
  return next;
}

const withChanged = (d: Deployment, set: ReplicaSet, replicas: number, cause: number): Deployment =>
  set.replicas === replicas ? d : withReplicas(d, set.template, replicas, cause);

/** Makes and takes away pods until every template has what it shall have. True if anything changed. */
export function matchPods(w: World, service: number, d: Deployment): boolean {
  let changed = false;
  for (const set of d.sets) {
    const pods = podsOf(w, service, set.template);
    for (const c of pods) if (c.phase === 'created') changed = schedule(w, c, set) || changed;
    for (let n = pods.length; n < set.replicas; n++) {
      schedule(w, createPod(w, service, set), set);
      changed = true;
    }
    const surplus = pods.length - set.replicas;
    if (surplus <= 0) continue;
    const reason = set.template === d.current ? 'scaled in' : 'replaced';
    for (const c of rankVictims(w, pods).slice(0, surplus))
      if (c.phase === 'exited') abandon(c);
      else retire(w, c, { cause: set.entry, reason, after: 'remove', graceFromNow: true });
    changed = true;
  }
  return changed;
}

/** A pod on a node that does not answer is deleted: nobody confirms it before the node is back. */
export function abandon(c: Container): void {
  c.terminating = true;
  c.afterStop = 'remove';
}

/** A pending pod gets the node with room for it, and starts there; false = there is none. */
export function schedule(w: World, c: Container, set: ReplicaSet): boolean {
  const host = place(w, c.service);
  if (host < 0) return false;
  if (c.host !== host) {
    c.lostSessions += leaveVolumes(w, c, true, set.entry);
    moveTo(w, c, host);
    openMounts(w, c);
  }
  startProcess(w, c, set.entry);
  return true;
}

function createPod(w: World, service: number, set: ReplicaSet): Container {
  const { template: revision, image, environment } = set;
  return createContainer(w, service, set.entry, undefined, undefined, { revision, image, environment });
}

/** Nothing of an old template is left to serve, and every wanted pod is available. */
export function isComplete(w: World, service: number, d: Deployment): boolean {
  const wanted = w.services[service].wanted;
  return (
    d.sets.every((s) => s.template === d.current || podsOf(w, service, s.template).length === 0) &&
    podsOf(w, service, d.current).length === wanted &&
    availableOf(w, service, d.current) === wanted
  );
}

/**
 * Scaling in the middle of a rollout: each template keeps its share of the wanted pods and the surge, the largest first,
 * who also takes what rounding leaves over. `limit` = wanted + surge now, `before` = wanted + surge until now.
 */
export function shares(sizes: readonly number[], before: number, limit: number): number[] {
  const total = sum(sizes);
  let left = limit - total;
  const order = sizes.map((_, i) => i).sort((a, b) => sizes[b] - sizes[a] || b - a);
  const out = [...sizes];
  if (before <= 0) return out;
  for (const i of order) {
    const part = Math.round((sizes[i] * limit) / before) - sizes[i];
    const step = left > 0 ? Math.max(0, Math.min(part, left)) : Math.min(0, Math.max(part, left));
    out[i] += step;
    left -= step;
  }
  if (order.length > 0) out[order[0]] = Math.max(0, out[order[0]] + left);
  return out;
}
