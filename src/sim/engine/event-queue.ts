import type { Blocks } from './blocks.ts';
import { LaterEvents, NONE, type SavedLater } from './later-events.ts';
import type { Page } from './pages.ts';

/**
 * Pending events, totally ordered by (time, sequence): a calendar queue (R. Brown 1988) on typed arrays.
 * A bucket is a list sorted by time; an insertion goes after its equals, so ties leave in the order they came.
 * Bucket count follows the number of events, bucket width the gaps between those that were taken last.
 *
 * A calendar of very many events would lie all over the machine's memory, and an insertion would wait for line after line
 * of it. So of many events it holds this year's only; those of later years lie apart, unsorted, until theirs begins.
 */
export interface SavedQueue {
  readonly used: number;
  readonly times: readonly Page[];
  readonly words: readonly Page[];
  readonly next: readonly Page[];
  readonly heads: Int32Array;
  readonly later: SavedLater;
  readonly far: number;
  readonly capacity: number;
  readonly inv: number;
  readonly time: number;
  readonly left: number;
  readonly since: number;
  readonly silences: number;
  readonly added: number;
  readonly free: number;
}

const MIN_BUCKETS = 64;
/** Beyond so many events the calendar holds a year of so many days; the years after it have so many lists. Powers of two. */
const MANY = 1 << 14;
const YEAR = 1 << 11;
const YEARS = 256;
/** After so many years without an event one looks through all lists for the earliest. */
const EMPTY_YEARS = 4;
/** Bucket width, in gaps between the events that are taken. */
const WIDTH_GAPS = 2;
const MIN_WIDTH = 1e-6;
/** Beyond it a day could not be told from the next; buckets become wider then. */
const MAX_DAY = 1e15;
/** Events taken between two looks at that gap. */
const LOOK = 2048;
/** So few of them may come after a silence that tells nothing of the gaps before and after. */
const FEW = LOOK / 16;

/** A node has a time, a successor, and words: kind, a and b. */
const WORDS = 3;
/** Node at the end of every list, and no event: its time is no number, so that nothing comes after it and it is never due. */
const END = 0;

export class EventQueue {
  /** When the event that is being added is due. */
  private readonly due = new Float64Array(1);
  private times = new Float64Array(64).fill(NaN, END, END + 1);
  private words = new Int32Array(64 * WORDS);
  /** The node after each in its list; and from `base` on the first of each bucket, so that a list begins like it goes on. */
  private next = new Int32Array(64 + MIN_BUCKETS);
  private base = 64;
  private mask = MIN_BUCKETS - 1;
  /** Events it is laid out for: a power of two. */
  private capacity = MIN_BUCKETS;
  private later = new LaterEvents(YEARS);
  /** The first day that is not in the calendar; no number while every day is, so that none comes at or after it. */
  private far = NaN;
  /** 1 / bucket width. */
  private inv = 1;
  /** Where the search for the next event begins, never after the day of the last: a bucket, and the number of the day after it. */
  private bucket = 0;
  private tomorrow = 1;
  /** Events still to take before the next look at the gap; the time of the last look; events added since it, and there then. */
  private left = LOOK;
  private since = 0;
  private added = 0;
  private free = END;
  private used = END + 1;
  /** Of the event taken last. The time is a field and no result: a float that is returned may need a box. */
  time = 0;
  kind = 0;
  a = 0;
  b = 0;
  /** Gaps of more than a year since the last look. Last, for it is rarely read. */
  private silences = 0;

  /** Number of pending events. */
  get size(): number {
    return this.added - (LOOK - this.left);
  }

  /**
   * Adds an event. `time` must not lie before the last one taken. Short, so that compiled code takes it in wherever it is
   * called and the time, a float, needs no box on the way; the rest deals in integers.
   */
  push(time: number, kind: number, a: number, b: number): void {
    this.due[0] = time;
    this.added++;
    this.insert(kind, a, b);
  }

