type Column = Float64Array | Int32Array | Uint8Array;

export interface SavedRows {
  readonly used: number;
  readonly free: number;
  readonly live: number;
  readonly columns: readonly Column[];
}

/**
 * A table in columns with a free list. A subclass declares its columns as fields of typed arrays of length `FIRST`;
 * they all grow together. Rows refer to each other by number, never by reference, so a copy of the columns is a copy of the state.
 */
export abstract class Rows {
  used = 0;
  live = 0;
  private free = -1;
  private capacity = FIRST;
  private readonly nextFree: Int32Array = new Int32Array(FIRST);

  /** A row whose columns hold whatever the last holder left in them. */
  protected take(): number {
    this.live++;
    const row = this.free;
    if (row >= 0) {
      this.free = this.nextFree[row];
      return row;
    }
    if (this.used === this.capacity) this.resize(this.capacity * 2);
    return this.used++;
  }

  protected give(row: number): void {
    this.live--;
    this.nextFree[row] = this.free;
    this.free = row;
  }

  /** Numbers of the rows in use. For looking, not for running: it visits every row. */
  rows(): number[] {
    const free = new Set<number>();
    for (let row = this.free; row >= 0; row = this.nextFree[row]) free.add(row);
    return Array.from({ length: this.used }, (_, row) => row).filter((row) => !free.has(row));
  }

  private names(): (keyof this)[] {
    return (Object.keys(this) as (keyof this)[]).filter((k) => ArrayBuffer.isView(this[k]));
  }

  private resize(capacity: number): void {
    for (const name of this.names()) {
      const old = this[name] as unknown as Column;
      const grown = new (old.constructor as new (n: number) => Column)(capacity);
      grown.set(old.subarray(0, Math.min(old.length, capacity)));
      this[name] = grown as never;
    }
    this.capacity = capacity;
  }

  save(): SavedRows {
    return {
      used: this.used,
      free: this.free,
      live: this.live,
      columns: this.names().map((name) => (this[name] as unknown as Column).slice(0, this.used)),
    };
  }

  load(saved: SavedRows): void {
    if (this.capacity < saved.used) {
      let capacity = this.capacity;
      while (capacity < saved.used) capacity *= 2;
      this.resize(capacity);
    }
    this.names().forEach((name, i) => (this[name] as unknown as Column).set(saved.columns[i] as never));
    this.used = saved.used;
    this.free = saved.free;
    this.live = saved.live;
  }
}

/** Rows that a new table has room for. */
export const FIRST = 64;
