import type { Blocks } from '../engine/blocks.ts';
import { BLOCK_BITS, type Column, type Even, type Page, pagesOf, type Sealed } from '../engine/pages.ts';
import { FIRST, Rows, type SavedRows } from '../engine/rows.ts';

/** Codes of `kind`: the first six are REQUEST_KINDS in order. */
export const BROWSE = 0;
export const SIGN_IN = 1;
export const UPLOAD = 2;
export const VIEW_UPLOAD = 3;
export const POST = 4;
export const CHECKOUT = 5;
/** A long-lived connection (SSE, WebSocket): not counted as a request. */
export const STREAM = 6;
/** A balancer's health check waiting behind the work of a blocked event loop. */
export const CHECK = 7;

/** Sent as a POST: nobody sends it twice unless told to (R-1, S-94). */
export const isPost = (kind: number): boolean => kind === POST || kind === CHECKOUT || kind === UPLOAD;

/** Codes of `state`: where a request is. */
export const AT_CLIENT = 0;
export const TO_BALANCER = 1;
export const QUEUED = 2;
export const TO_SERVER = 3;
export const TURNAROUND = 4;
export const BACKLOG = 5;
export const STORE_TRIP = 6;
export const STORE_WAIT = 7;
export const WORKING = 8;
export const STREAMING = 9;
export const TO_CLIENT = 10;
/** Its answer is on the way in parts, the status is there already. */
export const SENDING = 11;

/** Bits of `flags`. */
/** First request of its client connection. */
export const FIRST_ON_CONNECTION = 1;
/** Routed by its cookie. */
export const DIRECT = 2;
/** Its user has had an answer, or has given up; only the container still works on it. */
export const ANSWERED = 4;
/** Some container has begun to execute it. */
export const EXECUTED = 8;
/** Executed a second time (counted once). */
export const DUPLICATED = 16;
/** Holds a connection at the balancer (counted in its server's `current`). */
export const CONNECTED = 64;
/** Work is done; the trip to the store at its end is under way. */
export const WORK_DONE = 128;
/** Its connection attempt met silence (no RST), and timed out. */
export const UNANSWERED = 256;
/** What it reads came from the cache; or was not there. */
export const CACHE_HIT = 1 << 14;
export const CACHE_MISS = 1 << 15;
/** Its next attempt chooses a server anew. */
export const ANEW = 512;
/** The page is there; now its asset is asked for (`upload` holds the build that the page names). */
export const ASSET = 1024;
/** Its client has the status and a part of the answer: nobody can try it again. */
export const PART_SENT = 2048;
/** Its store has said to slow down (S-114). */
export const SLOWED = 4096;
/** Sent along a connection that the balancer had kept: `life` and `closesAt` are those of that connection. */
export const KEPT = 8192;

/** Columns that hold these numbers but for a few requests, or in a few herds: nobody who has not written to them looks for others. */
const ODD = { tried: 0, conn: -1, extra: 0, store: -1, reachedAt: 0, sessionGen: 0, upload: -1, because: -1 };
type Odd = keyof typeof ODD;
const ODD_NAMES = Object.keys(ODD) as Odd[];

/** The table as the model has it. */
export type RequestTable = Sealed<Requests, Odd>;

/** Requests under way. A row carries exactly one pending event, stamped; a stale stamp is a cancelled event. */
export class Requests extends Rows {
  /** Number of the request since t = 0. */
  id: Int32Array = new Int32Array(FIRST);
  user: Int32Array = new Int32Array(FIRST);
  kind: Uint8Array = new Uint8Array(FIRST);
  state: Uint8Array = new Uint8Array(FIRST);
  flags: Uint16Array = new Uint16Array(FIRST);
  stamp: Int32Array = new Int32Array(FIRST);
  /** When its user sent it. */
  sentAt: Float64Array = new Float64Array(FIRST);
  /** The random part of its work (see `scaled`). */
  draw: Float64Array = new Float64Array(FIRST);
  /** When the work it waits for will be done. */
  due: Float64Array = new Float64Array(FIRST);
  /** Server (index at the balancer) and container it was sent to, -1 = none. */
  server: Int32Array = new Int32Array(FIRST);
  container: Int32Array = new Int32Array(FIRST);
  /** Servers asked already, as bits (nginx asks each once). */
  tried: Int32Array = new Int32Array(FIRST);
  /** Connection attempts that failed. */
  retries: Uint8Array = new Uint8Array(FIRST);
  /** Attempts of the client itself that failed. */
  resends: Uint8Array = new Uint8Array(FIRST);
  /** Session cookie: item row, its generation, and the place that held it when sent; -1 = none. */
  session: Int32Array = new Int32Array(FIRST);
  sessionGen: Int32Array = new Int32Array(FIRST);
  sessionPlace: Int32Array = new Int32Array(FIRST);
  /** Upload to look at: item row, or -1. Of a browse: the build of the assets that its page names, 0 = none. */
  upload: Int32Array = new Int32Array(FIRST);
  /** Client connection that reaches through to its container (layer 4), or -1. */
  conn: Int32Array = new Int32Array(FIRST);
  /** Process at the other end of the kept connection that it took, or that has answered; and when that closes it if left idle. */
  life: Int32Array = new Int32Array(FIRST);
  closesAt: Float64Array = new Float64Array(FIRST);
  /** Answer on its way back: status, and failure cause or -1. */
  status: Uint16Array = new Uint16Array(FIRST);
  cause: Int8Array = new Int8Array(FIRST);
  /** Journal entry that explains a failure. */
  because: Int32Array = new Int32Array(FIRST);
  /** Work in ms that kinds of state add; and the kind (index + 1) whose store command is under way. */
  extra: Float64Array = new Float64Array(FIRST);
  asker: Uint8Array = new Uint8Array(FIRST);
  /** Store of its last command, and attempts at that command. */
  store: Int32Array = new Int32Array(FIRST);
  tries: Uint8Array = new Uint8Array(FIRST);
  /** When that command reached (will reach) the store. */
  reachedAt: Float64Array = new Float64Array(FIRST);
  /** With `next`: neighbours in the one list it is in, a balancer's queue, a container's backlog or its work. */
  prev: Int32Array = new Int32Array(FIRST);

