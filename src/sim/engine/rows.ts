import type { Blocks } from './blocks.ts';
import { type Column, type Page, Pages } from './pages.ts';

export interface SavedRows {
  readonly used: number;
  readonly free: number;
  readonly live: number;
  readonly pages: readonly Page[];
}

/**
 * A table in columns with a free list. A subclass declares its columns as fields of typed arrays of length `FIRST`;
 * they all grow together. Rows refer to each other by number, never by reference, so a copy of the columns is a copy of the state.
 */
export abstract class Rows {
  used = 0;
  live = 0;
  protected free = -1;
  private capacity = FIRST;
  /** Of a row in use: its neighbour in the list that it is in, if any; of another: the next that is free. -1 = none. */
  next: Int32Array = new Int32Array(FIRST);

  /** A row whose columns hold whatever the last holder left in them. */
  protected take(): number {
    this.live++;
    const row = this.free;
    if (row >= 0) {
      this.free = this.next[row];
      return row;
    }
    if (this.used === this.capacity) this.resize(this.capacity * 2);
    return this.used++;
  }

  protected give(row: number): void {
    this.live--;
    this.next[row] = this.free;
    this.free = row;
  }

  /** Numbers of the rows in use. For looking, not for running: it visits every row. */
  rows(): number[] {
    const free = new Set<number>();
    for (let row = this.free; row >= 0; row = this.next[row]) free.add(row);
    return Array.from({ length: this.used }, (_, row) => row).filter((row) => !free.has(row));
  }

  private names(): (keyof this)[] {
    return (Object.keys(this) as (keyof this)[]).filter((k) => ArrayBuffer.isView(this[k]));
  }
  protected columns(): readonly Column[] {
    return this.names().map((name) => this[name] as unknown as Column);
  }

  /** Room for so many rows. */
  protected reserve(rows: number): void {
    let capacity = this.capacity;
    while (capacity < rows) capacity *= 2;
    if (capacity > this.capacity) this.resize(capacity);
  }

  protected resize(capacity: number): void {
    for (const name of this.names()) {
      const old = this[name] as unknown as Column;
      const grown = new (old.constructor as new (n: number) => Column)(capacity);
      grown.set(old.subarray(0, Math.min(old.length, capacity)));
      this[name] = grown as never;
    }
    this.capacity = capacity;
  }

  save(blocks: Blocks): SavedRows {
    return {
      used: this.used,
      free: this.free,
      live: this.live,
      pages: this.copy(blocks),
    };
  }

  load(saved: SavedRows, blocks: Blocks): void {
    this.reserve(saved.used);
    this.putBack(saved.pages, blocks);
    this.used = saved.used;
    this.free = saved.free;
    this.live = saved.live;
  }

  protected copy(blocks: Blocks): readonly Page[] {
    return blocks.copy(this.columns(), this.used);
  }
  protected putBack(pages: readonly Page[], blocks: Blocks): void {
    blocks.put(this.columns(), pages);
  }
}

/** A table that is large and rarely written to: a checkpoint copies the pages that were touched since the one before. */
export abstract class PagedRows extends Rows {
  private readonly paged = new Pages();

  /** The table, to write to one of its rows. */
  edit(row: number): this {
    this.paged.touch(row);
    return this;
  }

  protected override take(): number {
    const row = super.take();
    this.paged.touch(row);
    return row;
  }
  protected override give(row: number): void {
    this.paged.touch(row);
    super.give(row);
  }
  protected override resize(capacity: number): void {
    super.resize(capacity);
    this.paged.reserve(capacity);
  }

  protected override copy(): readonly Page[] {
    return this.paged.save(this.columns(), this.used);
  }
  protected override putBack(pages: readonly Page[]): void {
    this.paged.load(this.columns(), pages);
  }
}

/** Rows that a new table has room for. */
export const FIRST = 64;
