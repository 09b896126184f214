import { FIRST, Rows } from '../engine/rows.ts';
import type { Container } from './container.ts';
import { NODE_BALANCER, nodeOf } from './legs.ts';
import { reachable } from './network.ts';
import { FIRST_ON_CONNECTION, KEPT } from './requests.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

/**
 * Idle connections that a balancer keeps to its servers (`keepalive`), a stack for each server. Nothing has to watch them:
 * whether one has been closed, by the balancer after its `idle-timeout` or by the application after its
 * `keep-alive-timeout`, is looked at when a request wants it.
 */
export class KeptConnections extends Rows {
  /** Process at the other end. */
  life: Int32Array = new Int32Array(FIRST);
  /** Idle since, at the balancer. */
  since: Float64Array = new Float64Array(FIRST);
  /** When its process closes it, if nothing comes along it until then. */
  closesAt: Float64Array = new Float64Array(FIRST);
  /** Its neighbour in its server's stack that was used later, -1 = none; `next` is the one that was used less lately. */
  newer: Int32Array = new Int32Array(FIRST);

  open(): number {
    return this.take();
  }
  close(row: number): void {
    this.give(row);
  }
}

/**
 * Gives request r the connection to its server that was used last, if one stands as far as the balancer can know: it hears
 * one hop late that the other end has closed it, and what it sends in between meets a reset (S-91, S-94, S-100).
 */
export function takeKept(w: World, r: number, server: Server): void {
  const row = server.keptNewest;
  if (row < 0) return;
  const q = w.requests;
  if (w.balancer.firstOnItsOwn === true && (q.flags[r] & FIRST_ON_CONNECTION) !== 0) return;
  const table = w.kept;
  const c = w.containers[server.container];
  const stands =
    (c.life === table.life[row] && c.listening && w.now < table.closesAt[row] + w.hop) ||
    // What cannot be reached has said nothing: its connections look as good as ever.
    !reachable(w, NODE_BALANCER, nodeOf(c.id));
  if (!stands || w.now >= table.since[row] + w.lb.idleTimeoutMs) {
    // Those below it have been idle for longer.
    forgetKept(w, server);
    return;
  }
  q.flags[r] |= KEPT;
  q.life[r] = table.life[row];
  q.closesAt[r] = table.closesAt[row];
  drop(w, server, row);
}

/** Request r has had its answer: its connection stays open, in place of the one used least lately if there are too many. */
export function keep(w: World, r: number, server: Server): void {
  const table = w.kept;
  if (w.balancer.keepsPerServer !== true) {
    if (table.live >= w.lb.keepalive) dropOldestOfAll(w);
  } else if (server.kept >= w.lb.keepalive) drop(w, server, server.keptOldest);
  const row = table.open();
  table.life[row] = w.requests.life[r];
  table.since[row] = w.now;
  table.closesAt[row] = w.requests.closesAt[r];
  table.next[row] = server.keptNewest;
  table.newer[row] = -1;
  if (server.keptNewest >= 0) table.newer[server.keptNewest] = row;
  else server.keptOldest = row;
  server.keptNewest = row;
  server.kept++;
}

/** The idle connections to a server are gone, all of them. */
export function forgetKept(w: World, server: Server): void {
  while (server.keptNewest >= 0) drop(w, server, server.keptNewest);
}

/**
 * Whether the connection along which request r has come is one that this container no longer has: of an earlier process,
 * of one that takes nothing more, or closed for idleness in the moment before. Says why in `because` of the request.
 */
export function brokenMeanwhile(w: World, c: Container, r: number): boolean {
  const q = w.requests;
  const row = q.conn[r];
  const life = row >= 0 ? w.connections.life[row] : q.life[r];
  if (!c.listening || c.life !== life) {
    q.edit(r).because[r] = c.entry;
    return true;
  }
  const closesAt = row >= 0 ? w.connections.closesAt[row] : q.closesAt[r];
  // A frozen process closes nothing.
  if (w.now < closesAt || c.frozen) return false;
  q.edit(r).because[r] = w.journal.add(
    w.now,
    'connection-idle',
    c.lifeEntry,
    c.id,
    q.user[r],
    q.id[r],
    w.app.keepAliveTimeoutMs,
  );
  return true;
}

function drop(w: World, server: Server, row: number): void {
  const table = w.kept;
  const older = table.next[row];
  const newer = table.newer[row];
  if (newer >= 0) table.next[newer] = older;
  else server.keptNewest = older;
  if (older >= 0) table.newer[older] = newer;
  else server.keptOldest = newer;
  server.kept--;
  table.close(row);
}

function dropOldestOfAll(w: World): void {
  const since = w.kept.since;
  let oldest: Server | null = null;
  for (const server of w.proxy.servers)
    if (server.kept > 0 && (oldest === null || since[server.keptOldest] < since[oldest.keptOldest]))
      oldest = server;
  if (oldest !== null) drop(w, oldest, oldest.keptOldest);
}
