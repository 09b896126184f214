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
 * Departures between two returns from the loop. A loop that is never left runs in the code that was compiled for it while
 * it was young and knew little; the engine's own is left with every step of the clock.
 */
const SLICE = 1000;

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
  const herd = new AnchorHerd(policy, c, rho * c, requests, seed);
  while (herd.served < requests) herd.advance(Math.min(requests, herd.served + SLICE));
  return { events: 2 * requests, meanWait: herd.waited / requests, end: herd.queue.time };
}

/** The herd of `anchorLoop`, to be run bit by bit. */
export class AnchorHerd {
  readonly queue = new EventQueue();
  private readonly arrivals: Stream;
  private readonly work: Stream;
  private readonly choice: Stream;
  private readonly inTurn: boolean;
  private readonly atRandom: boolean;
  private readonly c: number;
  private readonly rate: number;
  private readonly requests: number;
  /** Requests that one queue may have in service. */
  private readonly places: number;
  // Rows of waiting requests, in lists by queue; `busy` counts those in service.
  private arrived = new Float64Array(1024);
  private next = new Int32Array(1024);
  private readonly head: Int32Array;
  private readonly tail: Int32Array;
  private readonly busy: Int32Array;
  private free = -1;
  private used = 0;
  private turn = 0;
  private sent = 0;
  served = 0;
  waited = 0;

  constructor(policy: Policy, c: number, rate: number, requests: number, seed: number) {
    this.inTurn = policy === 'roundrobin';
    this.atRandom = policy === 'random';
    this.c = c;
    this.rate = rate;
    this.requests = requests;
    this.places = policy === 'central' ? c : 1;
    const queues = policy === 'central' ? 1 : c;
    this.head = new Int32Array(queues).fill(-1);
    this.tail = new Int32Array(queues).fill(-1);
    this.busy = new Int32Array(queues);
    this.arrivals = new Stream(seed, 0);
    this.work = new Stream(seed, 1);
    this.choice = new Stream(seed, 2);
    this.queue.push(this.arrivals.exponential() / rate, ARRIVE, 0, 0);
  }

  /** Runs until so many requests have been served. */
  advance(served: number): void {
    const queue = this.queue;
    while (this.served < served) {
      queue.takeBefore(Infinity);
      if (queue.kind === ARRIVE) this.arrive();
      else this.depart(queue.a);
    }
  }

  private arrive(): void {
    const now = this.queue.time;
    if (++this.sent < this.requests)
      this.queue.push(now + this.arrivals.exponential() / this.rate, ARRIVE, 0, 0);
    let q = 0;
    if (this.inTurn) {
      q = this.turn;
      this.turn = q + 1 === this.c ? 0 : q + 1;
    } else if (this.atRandom) q = this.choice.below(this.c);
    if (this.busy[q]! < this.places) {
      this.busy[q]!++;
      this.queue.push(now + this.work.exponential(), DEPART, q, 0);
      return;
    }
    let row = this.free;
    if (row >= 0) this.free = this.next[row]!;
    else {
      if (this.used === this.next.length) this.grow();
      row = this.used++;
    }
    this.arrived[row] = now;
    this.next[row] = -1;
    const last = this.tail[q]!;
    if (last >= 0) this.next[last] = row;
    else this.head[q] = row;
    this.tail[q] = row;
  }

  private depart(q: number): void {
    const now = this.queue.time;
    this.served++;
    const row = this.head[q]!;
    if (row < 0) {
      this.busy[q]!--;
      return;
    }
    const after = this.next[row]!;
    this.head[q] = after;
    if (after < 0) this.tail[q] = -1;
    this.waited += now - this.arrived[row]!;
    this.next[row] = this.free;
    this.free = row;
    this.queue.push(now + this.work.exponential(), DEPART, q, 0);
  }

  private grow(): void {
    const wider = new Float64Array(this.used * 2);
    wider.set(this.arrived);
    this.arrived = wider;
    const longer = new Int32Array(this.used * 2);
    longer.set(this.next);
    this.next = longer;
  }
}
