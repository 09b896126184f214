import { detach } from './answering.ts';
import { failAtBalancer, leaveQueue, release } from './balancing.ts';
import {
  ANSWERED,
  BACKLOG,
  CHECK,
  CONNECTED,
  PART_SENT,
  QUEUED,
  STREAM,
  STREAMING,
  TO_CLIENT,
  TO_SERVER,
  TURNAROUND,
  AT_CLIENT,
  TO_BALANCER,
  unlink,
} from './requests.ts';
import { dropStream, streamRefused } from './streams.ts';
import type { World } from './world.ts';

/**
 * The balancer's process has ended: every client whose request was with it, or beyond it, gets a reset now. Containers go
 * on with what they have and answer nobody. What had left the balancer before still arrives.
 */
export function cutFront(w: World, because: number): void {
  const q = w.requests;
  const rows = q.rows();
  // Those that wait go first: a place that becomes free must not take one of them to a server.
  for (const r of rows) {
    if (q.state[r] !== QUEUED) continue;
    leaveQueue(w, r);
    failAtBalancer(w, r, 0, 'reset', because);
  }
  for (const r of rows) {
    if (!through(w, r)) continue;
    if (q.kind[r] === STREAM) cutStream(w, r, because);
    else {
      const twin = detach(w, r);
      failAtBalancer(w, twin, 0, (q.flags[twin] & PART_SENT) !== 0 ? 'truncated' : 'reset', because);
    }
  }
}

/** Whether a balancer has anything to do for its clients still. */
export function isBusy(w: World): boolean {
  return w.requests.rows().some((r) => w.requests.state[r] === QUEUED || through(w, r));
}

/** Whether somebody waits for this row through the balancer. */
function through(w: World, r: number): boolean {
  const q = w.requests;
  const state = q.state[r];
  if (q.kind[r] === CHECK || state === AT_CLIENT || state === TO_BALANCER || state === QUEUED) return false;
  if ((q.flags[r] & ANSWERED) !== 0) return false;
  return state !== TO_CLIENT || (q.flags[r] & CONNECTED) !== 0;
}

function cutStream(w: World, r: number, because: number): void {
  const q = w.requests;
  const state = q.state[r];
  q.edit(r).because[r] = because;
  release(w, r);
  if (state === TO_SERVER || state === TURNAROUND) {
    streamRefused(w, r);
    return;
  }
  const c = w.containers[q.container[r]];
  if (state === STREAMING) {
    unlink(q, c.work, r);
    c.streams--;
  } else if (state === BACKLOG) unlink(q, c.backlog, r);
  dropStream(w, r);
}
