import { refill } from '../engine/refill.ts';
import { isNothing, packedCell, type PackedRows, packRows, unpackRows } from './packed-rows.ts';

export interface SavedBins {
  readonly chunks: readonly PackedRows[];
  readonly length: number;
}

const ROW_BITS = 8;
const ROWS = 1 << ROW_BITS;

/**
 * Closed bins, which are only ever added. A hundred columns are counted and in most bins most are zero, so every `ROWS` bins
 * are packed, without loss: a quiet minute takes some 20 kB of the 450 kB that it would. Checkpoints and forks share
 * what is packed.
 */
export class BinLog {
  length = 0;
  private readonly packed: PackedRows[] = [];
  /** The latest rows, not packed yet, column by column; and which columns have something in them. Nobody writes zeros. */
  private readonly tail: Float64Array;
  private readonly used: Uint8Array;

  constructor(width: number) {
    this.tail = new Float64Array(ROWS * width);
    this.used = new Uint8Array(width);
  }

  /** Puts a number into the bin that is being closed; what nobody puts in is zero. */
  put(column: number, value: number): void {
    if (isNothing(value)) return;
    this.used[column] = 1;
    this.tail[(column << ROW_BITS) | (this.length & (ROWS - 1))] = value;
  }

  /** The bin is closed: the next one is put in from now on. */
  end(): void {
    this.length++;
    if ((this.length & (ROWS - 1)) !== 0) return;
    this.packed.push(packRows(this.tail, ROWS, ROWS, this.used));
    this.empty();
  }

  private empty(): void {
    const { tail, used } = this;
    for (let column = 0; column < used.length; column++)
      if (used[column] !== 0) tail.fill(0, column << ROW_BITS, (column + 1) << ROW_BITS);
    used.fill(0);
  }

  get(i: number, column: number): number {
    const block = i >> ROW_BITS;
    const row = i & (ROWS - 1);
    return block < this.packed.length
      ? packedCell(this.packed[block], row, column)
      : this.tail[(column << ROW_BITS) | row];
  }

  /** Sum of a column over rows [a, b); those that there are. */
  sum(column: number, a: number, b: number): number {
    const end = Math.min(b, this.length);
    let sum = 0;
    let i = a;
    while (i < end) {
      const block = this.packed[i >> ROW_BITS];
      const stop = Math.min(end, ((i >> ROW_BITS) + 1) << ROW_BITS);
      // Most columns have nothing to add for most of the time.
      if (block === undefined || block.bytesEach[column] > 0)
        for (; i < stop; i++) sum += this.get(i, column);
      i = stop;
    }
    return sum;
  }

  save(): SavedBins {
    const rows = this.length & (ROWS - 1);
    const chunks = this.packed.slice();
    if (rows > 0) chunks.push(packRows(this.tail, rows, ROWS, this.used));
    return { chunks, length: this.length };
  }

  load({ chunks, length }: SavedBins): void {
    const full = length >> ROW_BITS;
    refill(this.packed, chunks.slice(0, full));
    this.empty();
    if (full < chunks.length) unpackRows(chunks[full], this.tail, ROWS, this.used);
    this.length = length;
  }
}
