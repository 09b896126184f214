import type { Blocks } from './blocks.ts';
import type { Page } from './pages.ts';

/**
 * Events of later years, in lists in the order they came, a row each. Lists are made of blocks, so that a row is written
 * and read beside its neighbours, and a block that was read serves the next list that needs one.
 */
export interface SavedLater {
  readonly times: readonly Page[];
  readonly words: readonly Page[];
  readonly next: Int32Array;
  readonly firsts: Int32Array;
  readonly ends: Int32Array;
  readonly free: number;
}

/** Rows of a block: a power of two. */
const BLOCK_BITS = 6;
const BLOCK = 1 << BLOCK_BITS;
/** Words of a row: kind, a and b. */
const WORDS = 3;
/** No block. */
export const NONE = -1;

export class LaterEvents {
  times = new Float64Array(0);
  private words = new Int32Array(0);
  /** By block: the next of its list, or of those that are free. */
  private next = new Int32Array(0);
  private free = NONE;
  private used = 0;
  /** By list: its first block, and the row after its last; 0 = it is empty. */
  private readonly firsts: Int32Array;
  private readonly ends: Int32Array;

  constructor(lists: number) {
    this.firsts = new Int32Array(lists).fill(NONE);
    this.ends = new Int32Array(lists);
  }

  /** A new row at the end of a list. The caller puts its time into `times`: a float that is passed may need a box. */
  add(list: number, kind: number, a: number, b: number): number {
    let row = this.ends[list];
    if ((row & (BLOCK - 1)) === 0) row = this.begin(list, row);
    this.ends[list] = row + 1;
    const words = this.words;
    const at = row * WORDS;
    words[at] = kind;
    words[at + 1] = a;
    words[at + 2] = b;
    return row;
  }

  kind(row: number): number {
    return this.words[row * WORDS];
  }
  a(row: number): number {
    return this.words[row * WORDS + 1];
  }
  b(row: number): number {
    return this.words[row * WORDS + 2];
  }

  /** A new block at the end of a list whose blocks are full: its first row. */
  private begin(list: number, end: number): number {
    let block = this.free;
    if (block === NONE) {
      if (this.used === this.next.length) this.grow(Math.max(8, 2 * this.used));
      block = this.used++;
    } else this.free = this.next[block];
    this.next[block] = NONE;
    if (end === 0) this.firsts[list] = block;
    else this.next[(end >> BLOCK_BITS) - 1] = block;
    return block << BLOCK_BITS;
  }

  /**
   * Takes all rows off a list; returns its first block. They stay readable, from `block * rows` to `stop`, until their block
   * is released.
   */
  takeOff(list: number): number {
    const first = this.firsts[list];
    this.firsts[list] = NONE;
    this.ends[list] = 0;
    return first;
  }

  end(list: number): number {
    return this.ends[list];
  }

  start(block: number): number {
    return block << BLOCK_BITS;
  }

  /** The row after the last of a block, in a list that ends at `end`. */
  stop(block: number, end: number): number {
    return (end - 1) >> BLOCK_BITS === block ? end : (block + 1) << BLOCK_BITS;
  }

  /** Frees a block; returns the one after it in its list. */
  release(block: number): number {
    const after = this.next[block];
    this.next[block] = this.free;
    this.free = block;
    return after;
  }

  /** The earliest time of all, Infinity if there is none. */
  earliest(): number {
    let best = Infinity;
    this.firsts.forEach((first, list) => {
      for (let block = first; block !== NONE; block = this.next[block]) {
        const stop = this.stop(block, this.ends[list]);
        for (let row = this.start(block); row < stop; row++) best = Math.min(best, this.times[row]);
      }
    });
    return best;
  }

  private grow(blocks: number): void {
    const rows = blocks << BLOCK_BITS;
    const times = new Float64Array(rows);
    times.set(this.times);
    const words = new Int32Array(rows * WORDS);
    words.set(this.words);
    const next = new Int32Array(blocks);
    next.set(this.next);
    this.times = times;
    this.words = words;
    this.next = next;
  }

  save(blocks: Blocks): SavedLater {
    const rows = this.used << BLOCK_BITS;
    return {
      times: blocks.copy([this.times], rows),
      words: blocks.copy([this.words], rows * WORDS),
      next: this.next.slice(0, this.used),
      firsts: this.firsts.slice(),
      ends: this.ends.slice(),
      free: this.free,
    };
  }

  load(saved: SavedLater, blocks: Blocks): void {
    this.used = saved.next.length;
    if (this.next.length < this.used) this.grow(this.used);
    blocks.put([this.times], saved.times);
    blocks.put([this.words], saved.words);
    this.next.set(saved.next);
    this.firsts.set(saved.firsts);
    this.ends.set(saved.ends);
    this.free = saved.free;
  }
}
