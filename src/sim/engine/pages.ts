export type Column = Float64Array | Int32Array | Uint16Array | Int8Array | Uint8Array;

/** Some rows of a table as they were when a checkpoint was made; checkpoints between which nobody wrote to them may share it. */
export interface Page {
  /** A number stands for a column that has it in every row. */
  readonly columns: readonly (Column | number)[];
  readonly bytes: number;
}

/** Rows of a page that is shared, as a power of two. */
export const PAGE_BITS = 10;
/** Rows of a page that nobody shares, as a power of two: fewer and larger pieces are quicker to copy. */
export const BLOCK_BITS = 13;

/** Pages that so many rows take. */
export const pagesOf = (rows: number, bits: number): number => (rows + (1 << bits) - 1) >> bits;

/** Whether the numbers [from, to) of a column are one and the same. */
function same(column: Column, from: number, to: number): boolean {
  const first = column[from];
  if (!Object.is(column[to - 1], first)) return false;
  const each = column.BYTES_PER_ELEMENT;
  const bytes = (to - from) * each;
  // By words, whatever the numbers are: of compiled code that meets one kind of number only.
  if (bytes % 32 !== 0) return sameNumbers(column, from, to);
  const words = new Int32Array(column.buffer, column.byteOffset + from * each, bytes >> 2);
  return sameNumbers(column, from, from + 8) && repeats(words);
}

/** Whether each pair of words is the first one. Eight at a time, of which there are always some: where it is so, all have to be looked at. */
function repeats(words: Int32Array): boolean {
  const a = words[0];
  const b = words[1];
  for (let i = 0; i < words.length; i += 8) {
    const even = (words[i] ^ a) | (words[i + 2] ^ a) | (words[i + 4] ^ a) | (words[i + 6] ^ a);
    const odd = (words[i + 1] ^ b) | (words[i + 3] ^ b) | (words[i + 5] ^ b) | (words[i + 7] ^ b);
    if ((even | odd) !== 0) return false;
  }
  return true;
}
function sameNumbers(column: Column, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (!Object.is(column[i], column[from])) return false;
  return true;
}

type Slice = (column: Column, from: number, to: number) => Column;
const fresh: Slice = (column, from, to) => column.slice(from, to);

/** Says of a column that it is known to have one number in every row of page `p`. */
export type Even = (column: Column, p: number) => boolean;
const unknown: Even = () => false;

/** Page `p` of the first `rows` rows of some columns, a page of 2^bits rows; `slice` copies a part of a column. */
export function copyPage(
  columns: readonly Column[],
  rows: number,
  p: number,
  bits: number,
  slice = fresh,
  even = unknown,
): Page {
  const from = p << bits;
  // Eight words of the machine and a multiple of that, whatever the numbers are.
  const end = Math.min(from + (1 << bits), (rows + 31) & ~31);
  const copies: (Column | number)[] = [];
  let bytes = 0;
  for (const column of columns) {
    const to = Math.min(end, column.length);
    const copy = even(column, p) || same(column, from, to) ? column[from] : slice(column, from, to);
    copies.push(copy);
    bytes += typeof copy === 'number' ? 8 : copy.byteLength;
  }
  return { columns: copies, bytes };
}

export function putPage(columns: readonly Column[], p: number, page: Page, bits: number): void {
  const from = p << bits;
  page.columns.forEach((copy, k) => {
    const column = columns[k];
    if (typeof copy === 'number') column.fill(copy, from, from + (1 << bits));
    // A table that is put back into a smaller one had room that nobody used.
    else
      column.set(
        (copy.length > column.length - from ? copy.subarray(0, column.length - from) : copy) as never,
        from,
      );
  });
}

/**
 * Says which pages of a table have been written to since the last checkpoint: only those are copied for the next one, and
 * only those that differ are put back. So a checkpoint of 10^6 sessions costs what happened to them, not what they are.
 */
export class Pages {
  private readonly bits: number;
  /** By page: 1 = differs from `base`. */
  private dirty = new Uint8Array(1).fill(1);
  private base: readonly Page[] = [];

  /** Pages of 2^bits rows. */
  constructor(bits = PAGE_BITS) {
    this.bits = bits;
  }

  /** A row is about to be written to. */
  touch(row: number): void {
    this.dirty[row >> this.bits] = 1;
  }

  /** Room for so many rows; new pages are dirty. */
  reserve(rows: number): void {
    const n = pagesOf(rows, this.bits);
    if (n <= this.dirty.length) return;
    const dirty = new Uint8Array(n).fill(1);
    dirty.set(this.dirty);
    this.dirty = dirty;
  }

  /** The first `rows` rows: the very list of the last checkpoint if nobody has written to any of them. */
  save(columns: readonly Column[], rows: number): readonly Page[] {
    const n = pagesOf(rows, this.bits);
    if (n === this.base.length && !this.dirty.subarray(0, n).includes(1)) return this.base;
    const pages = this.base.slice(0, n);
    for (let p = 0; p < n; p++) {
      if (this.dirty[p] === 0 && p < pages.length) continue;
      pages[p] = copyPage(columns, rows, p, this.bits);
      this.dirty[p] = 0;
    }
    this.base = pages;
    return pages;
  }

  load(columns: readonly Column[], pages: readonly Page[]): void {
    for (let p = 0; p < pages.length; p++) {
      const page = pages[p];
      if (this.dirty[p] === 0 && this.base[p] === page) continue;
      putPage(columns, p, page, this.bits);
      this.dirty[p] = 0;
    }
    // Rows behind the last page may be taken anew, and are not those of the old pages then.
    this.base = pages;
  }
}

type ReadOnly<C extends Column> = Readonly<Record<number, number>> & Pick<C, 'length' | 'slice'>;
/** A table whose columns, or some of them, are read freely and written through its `edit` only. */
export type Sealed<T, Some extends keyof T = keyof T> = {
  readonly [K in keyof T]: K extends Some ? (T[K] extends Column ? ReadOnly<T[K]> : T[K]) : T[K];
};