  /** Puts an event where it belongs by the time that is in `due`. */
  private insert(kind: number, a: number, b: number): void {
    const time = this.due[0];
    if (this.free === END) this.newNode();
    const day = time * this.inv;
    if (day >= this.far) {
      const row = this.later.add((day / YEAR) & (YEARS - 1), kind, a, b);
      this.later.times[row] = time;
      return;
    }
    const times = this.times;
    const words = this.words;
    const next = this.next;
    const node = this.free;
    this.free = next[node];
    times[node] = time;
    const w = node * WORDS;
    words[w] = kind;
    words[w + 1] = a;
    words[w + 2] = b;
    let at = this.base + (day & this.mask);
    let after = next[at];
    while (times[after] <= time) {
      at = after;
      after = next[at];
    }
    next[node] = after;
    next[at] = node;
  }

  /** One more node that is free. */
  private newNode(): void {
    if (this.used > this.capacity) this.rebuild(this.capacity * 2, 0);
    if (this.used === this.times.length) this.grow();
    this.next[this.used] = this.free;
    this.free = this.used++;
  }

  /** Takes out the next event if its time is below `end`; it is then in `time`, `kind`, `a` and `b`. False = there is none. */
  takeBefore(end: number): boolean {
    const next = this.next;
    const times = this.times;
    const mask = this.mask;
    const base = this.base;
    const inv = this.inv;
    let bucket = this.bucket;
    let tomorrow = this.tomorrow;
    for (let tries = mask; tries >= 0; tries--) {
      const node = next[base + bucket];
      const time = times[node];
      // Nothing is due before this day, so what is due before its end is due on it.
      if (time * inv < tomorrow) {
        if (time >= end) return false;
        this.bucket = bucket;
        this.tomorrow = tomorrow;
        this.time = time;
        const words = this.words;
        const w = node * WORDS;
        this.kind = words[w];
        this.a = words[w + 1];
        this.b = words[w + 2];
        next[base + bucket] = next[node];
        next[node] = this.free;
        this.free = node;
        if (--this.left === 0) this.look();
        return true;
      }
      bucket = (bucket + 1) & mask;
      tomorrow++;
    }
    return this.yearsLater(end);
  }

  /** Puts what lies on a list of `from` where it belongs now, in the order it came. */
  private bring(from: LaterEvents, list: number): void {
    const end = from.end(list);
    for (let block = from.takeOff(list); block !== NONE; block = from.release(block)) {
      const stop = from.stop(block, end);
      for (let row = from.start(block); row < stop; row++) {
        this.due[0] = from.times[row];
        this.insert(from.kind(row), from.a(row), from.b(row));
      }
    }
  }

  /** After a whole year without an event: on from the day of the earliest. What is due at Infinity never comes. */
  private yearsLater(end: number): boolean {
    for (let turn = 0; ; turn++) {
      const earliest = this.earliest();
      if (earliest < Infinity) {
        if (earliest >= end) return false;
        this.passOver(earliest - this.time);
        if (earliest * this.inv > MAX_DAY) this.rebuild(this.capacity, (2 * earliest) / MAX_DAY);
        this.searchFrom(earliest);
        return this.takeBefore(end);
      }
      // In days, as events are told from one another: nothing that is due before the end is left behind by a rounding.
      if (!(end * this.inv >= this.far)) return false;
      if (turn === EMPTY_YEARS) {
        const first = this.later.earliest();
        if (first >= end) return false;
        this.far = Math.floor((first * this.inv) / YEAR) * YEAR;
      }
      const list = (this.far / YEAR) & (YEARS - 1);
      this.far += YEAR;
      this.bring(this.later, list);
    }
  }

  /**
   * Leaves the first few gaps of more than a year out of what the next look goes by, or a night would make one bucket of the
   * crowd of the morning. Where most gaps are as long, the year is too short.
   */
  private passOver(gap: number): void {
    if (gap * this.inv > this.mask + 1 && this.silences++ < FEW) this.since += gap;
  }

  private searchFrom(time: number): void {
    const day = Math.floor(time * this.inv);
    this.bucket = day & this.mask;
    this.tomorrow = day + 1;
  }

  private earliest(): number {
    let best = Infinity;
    for (const head of this.heads()) if (this.times[head] < best) best = this.times[head];
    return best;
  }

  /** Fits the calendar to what was taken: a guess from what is pending may be far off. */
  private look(): void {
    const width = (WIDTH_GAPS * (this.time - this.since)) / LOOK;
    this.added -= LOOK;
    this.left = LOOK;
    this.since = this.time;
    this.silences = 0;
    let buckets = this.capacity;
    while (buckets > MIN_BUCKETS && this.size < buckets >> 3) buckets >>= 1;
    while (this.size > buckets) buckets *= 2;
    const ratio = width * this.inv;
    if (buckets !== this.capacity || ratio > 1.5 || ratio < 0.67) this.rebuild(buckets, width);
  }

