import { detach } from './answering.ts';
import { failAtBalancer, release } from './balancing.ts';
import type { Container } from './container.ts';
import { EV } from './events.ts';
import { LEG_BACK, LEG_CHECK, NODE_BALANCER, nodeOf } from './legs.ts';
import { barrier, reachable } from './network.ts';
import { askInTurn } from './probes.ts';
import { setServer } from './pool.ts';
import { ANSWERED, CHECK, CONNECTED, FIRST_ON_CONNECTION, PART_SENT, STREAM, TO_CLIENT } from './requests.ts';
import type { Server } from './server.ts';
import { breakStream } from './streams.ts';
import { ailmentOf, latestOf } from './trouble.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const SENT = 0;
const STALE = 1;
const PASSED = 2;
const FAILED = 3;
const WENT_DOWN = 4;
const CAME_UP = 5;

/** The balancer probes a server. Every probe has a number of its own: `inc`. */
export function onCheck(w: World, index: number, inc: number): number {
  const s = w.proxy.servers[index];
  if (s.inc !== inc) return STALE;
  const check = w.lb.check;
  if (check === null) return STALE;
  const probe = ++s.inc;
  s.checkAt = -1;
  if (!w.frontUp) {
    w.after(check.interMs, EV.check, index, probe);
    return STALE;
  }
  const c = w.containers[s.container];
  const timeout = check.timeoutMs ?? check.interMs;
  if (!reachable(w, NODE_BALANCER, nodeOf(c.id)) || (c.frozen && c.listening)) {
    w.after(timeout, EV.checkResult, index, -probe);
  } else if (!c.listening || !c.booted || !c.behaviour.healthy) {
    w.after(2 * w.hop, EV.checkResult, index, -probe);
  } else if (w.app.blocking) {
    // The answer waits for its turn in the event loop; the check may time out before.
    askInTurn(w, c, index, probe);
    w.after(timeout, EV.checkResult, index, -probe);
  } else {
    w.after(2 * w.hop, EV.checkResult, index, probe);
  }
  if (w.legs.on) w.legs.add(NODE_BALANCER, nodeOf(c.id), w.now, w.now + w.hop, -1, 0, -1, LEG_CHECK);
  return SENT;
}

/** `result` is the probe's number, negative if it failed. */
export function onCheckResult(w: World, index: number, result: number): number {
  const s = w.proxy.servers[index];
  const passed = result > 0;
  if (s.inc !== (passed ? result : -result)) return STALE;
  const check = w.lb.check;
  if (check === null) return STALE;
  const c = w.containers[s.container];
  c.checkedAt = w.now;
  c.checkOk = passed;
  if (w.legs.on)
    w.legs.add(
      nodeOf(c.id),
      NODE_BALANCER,
      w.now,
      w.now + w.hop,
      -1,
      passed ? 1 : 2,
      -1,
      LEG_CHECK | LEG_BACK,
    );
  const full = check.rise + check.fall - 1;
  let outcome = passed ? PASSED : FAILED;
  if (passed) {
    if (s.health < full) {
      s.health++;
      if (s.health >= check.rise) s.health = full;
    }
    if (s.state === 'down' && s.health === full) {
      setServer(w, s, 'up', latestOf(c));
      outcome = CAME_UP;
    }
  } else if (failCheck(w, s, because(w, c))) outcome = WENT_DOWN;
  const up = s.state !== 'down';
  const steady = up ? s.health === full : s.health === 0;
  const delay = !steady
    ? (check.fastinterMs ?? check.interMs)
    : up
      ? check.interMs
      : (check.downinterMs ?? check.interMs);
  s.checkAt = w.now + delay;
  w.after(delay, EV.check, index, s.inc);
  return outcome;
}

/** Why a check of a container failed. */
function because(w: World, c: Container): number {
  const silence = barrier(w, NODE_BALANCER, nodeOf(c.id));
  return silence >= 0 ? silence : ailmentOf(c);
}

/** Brings the next check forward to `fastinter` from now, if that is set and it is not due sooner (S-82). */
export function hurryCheck(w: World, s: Server): void {
  const fast = w.lb.check?.fastinterMs ?? null;
  if (fast === null || s.checkAt <= w.now + fast) return;
  s.checkAt = w.now + fast;
  w.at(s.checkAt, EV.check, s.index, ++s.inc);
}

/** One more failed check; true if it took the server down. */
export function failCheck(w: World, s: Server, cause: number): boolean {
  const rise = w.lb.check?.rise ?? 1;
  if (s.health >= rise) s.health--;
  else if (s.state === 'down') s.health = 0;
  if (s.health >= rise) return false;
  s.health = 0;
  if (s.state !== 'up') return false;
  markDown(w, s, cause);
  return true;
}

/** DOWN: no new requests; those under way wait on unless `on-marked-down shutdown-sessions`. */
export function markDown(w: World, s: Server, cause: number): void {
  s.health = 0;
  const entry = setServer(w, s, 'down', cause);
  if (w.lb.onMarkedDown === 'shutdown-sessions') shutSessions(w, s, entry, { status: null, streams: true });
}

/**
 * Closes the connections that a server still works on: `status` to their clients, or (null) 502 to the first request of
 * a client connection and nothing to a later one.
 */
export function shutSessions(
  w: World,
  s: Server,
  entry: number,
  how: { readonly status: number | null; readonly streams: boolean },
): void {
  const cutOff = (r: number): void => {
    const status = how.status ?? ((q.flags[r] & FIRST_ON_CONNECTION) !== 0 ? 502 : 0);
    const cut = (q.flags[r] & PART_SENT) !== 0;
    failAtBalancer(w, r, cut ? 0 : status, cut ? 'truncated' : 'reset', entry);
  };
  const q = w.requests;
  const c = w.containers[s.container];
  // Answers that have vanished on their way count as under way too.
  for (let r = 0; w.silent !== 0 && r < q.used; r++) {
    if (q.state[r] !== TO_CLIENT || (q.flags[r] & CONNECTED) === 0 || q.server[r] !== s.index) continue;
    if ((q.flags[r] & ANSWERED) === 0 && q.kind[r] !== STREAM) cutOff(r);
  }
  for (const list of [c.work, c.backlog]) {
    for (let r = list.head; r >= 0;) {
      const next = q.next[r];
      if ((q.flags[r] & CONNECTED) !== 0 && q.kind[r] !== STREAM && q.kind[r] !== CHECK) {
        // Nobody waits any more for one whose user has given up: its connection is closed all the same.
        if ((q.flags[r] & ANSWERED) !== 0) release(w, r);
        else cutOff(detach(w, r));
      } else if (how.streams && q.kind[r] === STREAM) breakStream(w, c, r, entry);
      r = next;
    }
  }
}
