import { EventQueue } from '../src/sim/engine/event-queue.ts';
import { Stream } from '../src/sim/engine/random.ts';

/** How a request finds a worker. `central` = one queue for all of them, as a balancer with `maxconn 1` keeps it. */
export type Policy = 'roundrobin' | 'random' | 'central';

export interface AnchorResult {
  /** Arrivals and departures. */
  readonly events: number;
  /** Mean wait before service, in units of the mean service time. */
  readonly meanWait: number;
  /** Virtual time of the last departure. */
  readonly end: number;
}

const ARRIVE = 0;
const DEPART = 1;

/**
 * The smallest loop that one could call a herd: Poisson arrivals, `c` workers with exponential service (mean 1), one
 * request at a time each, utilisation `rho`. It uses the engine's pending events and random numbers and nothing else, so
 * it is what an event costs before the product does anything with it. `bench/anchor.c` is the same loop, draw for draw.
 */
export function anchorLoop(
  policy: Policy,
  c: number,
  rho: number,
  requests: number,
  seed: number,
): AnchorResult {
  const queue = new EventQueue();
  const arrivals = new Stream(seed, 0);
  const work = new Stream(seed, 1);
  const choice = new Stream(seed, 2);
  const queues = policy === 'central' ? 1 : c;
  const rate = rho * c;

  // Rows of waiting requests, in lists by queue; `busy` counts those in service.
  let arrived = new Float64Array(1024);
  let next = new Int32Array(1024);
  let free = -1;
  let used = 0;
  const head = new Int32Array(queues).fill(-1);
  const tail = new Int32Array(queues).fill(-1);
  const busy = new Int32Array(queues);
  const places = policy === 'central' ? c : 1;

  let sent = 0;
  let served = 0;
  let waited = 0;
  let turn = 0;
  let now = 0;
  queue.push(arrivals.exponential() / rate, ARRIVE, 0, 0);
  while (served < requests) {
    now = queue.takeBefore(Infinity);
    let q = 0;
    if (queue.kind === ARRIVE) {
      if (++sent < requests) queue.push(now + arrivals.exponential() / rate, ARRIVE, 0, 0);
      if (policy === 'roundrobin') {
        q = turn;
        if (++turn === c) turn = 0;
      } else if (policy === 'random') q = choice.below(c);
      if (busy[q]! >= places) {
        let row = free;
        if (row >= 0) free = next[row]!;
        else {
          if (used === next.length) {
            const wider = new Float64Array(used * 2);
            wider.set(arrived);
            arrived = wider;
            const longer = new Int32Array(used * 2);
            longer.set(next);
            next = longer;
          }
          row = used++;
        }
        arrived[row] = now;
        next[row] = -1;
        if (tail[q]! >= 0) next[tail[q]!] = row;
        else head[q] = row;
        tail[q] = row;
        continue;
      }
      busy[q]!++;
    } else {
      served++;
      q = queue.a;
      const row = head[q]!;
      if (row < 0) {
        busy[q]!--;
        continue;
      }
      head[q] = next[row]!;
      if (head[q]! < 0) tail[q] = -1;
      waited += now - arrived[row]!;
      next[row] = free;
      free = row;
    }
    queue.push(now + work.exponential(), DEPART, q, 0);
  }
  return { events: 2 * requests, meanWait: waited / requests, end: now };
}