  /** The first node of each bucket. */
  private heads(): Int32Array {
    return this.next.subarray(this.base, this.base + this.mask + 1);
  }

  /** Twice the room for nodes. */
  private grow(): void {
    const n = this.times.length * 2;
    const times = new Float64Array(n);
    times.set(this.times);
    const words = new Int32Array(n * WORDS);
    words.set(this.words);
    this.times = times;
    this.words = words;
    this.lay(this.heads());
  }

  /** Gives the successors as much room as the nodes have, and these heads after them. */
  private lay(heads: Int32Array): void {
    const next = new Int32Array(this.times.length + heads.length);
    next.set(this.next.subarray(0, this.used));
    next.set(heads, this.times.length);
    this.next = next;
    this.base = this.times.length;
    this.mask = heads.length - 1;
  }

  /** Lays it out for so many events, with buckets of that width (0 = guess it from what is pending). */
  private rebuild(capacity: number, width: number): void {
    const nodes = new Int32Array(this.size);
    let n = 0;
    for (const head of this.heads()) for (let at = head; at !== END; at = this.next[at]) nodes[n++] = at;
    const all = nodes.subarray(0, n);
    const { later, times, words } = this;
    const many = capacity > MANY;
    this.inv = 1 / Math.max(MIN_WIDTH, width > 0 ? width : this.guess(all));
    // Into nodes side by side: most of those that were in use may lie in the years after by now.
    this.times = new Float64Array(times.length).fill(NaN, END, END + 1);
    this.words = new Int32Array(words.length);
    this.free = END;
    this.used = END + 1;
    this.lay(new Int32Array(many ? YEAR : capacity));
    this.capacity = capacity;
    this.later = new LaterEvents(YEARS);
    this.searchFrom(this.time);
    this.far = many ? Math.ceil(this.tomorrow / YEAR) * YEAR : NaN;
    // Equal times share a bucket or a list before and after, and each is read front to back: their order is kept.
    for (const node of all) {
      const w = node * WORDS;
      this.due[0] = times[node];
      this.insert(words[w], words[w + 1], words[w + 2]);
    }
    for (let list = 0; list < YEARS; list++) this.bring(later, list);
  }

  /** Twice the mean gap up to the median of a sample of what is pending: enough until something was taken. */
  private guess(all: Int32Array): number {
    const step = Math.max(1, Math.floor(all.length / 512));
    const sample: number[] = [];
    for (let i = 0; i < all.length; i += step) sample.push(this.times[all[i]] - this.time);
    sample.sort((x, y) => x - y);
    return (2 * WIDTH_GAPS * sample[sample.length >> 1]) / all.length;
  }

  save(blocks: Blocks): SavedQueue {
    const { used } = this;
    return {
      used,
      times: blocks.copy([this.times], used),
      words: blocks.copy([this.words], used * WORDS),
      next: blocks.copy([this.next], used),
      heads: this.heads().slice(),
      later: this.later.save(blocks),
      far: this.far,
      capacity: this.capacity,
      inv: this.inv,
      time: this.time,
      left: this.left,
      since: this.since,
      silences: this.silences,
      added: this.added,
      free: this.free,
    };
  }

  load(saved: SavedQueue, blocks: Blocks): void {
    this.used = saved.used;
    if (this.times.length < this.used) {
      this.times = new Float64Array(this.used);
      this.words = new Int32Array(this.used * WORDS);
    }
    blocks.put([this.times], saved.times);
    blocks.put([this.words], saved.words);
    if (this.base !== this.times.length || this.mask + 1 !== saved.heads.length) this.lay(saved.heads);
    // Before the heads, which begin where the nodes have their room: a block may reach over it.
    blocks.put([this.next], saved.next);
    this.next.set(saved.heads, this.base);
    this.inv = saved.inv;
    this.later.load(saved.later, blocks);
    this.far = saved.far;
    this.capacity = saved.capacity;
    this.time = saved.time;
    this.left = saved.left;
    this.since = saved.since;
    this.silences = saved.silences;
    this.added = saved.added;
    this.free = saved.free;
    this.searchFrom(saved.time);
  }
}
