import { onBack } from './answering.ts';
import { onAtBalancer, release } from './balancing.ts';
import { EV } from './events.ts';
import { NODE_BALANCER, NODE_USERS, nodeOf } from './legs.ts';
import { DATA_RTO_MS, SYN_RTO_MS, barrier, settleNetwork } from './network.ts';
import {
  ANSWERED,
  CONNECTED,
  FIRST_ON_CONNECTION,
  KEPT,
  STREAM,
  STREAMING,
  TO_BALANCER,
  TO_CLIENT,
  TO_SERVER,
  UNANSWERED,
  unlink,
} from './requests.ts';
import { onAtServer } from './serving.ts';
import { dropStream, streamRefused } from './streams.ts';
import { conditionOf } from './trouble.ts';
import { onAtClient } from './traffic.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const OVER = 0;
const STALE = 1;
const SENT_AGAIN = 2;

/** Packets between two parts vanish from now on, until `forMs` is over or somebody heals it. */
export function beginPartition(
  w: World,
  cut: { a: number; b: number; label: string; forMs: number | null; cause: number },
): void {
  const entry = w.journal.add(w.now, 'partition-began', cut.cause, -1, -1, -1, 0, cut.label);
  // Numbers are not used twice, so that the end of one cut does not heal the next.
  const id = entry;
  w.partitions = [...w.partitions, { id, a: cut.a, b: cut.b, label: cut.label, at: w.now, entry }];
  settleNetwork(w);
  watchStreams(w);
  if (cut.forMs !== null) w.after(cut.forMs, EV.partitionOver, id);
}

/** Packets get through again; what vanished arrives when its sender next tries. */
export function healPartition(w: World, id: number, cause: number): boolean {
  const cut = w.partitions.find((p) => p.id === id);
  if (cut === undefined) return false;
  const cutOff = w.containers.filter((c) => barrier(w, NODE_BALANCER, nodeOf(c.id)) === cut.entry);
  w.partitions = w.partitions.filter((p) => p.id !== id);
  settleNetwork(w);
  const entry = w.journal.add(w.now, 'partition-healed', cause, -1, -1, -1, 0, cut.label);
  for (const c of cutOff) c.clearedEntry = entry;
  return true;
}

/** `--for` is over. */
export function onPartitionOver(w: World, id: number): number {
  const cut = w.partitions.find((p) => p.id === id);
  return cut !== undefined && healPartition(w, id, cut.entry) ? OVER : STALE;
}

/** A packet that vanished is sent again: it arrives, or vanishes once more. */
export function onResent(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  const waited = w.now - q.due[r];
  const state = q.state[r];
  // What a container still sends for a user who is gone goes no further than the balancer.
  const inward = state === TO_SERVER || (state === TO_CLIENT && (q.flags[r] & (CONNECTED | ANSWERED)) !== 0);
  const far = inward ? nodeOf(q.container[r]) : NODE_USERS;
  if (barrier(w, NODE_BALANCER, far) < 0) {
    if (state === TO_BALANCER) return onAtBalancer(w, r, stamp);
    if (state === TO_SERVER) return onAtServer(w, r, stamp);
    return inward ? onBack(w, r, stamp) : onAtClient(w, r, stamp);
  }
  const fresh = (q.flags[r] & FIRST_ON_CONNECTION) !== 0;
  // Below HTTP a request to a container may go along a connection that its client has kept.
  const kept = (q.flags[r] & KEPT) !== 0;
  const syn = state === TO_SERVER ? !kept && (fresh || !w.pinned) : state === TO_BALANCER && fresh;
  const rto = waited + (syn ? SYN_RTO_MS : DATA_RTO_MS);
  const left = w.lb.connectTimeoutMs - waited;
  if (state === TO_SERVER && left <= rto && !w.pinned && !kept) {
    q.flags[r] |= UNANSWERED;
    w.after(left, EV.refused, r, stamp);
  } else if (state === TO_BALANCER && q.kind[r] === STREAM && waited >= w.traffic.timeoutMs)
    w.after(0, EV.streamSilent, r, stamp);
  else w.after(rto, EV.resent, r, stamp);
  return SENT_AGAIN;
}

/** What a stream has to cross: its beats stop at the first of these that is cut. */
function streamSilence(w: World, container: number): number {
  const outer = barrier(w, NODE_BALANCER, NODE_USERS);
  return outer >= 0 ? outer : barrier(w, NODE_BALANCER, nodeOf(container));
}

/** Who waits for a stream's beats gives up after this long: the client on its side, the balancer (`timeout server`) on the other. */
const patience = (w: World): number =>
  barrier(w, NODE_BALANCER, NODE_USERS) >= 0 ? w.traffic.timeoutMs : w.lb.serverTimeoutMs;

/** Streams hear nothing from now on; nobody tells them that they are cut. */
export function watchStreams(w: World): void {
  const q = w.requests;
  for (const c of w.containers) {
    if (c.streams === 0 || streamSilence(w, c.id) < 0) continue;
    for (let r = c.work.head; r >= 0; r = q.next[r])
      if (q.kind[r] === STREAM) w.after(patience(w), EV.streamSilent, r, q.stamp[r]);
  }
}

/** A stream has been silent for as long as its ends wait. */
export function onStreamSilent(w: World, r: number, stamp: number): number {
  const q = w.requests;
  if (q.stamp[r] !== stamp) return STALE;
  if (q.state[r] === TO_BALANCER) {
    streamRefused(w, r);
    return OVER;
  }
  if (q.state[r] === STREAMING) {
    const c = w.containers[q.container[r]];
    const between = streamSilence(w, c.id);
    const silence = between >= 0 || !c.frozen ? between : conditionOf(c);
    const since =
      between >= 0
        ? (w.partitions.find((p) => p.entry === between)?.at ?? -Infinity)
        : w.journal.read(conditionOf(c)).t;
    // A cut of its own that began since has its own time-out.
    if (silence < 0 || w.now - since < patience(w) - 1e-6) return STALE;
    q.edit(r).because[r] = silence;
    unlink(q, c.work, r);
    c.streams--;
  }
  release(w, r);
  dropStream(w, r);
  return OVER;
}
