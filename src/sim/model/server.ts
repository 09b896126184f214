import { mirror, type Writable } from '../engine/refill.ts';
import type { Share } from './canary.ts';
import type { ServerState } from '../view.ts';
import { copyList, emptyList, type RequestList } from './requests.ts';

/** One server of the balancer: what the balancer believes about a container. */
export interface Server {
  readonly index: number;
  readonly container: number;
  /** Its line in the balancer's list, from 1: a replacement takes the line that is free. */
  line: number;
  state: ServerState;
  /** HAProxy's counter: 0 … rise+fall-1; below `rise` it is down. */
  health: number;
  /** Connections now, and those waiting for this very server. */
  current: number;
  queue: RequestList;
  /** Client connections that end at its container, idle ones too (layer 4 only). */
  connections: number;
  /** Idle connections that the balancer keeps to it: the one used last, the one used least lately (-1 = none), how many. */
  keptNewest: number;
  keptOldest: number;
  kept: number;
  /** Order number of its last use, to break ties. */
  used: number;
  /** Cancels its checks. */
  inc: number;
  /** When it last came up, for slow start; -1 = at full weight. */
  rampFrom: number;
  credit: number;
  /** Errors of live traffic in a row (`observe`). */
  errors: number;
  /** When its next check is due, in ms; -1 = one is under way, or none. */
  checkAt: number;
  /** nginx: failures counted, and the ban's end. */
  fails: number;
  failsSince: number;
  failedAt: number;
  /** nginx: journal entry that explains the last of them; -1 = none. */
  failEntry: number;
  /** nginx: effective weight, 0 right after a failure. */
  effective: number;
  entry: number;
}

export function newServer(index: number, container: number, line: number): Server {
  return {
    index,
    container,
    // What every request reads lies side by side, in few lines of the memory.
    state: 'up',
    current: 0,
    used: 0,
    queue: emptyList(),
    rampFrom: -1,
    errors: 0,
    inc: 0,
    health: 0,
    checkAt: -1,
    line,
    connections: 0,
    keptNewest: -1,
    keptOldest: -1,
    kept: 0,
    credit: 0,
    fails: 0,
    failsSince: -1,
    failedAt: -1,
    failEntry: -1,
    effective: 1,
    entry: -1,
  };
}

/** One as it is made, to be written over with what the given one is. */
export const blankServer = ({ index, container, line }: Server): Server => newServer(index, container, line);

/** Makes one server like another; it keeps its list. */
export function copyServer(to: Writable<Server>, from: Server): void {
  to.index = from.index;
  to.container = from.container;
  to.state = from.state;
  to.current = from.current;
  to.used = from.used;
  copyList(to.queue, from.queue);
  to.rampFrom = from.rampFrom;
  to.errors = from.errors;
  to.inc = from.inc;
  to.health = from.health;
  to.checkAt = from.checkAt;
  to.line = from.line;
  to.connections = from.connections;
  to.keptNewest = from.keptNewest;
  to.keptOldest = from.keptOldest;
  to.kept = from.kept;
  to.credit = from.credit;
  to.fails = from.fails;
  to.failsSince = from.failsSince;
  to.failedAt = from.failedAt;
  to.failEntry = from.failEntry;
  to.effective = from.effective;
  to.entry = from.entry;
}

/** The balancer's own state. */
export interface Proxy {
  servers: Server[];
  /** Indices of the servers that may get new requests, in order. */
  up: readonly number[];
  /** Indices of all that it knows, those that take no requests too. */
  members: readonly number[];
  /** Every line of the list before this one has a server. */
  nextLine: number;
  /** Addresses that the name stood for when the balancer asked last; and the number of that question. */
  known: readonly number[];
  asked: number;
  /** Where the next turn of round robin begins. */
  turn: number;
  uses: number;
  /** The part of the traffic that a canary gets; null = nobody is told apart. */
  canary: Share | null;
  /** `up`, parted by it; the canary's own turn; what is owed to it; and what became of its requests. */
  upCanary: readonly number[];
  upRest: readonly number[];
  turnCanary: number;
  credit: number;
  canaryAnswers: number;
  canaryFailures: number;
  /** Phase of the balancer's own clock against virtual time, in ms. */
  clockPhase: number;
  /** Requests that no server has room for. */
  queue: RequestList;
  /** Journal entry of the last time that it ran out of servers. */
  entry: number;
}

export const newProxy = (): Proxy => ({
  servers: [],
  up: [],
  members: [],
  nextLine: 1,
  known: [],
  asked: 0,
  turn: 0,
  uses: 0,
  canary: null,
  upCanary: [],
  upRest: [],
  turnCanary: 0,
  credit: 0,
  canaryAnswers: 0,
  canaryFailures: 0,
  clockPhase: 0,
  queue: emptyList(),
  entry: -1,
});

/** The proxy in a checkpoint; `room` has the servers of one that nobody needs any more. */
export const saveProxy = (p: Proxy, room: Server[] = []): Proxy => ({
  ...p,
  servers: mirror(room, p.servers, blankServer, copyServer),
  queue: { ...p.queue },
});

/** Puts a saved proxy into the one that is there, which keeps its lists. */
export function loadProxy(p: Proxy, saved: Proxy): void {
  const { servers, queue } = p;
  mirror(servers, saved.servers, blankServer, copyServer);
  copyList(queue, saved.queue);
  Object.assign(p, saved, { servers, queue });
}
