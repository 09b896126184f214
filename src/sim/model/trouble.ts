import type { Container } from './container.ts';
import { NODE_BALANCER, nodeOf } from './legs.ts';
import { barrier } from './network.ts';
import { STORE_TRIP, STORE_WAIT } from './requests.ts';
import { storeTrouble } from './storing.ts';
import type { World } from './world.ts';

/** Which journal entry explains what goes wrong with a container: a fault that is over explains nothing any more. */

/** How a container does now: the fault that it suffers from, else what became of it last. */
export const conditionOf = (c: Container): number => (c.faultEntry >= 0 ? c.faultEntry : c.entry);

/** What became of it last, or what it has got over since. */
export const latestOf = (c: Container): number => Math.max(c.entry, c.clearedEntry);

/** The fault or edit that slows it down, -1 = none. */
const troubleOf = (c: Container): number => (c.faultEntry >= 0 ? c.faultEntry : c.behaviour.slowEntry);

/** Why its work takes as long as it does: a fault, an edit, or else the way it was started. */
export const paceOf = (c: Container): number => (troubleOf(c) >= 0 ? troubleOf(c) : c.lifeEntry);

/** Why it does not answer a check or a probe well. */
export const ailmentOf = (c: Container): number => (!c.listening || !c.booted ? c.entry : paceOf(c));

/** What keeps a request waiting: packets that vanish, its container, a store, or what cost it time before. */
export function delayOf(w: World, r: number): number {
  const q = w.requests;
  if (q.container[r] < 0) return q.because[r] >= 0 ? q.because[r] : shortageOf(w);
  const c = w.containers[q.container[r]];
  const silence = barrier(w, NODE_BALANCER, nodeOf(c.id));
  if (silence >= 0) return silence;
  if (c.frozen) return conditionOf(c);
  if (q.state[r] === STORE_TRIP || q.state[r] === STORE_WAIT) {
    const trouble = storeTrouble(w, c, r);
    if (trouble >= 0) return trouble;
  }
  return troubleOf(c) < 0 && q.because[r] >= 0 ? q.because[r] : paceOf(c);
}

/** Why no server is left: the last one was taken away, or all of them are banned for their failures (S-93). */
export function noServerBecause(w: World): number {
  if (w.proxy.up.length === 0) return w.proxy.entry;
  return Math.max(-1, ...w.proxy.up.map((i) => w.proxy.servers[i].failEntry));
}

/**
 * Why too few servers take requests: the trouble of the one that is waited for (`server`), else the latest of one that the
 * balancer knows; -1 = there are just too many requests.
 */
export function shortageOf(w: World, server = -1): number {
  if (w.proxy.up.length === 0) return w.proxy.entry;
  const own = server >= 0 ? troubleOf(w.containers[w.proxy.servers[server].container]) : -1;
  if (own >= 0) return own;
  let entry = -1;
  for (const i of w.proxy.members) {
    const s = w.proxy.servers[i];
    const c = w.containers[s.container];
    entry = Math.max(entry, s.state === 'up' ? troubleOf(c) : s.entry);
  }
  return entry;
}
