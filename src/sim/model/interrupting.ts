import type { Container } from './container.ts';
import { drawAnswer } from './balancing.ts';
import { EV } from './events.ts';
import {
  ANSWERED,
  CHECK,
  CONNECTED,
  SENDING,
  STORE_TRIP,
  STREAM,
  TO_CLIENT,
  WORKING,
  unlink,
} from './requests.ts';
import { cutFront } from './front-end.ts';
import { forgetKept } from './kept.ts';
import { next } from './serving.ts';
import { watchStreams } from './partitions.ts';
import { backsOff, failExpired, suspend } from './storing.ts';
import { causeCode } from './traffic.ts';
import type { World } from './world.ts';

/** Freezes what a container does: work keeps what is left of it. Streams have no beat from now on. */
export function freezeWork(w: World, c: Container): void {
  const q = w.requests;
  for (let r = c.work.head; r >= 0; r = q.next[r]) {
    if (q.kind[r] === STREAM) w.after(w.lb.serverTimeoutMs, EV.streamSilent, r, q.stamp[r]);
    if (q.state[r] === WORKING || q.state[r] === STORE_TRIP || backsOff(w, r)) suspend(w, r);
    else if (q.state[r] === SENDING) {
      suspend(w, r);
      if ((q.flags[r] & CONNECTED) !== 0) w.serverDeadlines.set(r, w.now + w.lb.serverTimeoutMs);
    }
  }
}

/** Goes on where `freezeWork` stopped, and takes in what has queued up since: `fault` has cost all of them time. */
export function thawWork(w: World, c: Container, fault: number): void {
  const q = w.requests;
  for (const list of [c.work, c.backlog])
    for (let r = list.head; r >= 0; r = q.next[r]) q.edit(r).because[r] = fault;
  for (let r = c.work.head; r >= 0; r = q.next[r]) {
    // Its next beat comes now; only a partition keeps it from its client.
    if (q.kind[r] === STREAM) q.stamp[r]++;
    if (q.state[r] === SENDING) {
      w.serverDeadlines.clear(r);
      q.due[r] += w.now;
      w.after(q.due[r] - w.now, EV.bodySent, r, ++q.stamp[r]);
    } else if (q.state[r] === WORKING || q.state[r] === STORE_TRIP || backsOff(w, r)) {
      const kind =
        q.state[r] === WORKING ? EV.workDone : q.state[r] === STORE_TRIP ? EV.storeDone : EV.storeResend;
      const left = q.due[r];
      q.due[r] = w.now + left;
      w.after(left, kind, r, ++q.stamp[r]);
    } else failExpired(w, r);
  }
  if (w.silent !== 0) watchStreams(w);
  next(w, c);
}

/** Nothing that a process was doing goes on: no work, and no time-out of its store client either. */
export function abandonWork(w: World, c: Container): void {
  for (let r = c.work.head; r >= 0; r = w.requests.next[r]) w.requests.stamp[r]++;
}

/** The process is gone: every connection it had breaks now, those of streams too. */
export function breakConnections(w: World, c: Container, because: number): void {
  const q = w.requests;
  for (const list of [c.work, c.backlog]) {
    for (let r = list.head; r >= 0; r = list.head) {
      unlink(q, list, r);
      q.edit(r).because[r] = because;
      if (q.kind[r] === CHECK) {
        if (q.server[r] >= 0) w.afterHop(EV.checkResult, q.server[r], -q.upload[r]);
        q.close(r);
        continue;
      }
      if (w.legs.on && (q.flags[r] & ANSWERED) === 0) drawAnswer(w, r, 2, causeCode('reset'));
      q.state[r] = TO_CLIENT;
      w.afterHop(EV.reset, r, ++q.stamp[r]);
    }
  }
  c.active = 0;
  c.streams = 0;
  if (c.server >= 0) {
    w.proxy.servers[c.server].connections = 0;
    forgetKept(w, w.proxy.servers[c.server]);
  }
  // The balancer's own process: every connection that it kept went with it.
  if (c.id === w.frontContainer) {
    for (const server of w.proxy.servers) forgetKept(w, server);
    cutFront(w, because);
  }
}
