import type { Container } from './container.ts';
import { EV } from './events.ts';
import {
  NODE_BALANCER,
  NODE_USERS,
  containerOf,
  hostOfNode,
  nodeOf,
  storeNode,
  storeOfNode,
} from './legs.ts';
import { TO_CLIENT } from './requests.ts';
import type { Store } from './store.ts';
import type { World } from './world.ts';

/**
 * Who can reach whom. A part is a node number of legs.ts: the users, the balancer, a container, a store or a host. Where
 * something stands between two parts no packet arrives and none comes back, not even a reset: connects time out,
 * what is under way hangs.
 */

/** Packets between two parts vanish, both ways. A value, never changed in place. */
export interface Partition {
  readonly id: number;
  readonly a: number;
  readonly b: number;
  /** As a person would say it: `users and balancer`. */
  readonly label: string;
  /** When it began, and its journal entry. */
  readonly at: number;
  readonly entry: number;
}

/** Host that a part lives on, or -1: the users are on none, the balancer and the stores where their containers are. */
function hostOf(w: World, node: number): number {
  const container = containerOf(node);
  if (container >= 0) return w.containers[container].host;
  if (w.platform.machines === 'many' || node === NODE_USERS) return hostOfNode(node);
  return node === NODE_BALANCER || storeOfNode(node) >= 0 ? 0 : hostOfNode(node);
}

const covers = (w: World, part: number, node: number): boolean =>
  part === node || (hostOfNode(part) >= 0 && hostOf(w, node) === hostOfNode(part));

/**
 * Journal entry of what stands between two parts (a host that is down, a partition), or -1 if packets get through.
 * Costs one test while nothing is wrong.
 */
export function barrier(w: World, from: number, to: number): number {
  if (w.silent === 0) return -1;
  for (const node of [from, to]) {
    const host = hostOf(w, node);
    if (host >= 0 && !w.hosts[host].up) return w.hosts[host].entry;
  }
  for (const p of w.partitions)
    if ((covers(w, p.a, from) && covers(w, p.b, to)) || (covers(w, p.a, to) && covers(w, p.b, from)))
      return p.entry;
  return -1;
}

/** Packets between the two parts get through. */
export function reachable(w: World, from: number, to: number): boolean {
  if (w.silent === 0) return true;
  return barrier(w, from, to) < 0;
}

/** A store answers a command of container c now: it is up, does not hang, and packets get through. */
export const answers = (w: World, c: Container, store: Store): boolean =>
  store.up && !store.paused && reachable(w, nodeOf(c.id), storeNode(store.id));

/** Counts again what may stand in the way; call whenever a host goes or comes back. A host that is down has its `entry` set. */
export function settleNetwork(w: World): void {
  w.silent = w.partitions.length + w.hosts.filter((h) => !h.up).length;
}

/** First retransmission time-outs of TCP in ms; each further one is twice as long. */
export const SYN_RTO_MS = 1000;
export const DATA_RTO_MS = 200;

/**
 * The packet that carries request r has vanished: its sender sends it again after a time-out, then after twice that, and
 * so on. Until then r waits where it is, and whoever waits for it may give up. The cause of an answer that failed stays.
 */
export function vanish(w: World, r: number, because: number, rtoMs: number): void {
  const q = w.requests;
  if (q.state[r] !== TO_CLIENT || q.cause[r] < 0) q.edit(r).because[r] = because;
  q.due[r] = w.now;
  w.after(rtoMs, EV.resent, r, q.stamp[r]);
}
