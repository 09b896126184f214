import { FIRST, PagedRows } from '../engine/rows.ts';

/** Codes of `kind`. */
export const SESSION = 0;
export const UPLOADED = 1;
export const RECORD = 2;

/** Codes of `state`. */
export const HELD = 1;
export const LOST = 2;
export const EXPIRED = 3;

/** Bits of `flags`. */
/** A session that has been refused once already. */
export const REFUSED = 1;

/**
 * Pieces of state, each in the place that holds its last copy: sessions, uploads, records.
 * A place keeps its items in a list, so that its end can be told to each of them.
 */
export class Items extends PagedRows {
  kind: Uint8Array = new Uint8Array(FIRST);
  state: Uint8Array = new Uint8Array(FIRST);
  flags: Uint8Array = new Uint8Array(FIRST);
  owner: Int32Array = new Int32Array(FIRST);
  /** Serial of the place, -1 once lost. */
  place: Int32Array = new Int32Array(FIRST);
  /** Of a session: the format it was written in, an index into the run's session formats. Of an order: the checkout's number. Of an upload: its key, from 1; 0 = one of its own. */
  format: Int32Array = new Int32Array(FIRST);
  /** Counts the uses of a row, so that an old reference can be told from a new one. */
  gen: Int32Array = new Int32Array(FIRST);
  /** With `next`: its neighbours in the list of its place. */
  prev: Int32Array = new Int32Array(FIRST);
  createdAt: Float64Array = new Float64Array(FIRST);
  /** When it was last written or read, where its store keeps order by that. */
  usedAt: Float64Array = new Float64Array(FIRST);
  /** Infinity = never. */
  expiresAt: Float64Array = new Float64Array(FIRST);
  /** Journal entry of its loss; of a session that is held, of what has put it out of its user's reach. */
  lostEntry: Int32Array = new Int32Array(FIRST);

  open(kind: number, owner: number, now: number): number {
    const i = this.take();
    this.kind[i] = kind;
    this.state[i] = HELD;
    this.flags[i] = 0;
    this.owner[i] = owner;
    this.place[i] = -1;
    this.format[i] = 0;
    this.prev[i] = -1;
    this.next[i] = -1;
    this.createdAt[i] = now;
    this.usedAt[i] = now;
    this.expiresAt[i] = Infinity;
    this.lostEntry[i] = -1;
    return i;
  }

  close(i: number): void {
    this.gen[i]++;
    this.give(i);
  }
}
