import type { Legs } from '../view.ts';

/** Bits of a leg's flags (see `Legs`). */
export const LEG_BACK = 1;
export const LEG_STORE = 2;
export const LEG_CHECK = 4;
export const LEG_SIGN_IN = 8;
export const LEG_UPLOAD = 16;

export const LEG_503 = 64;

/** Indices in LEG_OUTCOMES. */
export const LEG_RETRIED = 5;
const BY_STATUS: Readonly<Record<number, number>> = { 200: 1, 401: 3, 404: 4, 429: 6 };

/** What a leg that carries an answer of this status tells: whatever is not meant to be answered is a failure. */
export const outcomeOf = (status: number): number => BY_STATUS[status] ?? 2;

/** Node numbers of a leg. Hosts have one too, though no leg ends there. */
const STORES_FROM = 1_000_000;
const HOSTS_FROM = 2_000_000;
export const NODE_USERS = 0;
export const NODE_BALANCER = 1;
export const nodeOf = (container: number): number => 2 + container;
export const storeNode = (store: number): number => STORES_FROM + store;
export const hostNode = (host: number): number => HOSTS_FROM + host;

/** Number of the container, store or host that a node stands for, or -1 if it is something else. */
export const containerOf = (node: number): number => (node >= 2 && node < STORES_FROM ? node - 2 : -1);
export const storeOfNode = (node: number): number =>
  node >= STORES_FROM && node < HOSTS_FROM ? node - STORES_FROM : -1;
export const hostOfNode = (node: number): number => (node >= HOSTS_FROM ? node - HOSTS_FROM : -1);

/** Legs that are kept: of as many requests as can be told apart in a picture, for as long as a failure is shown. */
const CAPACITY = 32_768;
/** A row's place in the ring is its number's low bits. */
const PLACE = CAPACITY - 1;
/** So many rows in a row are worth a copy of columns in one go. */
const MANY_ROWS = 32;

/** Legs in columns; `Legs` with room for more. */
class LegColumns {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly t0: Float64Array;
  readonly t1: Float64Array;
  readonly user: Int32Array;
  readonly outcome: Uint8Array;
  readonly cause: Int8Array;
  readonly flags: Uint8Array;

  constructor(room: number) {
    this.from = new Int32Array(room);
    this.to = new Int32Array(room);
    this.t0 = new Float64Array(room);
    this.t1 = new Float64Array(room);
    this.user = new Int32Array(room);
    this.outcome = new Uint8Array(room);
    this.cause = new Int8Array(room);
    this.flags = new Uint8Array(room);
  }

  /** Copies rows [i, end) of `other` to row `k` and on. */
  takeRows(k: number, other: LegColumns, i: number, end: number): void {
    if (end - i < MANY_ROWS) {
      for (let row = i; row < end; row++) this.take(k + row - i, other, row);
      return;
    }
    this.from.set(other.from.subarray(i, end), k);
    this.to.set(other.to.subarray(i, end), k);
    this.t0.set(other.t0.subarray(i, end), k);
    this.t1.set(other.t1.subarray(i, end), k);
    this.user.set(other.user.subarray(i, end), k);
    this.outcome.set(other.outcome.subarray(i, end), k);
    this.cause.set(other.cause.subarray(i, end), k);
    this.flags.set(other.flags.subarray(i, end), k);
  }

  /** Copies row `i` of `other` into row `k`. */
  take(k: number, other: LegColumns, i: number): void {
    this.from[k] = other.from[i];
    this.to[k] = other.to[i];
    this.t0[k] = other.t0[i];
    this.t1[k] = other.t1[i];
    this.user[k] = other.user[i];
    this.outcome[k] = other.outcome[i];
    this.cause[k] = other.cause[i];
    this.flags[k] = other.flags[i];
  }
}

/**
 * The last legs, in a ring, for drawing only: not part of the run, its hash or its checkpoints.
 * Off until somebody looks. Where so much travels that the ring is too short for what is asked of it, only the legs of
 * every second user are kept, or every fourth, and so on (see `Legs.every`): all of those users' legs, so that what is
 * drawn still starts and arrives.
 */
