/**
 * Deadlines that are all equally far away when set, so they fall due in the order they were set: a list per delay,
 * with one pending event for its head instead of one per row. Rows are those of the request table.
 */
export interface SavedDeadlines {
  readonly due: Float64Array;
  readonly prev: Int32Array;
  readonly next: Int32Array;
  readonly scalars: readonly [number, number, boolean];
}

export class Deadlines {
  private due = new Float64Array(64);
  private prev = new Int32Array(64).fill(-2);
  private next = new Int32Array(64).fill(-2);
  private head = -1;
  private tail = -1;
  /** An event for the head (or for one that was head) is pending. */
  private armed = false;

  /** Sets row's deadline; `arm(at)` is called when an event has to be scheduled. */
  set(row: number, at: number, arm: (at: number) => void): void {
    if (row >= this.due.length) this.grow(row + 1);
    this.clear(row);
    // A later, shorter delay (after a changed setting) waits for its elders; never the other way round.
    const due = this.tail >= 0 && this.due[this.tail] > at ? this.due[this.tail] : at;
    this.due[row] = due;
    this.prev[row] = this.tail;
    this.next[row] = -1;
    if (this.tail >= 0) this.next[this.tail] = row;
    else this.head = row;
    this.tail = row;
    if (!this.armed) {
      this.armed = true;
      arm(due);
    }
  }

  clear(row: number): void {
    if (row >= this.prev.length || this.prev[row] === -2) return;
    const before = this.prev[row];
    const after = this.next[row];
    if (before >= 0) this.next[before] = after;
    else this.head = after;
    if (after >= 0) this.prev[after] = before;
    else this.tail = before;
    this.prev[row] = -2;
  }

  /** `heir` takes over row's place and deadline. */
  hand(row: number, heir: number): void {
    if (row >= this.prev.length || this.prev[row] === -2) return;
    if (heir >= this.due.length) this.grow(heir + 1);
    const before = this.prev[row];
    const after = this.next[row];
    this.due[heir] = this.due[row];
    this.prev[heir] = before;
    this.next[heir] = after;
    if (before >= 0) this.next[before] = heir;
    else this.head = heir;
    if (after >= 0) this.prev[after] = heir;
    else this.tail = heir;
    this.prev[row] = -2;
  }

  /** Takes the next row that is due, or -1; then the list's event is scheduled anew if rows remain. */
  due1(now: number, arm: (at: number) => void): number {
    const row = this.head;
    if (row >= 0 && this.due[row] <= now) {
      this.clear(row);
      return row;
    }
    this.armed = row >= 0;
    if (row >= 0) arm(this.due[row]);
    return -1;
  }

  private grow(rows: number): void {
    let n = this.due.length;
    while (n < rows) n *= 2;
    const due = new Float64Array(n);
    due.set(this.due);
    const prev = new Int32Array(n).fill(-2);
    prev.set(this.prev);
    const next = new Int32Array(n).fill(-2);
    next.set(this.next);
    this.due = due;
    this.prev = prev;
    this.next = next;
  }

  save(): SavedDeadlines {
    return {
      due: this.due.slice(),
      prev: this.prev.slice(),
      next: this.next.slice(),
      scalars: [this.head, this.tail, this.armed],
    };
  }

  load(saved: SavedDeadlines): void {
    if (saved.due.length > this.due.length) this.grow(saved.due.length);
    this.due.set(saved.due);
    this.prev.set(saved.prev);
    this.prev.fill(-2, saved.prev.length);
    this.next.set(saved.next);
    [this.head, this.tail, this.armed] = saved.scalars;
  }
}
