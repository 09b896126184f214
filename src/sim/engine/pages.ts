export type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** A thousand rows of some columns, as they were when a checkpoint was made; checkpoints between which nobody wrote to them share it. */
export interface Page {
  readonly columns: readonly Column[];
  readonly bytes: number;
}

const PAGE_BITS = 10;

/**
 * Says which pages of a table have been written to since the last checkpoint: only those are copied for the next one, and
 * only those that differ are put back. So a checkpoint of 10^6 sessions costs what happened to them, not what they are.
 */
export class Pages {
  /** By page: 1 = differs from `base`. */
  private dirty = new Uint8Array(1).fill(1);
  private base: Page[] = [];

  /** A row is about to be written to. */
  touch(row: number): void {
    this.dirty[row >> PAGE_BITS] = 1;
  }

  /** Room for so many rows; new pages are dirty. */
  reserve(rows: number): void {
    const n = ((rows - 1) >> PAGE_BITS) + 1;
    if (n <= this.dirty.length) return;
    const dirty = new Uint8Array(n).fill(1);
    dirty.set(this.dirty);
    this.dirty = dirty;
  }

  /** The first `rows` rows. */
  save(columns: readonly Column[], rows: number): readonly Page[] {
    const n = rows === 0 ? 0 : ((rows - 1) >> PAGE_BITS) + 1;
    for (let p = 0; p < n; p++) {
      if (this.dirty[p] === 0 && p < this.base.length) continue;
      const copies = columns.map((c) => c.slice(p << PAGE_BITS, (p + 1) << PAGE_BITS));
      this.base[p] = { columns: copies, bytes: copies.reduce((sum, c) => sum + c.byteLength, 0) };
      this.dirty[p] = 0;
    }
    return this.base.slice(0, n);
  }

  load(columns: readonly Column[], pages: readonly Page[]): void {
    pages.forEach((page, p) => {
      if (this.dirty[p] === 0 && this.base[p] === page) return;
      page.columns.forEach((c, k) => columns[k].set(c as never, p << PAGE_BITS));
      this.base[p] = page;
      this.dirty[p] = 0;
    });
    // Rows behind the last page may be taken anew, and are not those of the old pages then.
    this.base.length = pages.length;
  }
}

type ReadOnly<C extends Column> = Readonly<Record<number, number>> & Pick<C, 'length' | 'slice'>;
/** A table whose columns are read freely and written through its `edit` only. */
export type Sealed<T> = { readonly [K in keyof T]: T[K] extends Column ? ReadOnly<T[K]> : T[K] };