export class LegLog {
  on = false;
  private count = 0;
  private ring = new LegColumns(0);
  private found = new LegColumns(0);
  /** Legs are kept of users whose number plus one has none of these bits: one less than a power of two. */
  private mask = 0;
  /** Since this time they are kept by `mask`; before, by twice that. */
  private finerSince = -Infinity;
  /** The longest leg there was; and how much later than a leg one that was noted before it may set out. */
  private longest = 0;
  private ahead = 0;
  private latest = 0;

  enable(on: boolean): void {
    if (on && this.ring.from.length === 0) {
      this.ring = new LegColumns(CAPACITY);
      this.found = new LegColumns(CAPACITY);
    }
    if (!on) this.clear();
    this.on = on;
  }

  /** `outcome` indexes LEG_OUTCOMES, `cause` FAILURE_CAUSES or -1. */
  add(
    from: number,
    to: number,
    t0: number,
    t1: number,
    user: number,
    outcome: number,
    cause: number,
    flags: number,
  ): void {
    if (((user + 1) & this.mask) !== 0) return;
    const i = this.count++ & PLACE;
    const { ring } = this;
    ring.from[i] = from;
    ring.to[i] = to;
    ring.t0[i] = t0;
    ring.t1[i] = t1;
    ring.user[i] = user;
    ring.outcome[i] = outcome;
    ring.cause[i] = cause;
    ring.flags[i] = flags;
    if (t1 - t0 > this.longest) this.longest = t1 - t0;
    if (t0 > this.latest) this.latest = t0;
    else if (this.latest - t0 > this.ahead) this.ahead = this.latest - t0;
  }

  clear(): void {
    this.count = 0;
    this.mask = 0;
    this.finerSince = -Infinity;
    this.longest = 0;
    this.ahead = 0;
    this.latest = 0;
  }

  /**
   * The legs whose drawn interval [t0, max(t1, t0 + stretch)] holds t, in the order they were noted. The columns are
   * lent: they hold until the next call, and may have room for more rows than `length`.
   */
  at(t: number, stretch: number): Legs {
    const { ring, found } = this;
    const { t0, t1, user: of } = ring;
    const mask = t - stretch < this.finerSince ? this.mask * 2 + 1 : this.mask;
    const kept = Math.max(0, this.count - CAPACITY);
    // Before this time nothing set out that is still drawn.
    const since = t - (this.longest > stretch ? this.longest : stretch) - this.ahead;
    let first = this.count;
    while (first > kept && t0[(first - 1) & PLACE] >= since) first--;
    let n = 0;
    // Most of them are drawn: they are copied by stretches of rows, which end with the ring.
    let began = -1;
    for (let k = first; k < this.count; k++) {
      const i = k & PLACE;
      const isDrawn = t0[i] <= t && (t <= t0[i] + stretch || t <= t1[i]) && ((of[i] + 1) & mask) === 0;
      if (isDrawn && began < 0) began = i;
      if (began < 0 || (isDrawn && i !== PLACE && k !== this.count - 1)) continue;
      const end = isDrawn ? i + 1 : i;
      found.takeRows(n, ring, began, end);
      n += end - began;
      began = -1;
    }
    if (stretch > 0) this.adapt(t, stretch, first === kept && kept > 0 && t0[kept & PLACE] > t - stretch, n);
    const { from, to, user, outcome, cause, flags } = found;
    return { length: n, every: mask + 1, from, to, t0: found.t0, t1: found.t1, user, outcome, cause, flags };
  }

  /** Keeps half as many where the ring was too short, twice as many where it is nearly empty. */
  private adapt(t: number, stretch: number, tooShort: boolean, n: number): void {
    if (tooShort) {
      this.mask = this.mask * 2 + 1;
      this.finerSince = -Infinity;
      this.drop();
    } else if (this.mask > 0 && n < CAPACITY / 8 && this.finerSince <= t - stretch) {
      this.mask = (this.mask - 1) / 2;
      this.finerSince = t;
    }
  }

  /** Takes what `mask` no longer keeps out of the ring. */
  private drop(): void {
    const { ring } = this;
    const all = new LegColumns(CAPACITY);
    let n = 0;
    for (let k = Math.max(0, this.count - CAPACITY); k < this.count; k++) {
      const i = k & PLACE;
      if (((ring.user[i] + 1) & this.mask) === 0) all.take(n++, ring, i);
    }
    this.ring = all;
    this.count = n;
  }
}