  /** By block of rows: 1 = its odd columns may hold other numbers than the usual ones. */
  private oddBlocks = [0];

  constructor() {
    super();
    this.makeUsualFrom(0);
  }

  /** The table, to write to an odd column of one of its rows. */
  edit(r: number): this {
    this.oddBlocks[r >> BLOCK_BITS] = 1;
    return this;
  }

  protected override resize(capacity: number): void {
    const before = this.tried.length;
    super.resize(capacity);
    this.makeUsualFrom(before);
    while (this.oddBlocks.length < pagesOf(capacity, BLOCK_BITS)) this.oddBlocks.push(0);
  }

  protected override copy(blocks: Blocks): readonly Page[] {
    const columns = this.columns();
    const usual = new Map<Column, number>(ODD_NAMES.map((name) => [this[name], ODD[name]]));
    const even: Even = (column, p) => this.oddBlocks[p] === 0 && usual.has(column);
    const pages = blocks.copy(columns, this.used, even);
    pages.forEach((page, p) => {
      const asUsual = columns.every(
        (column, k) => !usual.has(column) || usual.get(column) === page.columns[k],
      );
      this.oddBlocks[p] = asUsual ? 0 : 1;
    });
    return pages;
  }
  override load(saved: SavedRows, blocks: Blocks): void {
    super.load(saved, blocks);
    this.oddBlocks.fill(1);
    // What rows not yet in use hold is in no page, and is not looked at when one is.
    this.makeUsualFrom(this.used);
  }

  private makeUsualFrom(r: number): void {
    for (const name of ODD_NAMES) this[name].fill(ODD[name], r);
  }

  /** Takes a row; `sentAt` and `draw` are the caller's to set. */
  open(id: number, user: number, kind: number): number {
    const r = this.take();
    this.id[r] = id;
    this.user[r] = user;
    this.kind[r] = kind;
    this.state[r] = AT_CLIENT;
    this.flags[r] = 0;
    this.server[r] = -1;
    this.container[r] = -1;
    this.retries[r] = 0;
    this.resends[r] = 0;
    this.session[r] = -1;
    this.life[r] = 0;
    this.closesAt[r] = Infinity;
    this.status[r] = 0;
    this.cause[r] = -1;
    this.asker[r] = 0;
    this.prev[r] = -1;
    this.next[r] = -1;
    if (this.oddBlocks[r >> BLOCK_BITS] !== 0) this.makeUsual(r);
    return r;
  }

  private makeUsual(r: number): void {
    this.tried[r] = ODD.tried;
    this.conn[r] = ODD.conn;
    this.extra[r] = ODD.extra;
    this.store[r] = ODD.store;
    this.reachedAt[r] = ODD.reachedAt;
    this.sessionGen[r] = ODD.sessionGen;
    this.upload[r] = ODD.upload;
    this.because[r] = ODD.because;
  }

  close(r: number): void {
    this.stamp[r]++;
    this.give(r);
  }
}

/** A list of request rows, kept by whoever owns it. */
export interface RequestList {
  head: number;
  tail: number;
  length: number;
}
export const emptyList = (): RequestList => ({ head: -1, tail: -1, length: 0 });

export function copyList(to: RequestList, from: RequestList): void {
  to.head = from.head;
  to.tail = from.tail;
  to.length = from.length;
}

export function append(q: RequestTable, list: RequestList, r: number): void {
  q.prev[r] = list.tail;
  q.next[r] = -1;
  if (list.tail >= 0) q.next[list.tail] = r;
  else list.head = r;
  list.tail = r;
  list.length++;
}

export function unlink(q: RequestTable, list: RequestList, r: number): void {
  const before = q.prev[r];
  const after = q.next[r];
  if (before >= 0) q.next[before] = after;
  else list.head = after;
  if (after >= 0) q.prev[after] = before;
  else list.tail = before;
  q.prev[r] = -1;
  q.next[r] = -1;
  list.length--;
}
