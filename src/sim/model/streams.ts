import type { Container } from './container.ts';
import { EV } from './events.ts';
import { FIRST_ON_CONNECTION, STREAM, TO_BALANCER, unlink } from './requests.ts';
import { M } from '../metrics/columns.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const DONE = 0;

/** A long-lived client connects (SSE, WebSocket): it shares the balancer with everyone, and counts as no request. */
export function onConnectStream(w: World, client: number): number {
  const q = w.requests;
  w.metrics.count(M.attempts);
  if (w.streamTries[client] < 255) w.streamTries[client]++;
  const r = q.open(0, client % Math.max(1, w.users.count), STREAM);
  q.sentAt[r] = w.now;
  q.draw[r] = 0;
  q.edit(r).upload[r] = client;
  q.flags[r] |= FIRST_ON_CONNECTION;
  q.sessionPlace[r] = -1;
  q.state[r] = TO_BALANCER;
  w.afterHop(EV.atBalancer, r, ++q.stamp[r]);
  return DONE;
}

/** A container lets go of a stream: whoever is at its other end is reset. */
export function breakStream(w: World, c: Container, r: number, because: number): void {
  const q = w.requests;
  unlink(q, c.work, r);
  c.streams--;
  q.edit(r).because[r] = because;
  w.afterHop(EV.reset, r, ++q.stamp[r]);
}

/** A stream was cut: it comes back after the client's own delay. */
export function dropStream(w: World, r: number): void {
  w.metrics.count(M.dropped);
  w.journal.add(
    w.now,
    'stream-dropped',
    w.requests.because[r],
    w.requests.container[r],
    w.requests.user[r],
    -1,
    w.requests.upload[r],
  );
  streamRefused(w, r);
}

/** No connection now; the client tries again later. */
export function streamRefused(w: World, r: number): void {
  const q = w.requests;
  const { retryMs, backoff, jitter, maxMs } = w.traffic.streams;
  const client = q.upload[r];
  q.close(r);
  let wait = Math.min(retryMs, maxMs);
  // The first attempt after a connection that worked waits once; every one that fails makes the next wait longer.
  for (let k = w.streamTries[client]; k > 1 && wait < maxMs && backoff > 1; k--)
    wait = Math.min(maxMs, wait * backoff);
  w.after(wait * (1 + jitter * w.random.streams.uniform()), EV.connectStream, client);
}
