import type { Legs } from '../view.ts';

/** Bits of a leg's flags (see `Legs`). */
export const LEG_BACK = 1;
export const LEG_STORE = 2;
export const LEG_CHECK = 4;
export const LEG_SIGN_IN = 8;
export const LEG_UPLOAD = 16;

/** Index of `retried` in LEG_OUTCOMES. */
export const LEG_RETRIED = 5;

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

/**
 * The last legs, in a ring, for drawing only: not part of the run, its hash or its checkpoints.
 * Off until somebody looks.
 */
export class LegLog {
  on = false;
  private readonly capacity = 65_536;
  private count = 0;
  private from = new Int32Array(0);
  private to = new Int32Array(0);
  private t0 = new Float64Array(0);
  private t1 = new Float64Array(0);
  private user = new Int32Array(0);
  private outcome = new Uint8Array(0);
  private cause = new Int8Array(0);
  private flags = new Uint8Array(0);

  enable(on: boolean): void {
    if (on && this.from.length === 0) {
      const n = this.capacity;
      this.from = new Int32Array(n);
      this.to = new Int32Array(n);
      this.t0 = new Float64Array(n);
      this.t1 = new Float64Array(n);
      this.user = new Int32Array(n);
      this.outcome = new Uint8Array(n);
      this.cause = new Int8Array(n);
      this.flags = new Uint8Array(n);
    }
    if (!on) this.count = 0;
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
    const i = this.count++ % this.capacity;
    this.from[i] = from;
    this.to[i] = to;
    this.t0[i] = t0;
    this.t1[i] = t1;
    this.user[i] = user;
    this.outcome[i] = outcome;
    this.cause[i] = cause;
    this.flags[i] = flags;
  }

  clear(): void {
    this.count = 0;
  }

  /** Copies of the legs whose drawn interval [t0, max(t1, t0 + stretch)] holds t. */
  at(t: number, stretch: number): Legs {
    const hits: number[] = [];
    const first = Math.max(0, this.count - this.capacity);
    for (let k = first; k < this.count; k++) {
      const i = k % this.capacity;
      const t0 = this.t0[i];
      const end = this.t1[i] > t0 + stretch ? this.t1[i] : t0 + stretch;
      if (t0 <= t && t <= end) hits.push(i);
    }
    const n = hits.length;
    const pick = <T extends Int32Array | Float64Array | Uint8Array | Int8Array>(column: T, into: T): T => {
      for (let k = 0; k < n; k++) into[k] = column[hits[k]];
      return into;
    };
    return {
      length: n,
      from: pick(this.from, new Int32Array(n)),
      to: pick(this.to, new Int32Array(n)),
      t0: pick(this.t0, new Float64Array(n)),
      t1: pick(this.t1, new Float64Array(n)),
      user: pick(this.user, new Int32Array(n)),
      outcome: pick(this.outcome, new Uint8Array(n)),
      cause: pick(this.cause, new Int8Array(n)),
      flags: pick(this.flags, new Uint8Array(n)),
    };
  }
}
