import { refill } from './refill.ts';

type Column = Float64Array<ArrayBufferLike> | Uint16Array<ArrayBufferLike>;

export interface SavedLog<T extends Column> {
  readonly chunks: readonly T[];
  readonly length: number;
}

const ROW_BITS = 9;
const ROWS = 1 << ROW_BITS;

/**
 * Rows that are only ever added: the journal and latency samples. Saving shares the full chunks and
 * costs nothing but a copy of the last, half-filled one when the next row is added; so checkpoints and forks share a past.
 */
export class AppendLog<T extends Column> {
  length = 0;
  private readonly chunks: T[] = [];
  private shared = false;

  /** Words a row. */
  readonly width: number;
  private readonly make: (words: number) => T;

  constructor(make: (words: number) => T, width: number) {
    this.make = make;
    this.width = width;
  }

  /** The chunk and offset of row i: `chunk(i)[offset(i) + word]`. */
  chunk(i: number): T {
    return this.chunks[i >> ROW_BITS];
  }
  offset(i: number): number {
    return (i & (ROWS - 1)) * this.width;
  }

  /** Adds an empty row; returns its number. */
  add(): number {
    const i = this.length++;
    const at = i & (ROWS - 1);
    if (at === 0) {
      this.chunks.push(this.make(ROWS * this.width));
      this.shared = false;
    } else if (this.shared) {
      this.chunks[this.chunks.length - 1] = this.chunks[this.chunks.length - 1].slice() as T;
      this.shared = false;
    }
    return i;
  }

  get(i: number, word: number): number {
    return this.chunk(i)[this.offset(i) + word];
  }

  save(): SavedLog<T> {
    this.shared = true;
    return { chunks: this.chunks.slice(), length: this.length };
  }

  load(saved: SavedLog<T>): void {
    refill(this.chunks, saved.chunks);
    this.length = saved.length;
    this.shared = true;
  }
}
