import type { Blocks } from './blocks.ts';
import type { EventQueue } from './event-queue.ts';
import type { Page } from './pages.ts';

/**
 * Deadlines that are all equally far away when set, so they fall due in the order they were set: a list per delay,
 * with one pending event for its head instead of one per row. Rows are those of the request table.
 */
export interface SavedDeadlines {
  readonly slots: number;
  readonly due: readonly Page[];
  readonly links: readonly Page[];
  readonly armed: boolean;
}

/** A ring of slots; slot 0 is its beginning and its end, row r has slot r + 1. Each has two links: before it, after it. */
const RING = 0;
const NEXT = 1;
/** In place of a link before: the slot is not in the ring. */
const OUT = -1;

/** Room for so many slots, none of them in the ring. */
const newDue = (slots: number): Float64Array => new Float64Array(slots).fill(-Infinity, RING, RING + 1);
const newLinks = (slots: number): Int32Array => new Int32Array(2 * slots).fill(OUT, 2);

export class Deadlines {
  private due = newDue(64);
  private links = newLinks(64);
  /** An event for the first (or for one that was first) is pending. */
  private armed = false;
  private readonly queue: EventQueue;
  private readonly kind: number;

  /** `kind` of event for which the first deadline is put into `queue`; its handler takes what is due with `next`. */
  constructor(queue: EventQueue, kind: number) {
    this.queue = queue;
    this.kind = kind;
  }

  /**
   * Sets row's deadline to the virtual time `at`, in ms. Short, so that compiled code takes it in and the time needs no
   * box on the way.
   */
  set(row: number, at: number): void {
    const slot = this.takeOut(row);
    this.due[slot] = at;
    this.append(slot);
  }

  /** The slot of a row, which is not in the ring. */
  private takeOut(row: number): number {
    if (row + 1 >= this.due.length) this.grow(row + 2);
    this.clear(row);
    return row + 1;
  }

  private append(slot: number): void {
    const due = this.due;
    const links = this.links;
    const last = links[RING];
    // A later, shorter delay (after a changed setting) waits for its elders; never the other way round.
    if (due[last] > due[slot]) due[slot] = due[last];
    links[2 * slot] = last;
    links[2 * slot + NEXT] = RING;
    links[2 * last + NEXT] = slot;
    links[RING] = slot;
    if (!this.armed) {
      this.armed = true;
      this.queue.push(due[slot], this.kind, 0, 0);
    }
  }

  clear(row: number): void {
    const slot = row + 1;
    if (slot >= this.due.length) return;
    const links = this.links;
    const before = links[2 * slot];
    if (before === OUT) return;
    const after = links[2 * slot + NEXT];
    links[2 * before + NEXT] = after;
    links[2 * after] = before;
    links[2 * slot] = OUT;
  }

  /** `heir` takes over row's place and deadline. */
  hand(row: number, heir: number): void {
    const slot = row + 1;
    if (slot >= this.due.length || this.links[2 * slot] === OUT) return;
    if (heir + 1 >= this.due.length) this.grow(heir + 2);
    const links = this.links;
    const before = links[2 * slot];
    const after = links[2 * slot + NEXT];
    this.due[heir + 1] = this.due[slot];
    links[2 * heir + 2] = before;
    links[2 * heir + 2 + NEXT] = after;
    links[2 * before + NEXT] = heir + 1;
    links[2 * after] = heir + 1;
    links[2 * slot] = OUT;
  }

  /** Takes the next row that is due, or -1; then an event is put into the queue anew if rows remain. */
  next(now: number): number {
    const first = this.links[RING + NEXT];
    if (first !== RING && this.due[first] <= now) {
      this.clear(first - 1);
      return first - 1;
    }
    this.armed = first !== RING;
    if (this.armed) this.queue.push(this.due[first], this.kind, 0, 0);
    return -1;
  }

  private grow(slots: number): void {
    let n = this.due.length;
    while (n < slots) n *= 2;
    const due = newDue(n);
    due.set(this.due);
    const links = newLinks(n);
    links.set(this.links);
    this.due = due;
    this.links = links;
  }

  /** The deadlines of the first `rows` rows; the others have none. */
  save(blocks: Blocks, rows: number): SavedDeadlines {
    const slots = Math.min(rows + 1, this.due.length);
    return {
      slots,
      due: blocks.copy([this.due], slots),
      links: blocks.copy([this.links], 2 * slots),
      armed: this.armed,
    };
  }

  load(saved: SavedDeadlines, blocks: Blocks): void {
    if (saved.slots > this.due.length) this.grow(saved.slots);
    blocks.put([this.due], saved.due);
    blocks.put([this.links], saved.links);
    this.links.fill(OUT, 2 * saved.slots);
    this.armed = saved.armed;
  }
}
