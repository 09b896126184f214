import { FIRST, Rows } from '../engine/rows.ts';
import { NODE_BALANCER, nodeOf } from './legs.ts';
import { reachable } from './network.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

/**
 * Client connections that reach through to a container, as below HTTP they do (S-53, S-70): every request on one goes to
 * where its first went. An idle one is found dead when its user next wants it, so nothing has to watch it.
 */
export class Connections extends Rows {
  // `next` is the user's idle connection below this one.
  /** The container at its other end, and which of its processes. */
  container: Int32Array = new Int32Array(FIRST);
  life: Int32Array = new Int32Array(FIRST);
  /** When its process closes it, if nothing comes along it until then. */
  closesAt: Float64Array = new Float64Array(FIRST);

  open(container: number, life: number): number {
    const row = this.take();
    this.container[row] = container;
    this.life[row] = life;
    this.closesAt[row] = Infinity;
    this.next[row] = -1;
    return row;
  }
  close(row: number): void {
    this.give(row);
  }
}

/** Opens the connection of request r to a server. */
export function openConnection(w: World, r: number, server: Server): void {
  const c = w.containers[server.container];
  w.requests.edit(r).conn[r] = w.connections.open(c.id, c.life);
  server.connections++;
}

/** Ends the connection of request r. */
export function closeConnection(w: World, r: number): void {
  const row = w.requests.conn[r];
  w.requests.edit(r).conn[r] = -1;
  discard(w, row);
}

/** Request r has had its answer: its connection waits for the user's next request. */
export function keepConnection(w: World, r: number): void {
  const q = w.requests;
  const row = q.conn[r];
  const user = q.user[r];
  q.edit(r).conn[r] = -1;
  w.connections.closesAt[row] = q.closesAt[r];
  w.connections.next[row] = w.users.kept[user];
  w.users.editKept(user).kept[user] = row;
}

/** The user's idle connection that was used last and still stands, or -1. */
export function takeConnection(w: World, user: number): number {
  const table = w.connections;
  for (let row = w.users.kept[user]; row >= 0; row = w.users.kept[user]) {
    w.users.editKept(user).kept[user] = table.next[row];
    const c = w.containers[table.container[row]];
    // What cannot be reached has said nothing: its connections look as good as ever.
    // That its end has closed it is known two hops later.
    const stands = c.life === table.life[row] && c.listening && w.now < table.closesAt[row] + 2 * w.hop;
    if (stands || !reachable(w, NODE_BALANCER, nodeOf(c.id))) return row;
    discard(w, row);
  }
  return -1;
}

function discard(w: World, row: number): void {
  const c = w.containers[w.connections.container[row]];
  // Those of an earlier process went with it.
  if (c.life === w.connections.life[row] && c.server >= 0) w.proxy.servers[c.server].connections--;
  w.connections.close(row);
}
