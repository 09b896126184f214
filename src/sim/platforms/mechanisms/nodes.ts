import type { Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import type { Host, World } from '../../model/world.ts';
import { blameSet, wake } from './controllers.ts';
import { abandon } from './deployment.ts';
import { budgetOf, isHealthy } from './disruption-budget.ts';
import { withdraw } from './endpoints.ts';
import { membersOf } from './members.ts';
import { nodeOf, putNode } from './node.ts';
import { TIMER, timerWord } from './pod-timers.ts';
import { retire } from './retire.ts';

/** A node that has not reported for this long is NotReady; its pods tolerate that for so long, in ms (S-78). */
const GRACE_MS = 50_000;
const TOLERATION_MS = 300_000;
/** `kubectl drain` asks again for what a disruption budget refused, in ms. */
const DRAIN_RETRY_MS = 5000;
/** How often it looks whether what it evicted is gone, in ms. */
const DRAIN_LOOK_MS = 1000;

const podsOn = (w: World, host: number): Container[] =>
  w.services.flatMap((_, service) => membersOf(w, service)).filter((c) => c.host === host);

function say(w: World, host: Host, cause: number, text: string): number {
  return w.journal.add(w.now, 'node-status', cause, -1, -1, -1, 0, `${host.name} ${text}`);
}

const wakeAll = (w: World): void => w.services.forEach((_, service) => wake(w, service));

/** A host went silent, or is back (S-78). */
export function onNode(w: World, host: Host): void {
  const node = nodeOf(w, host.id);
  const stamp = node.stamp + 1;
  putNode(w, host.id, { ...node, stamp, notReady: host.up ? false : node.notReady });
  if (host.up) wakeAll(w);
  else w.after(GRACE_MS, EV.platform, host.id, timerWord(TIMER.nodeSilent, stamp));
}

/** NotReady: its pods are out of their Services, and run on if they can. */
export function onNodeSilent(w: World, id: number, stamp: number): number {
  const host = w.hosts[id];
  const node = nodeOf(w, id);
  if (host.up || node.stamp !== stamp) return 0;
  putNode(w, id, { ...node, notReady: true });
  const entry = say(w, host, host.entry, `has not reported for ${GRACE_MS / 1000} s: it is NotReady`);
  for (const c of podsOn(w, id)) {
    c.ready = false;
    c.entry = entry;
    withdraw(w, c);
    wake(w, c.service);
  }
  w.after(TOLERATION_MS, EV.platform, id, timerWord(TIMER.nodeEvicted, stamp));
  return 1;
}

/** Tolerated long enough: its pods are deleted, which only their kubelet could confirm; others are made elsewhere. */
export function onNodeEvicted(w: World, id: number, stamp: number): number {
  const host = w.hosts[id];
  if (host.up || nodeOf(w, id).stamp !== stamp) return 0;
  const entry = say(
    w,
    host,
    host.entry,
    `has been NotReady for ${TOLERATION_MS / 1000} s: its pods are deleted`,
  );
  for (const c of podsOn(w, id)) {
    if (c.terminating) continue;
    c.entry = entry;
    abandon(c);
    blameSet(w, c);
  }
  return 1;
}

/** Whether a disruption budget keeps a pod on a node that is drained. */
export const staysOn = (w: World, id: number): boolean =>
  podsOn(w, id).some((c) => !c.terminating && c.phase !== 'created');

/** `kubectl cordon`, `kubectl uncordon`: whether new pods may come. False = it was so already. */
export function cordon(w: World, id: number, cordoned: boolean): boolean {
  const node = nodeOf(w, id);
  if (node.cordoned === cordoned) return false;
  putNode(w, id, { ...node, cordoned, draining: cordoned ? node.draining : -1 });
  if (!cordoned) wakeAll(w);
  return true;
}

/** `kubectl drain`: evicts what the disruption budgets allow now, and the rest as soon as they do (S-77). Returns the evicted. */
export function drain(w: World, id: number, cause: number): Container[] {
  const already = nodeOf(w, id).draining >= 0;
  putNode(w, id, { ...nodeOf(w, id), draining: say(w, w.hosts[id], cause, 'is being drained') });
  const { evicted, blocked } = evictAllowed(w, id);
  if (!already) {
    if (blocked) w.after(DRAIN_RETRY_MS, EV.platform, id, timerWord(TIMER.drain));
    if (!finishDrain(w, id)) w.after(DRAIN_LOOK_MS, EV.platform, id, timerWord(TIMER.drained));
  }
  return evicted;
}

export function onDrain(w: World, id: number): number {
  if (nodeOf(w, id).draining < 0) return 0;
  const { evicted, blocked } = evictAllowed(w, id);
  if (blocked) w.after(DRAIN_RETRY_MS, EV.platform, id, timerWord(TIMER.drain));
  return evicted.length;
}

export function onDrained(w: World, id: number): number {
  if (nodeOf(w, id).draining < 0) return 0;
  if (finishDrain(w, id)) return 1;
  w.after(DRAIN_LOOK_MS, EV.platform, id, timerWord(TIMER.drained));
  return 0;
}

/** Nothing of it is left on the node: that is what `drained` means. False = something is. */
function finishDrain(w: World, id: number): boolean {
  if (podsOn(w, id).some((c) => c.phase !== 'created')) return false;
  const { draining } = nodeOf(w, id);
  w.hosts[id].entry = say(w, w.hosts[id], draining, 'is drained');
  putNode(w, id, { ...nodeOf(w, id), draining: -1 });
  return true;
}

function evictAllowed(w: World, id: number): { evicted: Container[]; blocked: boolean } {
  const { draining } = nodeOf(w, id);
  const evicted: Container[] = [];
  let blocked = false;
  for (const c of podsOn(w, id)) {
    if (c.terminating) continue;
    const budget = budgetOf(w, c.service);
    // A pod that serves nobody may go whenever the others are enough.
    const allowed = budget === null || budget.healthy - (isHealthy(c) ? 1 : 0) >= budget.least;
    if (!allowed) {
      blocked = true;
      continue;
    }
    evicted.push(c);
    retire(w, c, { cause: draining, reason: 'evicted', after: 'remove', graceFromNow: true });
    blameSet(w, c);
  }
  return { evicted, blocked };
}
