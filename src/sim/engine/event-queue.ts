/**
 * Pending events, totally ordered by (time, sequence): a calendar queue (R. Brown 1988) on typed arrays.
 * A bucket is a list sorted by time; an insertion goes after its equals, so ties leave in the order they came.
 * Bucket count follows the number of events, bucket width the gaps between those that were taken last.
 */
export interface SavedQueue {
  readonly times: Float64Array;
  readonly words: Int32Array;
  readonly heads: Int32Array;
  readonly scalars: readonly number[];
}

const MIN_BUCKETS = 16;
/** Bucket width, in gaps between the events that are taken. */
const WIDTH_GAPS = 3;
const MIN_WIDTH = 1e-6;
/** Beyond it a day could not be told from the next; buckets become wider then. */
const MAX_DAY = 1e15;
/** Events taken between two looks at that gap. */
const LOOK = 2048;

/** A node has a time, and four words: kind, a, b, and the next node of its bucket. */
const WORDS = 4;
const A = 1;
const B = 2;
const NEXT = 3;
/** Node at the end of every list, and no event: its time is no number, so that nothing comes after it and it is never due. */
const END = 0;

export class EventQueue {
  private times = new Float64Array(64).fill(NaN, END, END + 1);
  private words = new Int32Array(64 * WORDS);
  private heads = new Int32Array(MIN_BUCKETS);
  private mask = MIN_BUCKETS - 1;
  /** 1 / bucket width. */
  private inv = 1;
  /** Day (bucket number on the endless calendar) where the search for the next event begins. */
  private day = 0;
  /** Events still to take before the next look at the gap, and the time of the last look. */
  private left = LOOK;
  private since = 0;
  private free = END;
  private used = END + 1;
  size = 0;
  /** Of the event taken last. */
  kind = 0;
  a = 0;
  b = 0;

  /**
   * Adds an event. `time` must not lie before the last one taken. Short, so that compiled code takes it in and the time,
   * a float, needs no box on the way; the rest deals in integers.
   */
  push(time: number, kind: number, a: number, b: number): void {
    const node = this.room();
    this.times[node] = time;
    this.put(node, kind, a, b);
  }

  /** A node that is free. */
  private room(): number {
    const node = this.free;
    if (node !== END) {
      this.free = this.words[WORDS * node + NEXT];
      return node;
    }
    if (this.used === this.times.length) this.grow();
    return this.used++;
  }

  private put(node: number, kind: number, a: number, b: number): void {
    const words = this.words;
    const w = WORDS * node;
    words[w] = kind;
    words[w + A] = a;
    words[w + B] = b;
    this.link(node);
    if (++this.size > 2 * (this.mask + 1)) this.rebuild((this.mask + 1) * 2, 0);
  }

  private link(node: number): void {
    const times = this.times;
    const words = this.words;
    const time = times[node];
    const day = Math.floor(time * this.inv);
    if (day < this.day) this.day = day;
    const bucket = day & this.mask;
    let at = this.heads[bucket];
    if (!(times[at] <= time)) {
      words[WORDS * node + NEXT] = at;
      this.heads[bucket] = node;
      return;
    }
    let after = words[WORDS * at + NEXT];
    while (times[after] <= time) {
      at = after;
      after = words[WORDS * at + NEXT];
    }
    words[WORDS * node + NEXT] = after;
    words[WORDS * at + NEXT] = node;
  }

  /** Takes out the next event if its time is below `end`; its words are then in `kind`, `a`, `b`. Returns its time, or -1. */
  takeBefore(end: number): number {
    const heads = this.heads;
    const times = this.times;
    const mask = this.mask;
    const inv = this.inv;
    let day = this.day;
    for (let tries = mask; tries >= 0; tries--) {
      const node = heads[day & mask];
      const time = times[node];
      // Nothing is due before `day`, so what is due before its end is due on it.
      if (time * inv < day + 1) {
        this.day = day;
        if (time >= end) return -1;
        const words = this.words;
        const w = WORDS * node;
        this.kind = words[w];
        this.a = words[w + A];
        this.b = words[w + B];
        heads[day & mask] = words[w + NEXT];
        words[w + NEXT] = this.free;
        this.free = node;
        this.size--;
        if (--this.left === 0) this.look(time);
        return time;
      }
      day++;
    }
    // Plus zero: known to be a number, so that compiled code needs no box for it, nor for the times above.
    return 0 + this.yearsLater(end);
  }

  /** After a whole year without an event: on from the day of the earliest. What is due at Infinity never comes. */
  private yearsLater(end: number): number {
    const earliest = this.earliest();
    if (earliest === Infinity) return -1;
    if (earliest * this.inv > MAX_DAY) this.rebuild(this.mask + 1, (2 * earliest) / MAX_DAY);
    this.day = Math.floor(earliest * this.inv);
    return this.takeBefore(end);
  }

  private earliest(): number {
    let best = Infinity;
    for (const head of this.heads) if (this.times[head] < best) best = this.times[head];
    return best;
  }

  /** Fits the calendar to what was taken: a guess from what is pending may be far off. */
  private look(now: number): void {
    const width = (WIDTH_GAPS * (now - this.since)) / LOOK;
    this.left = LOOK;
    this.since = now;
    let buckets = this.mask + 1;
    while (buckets > MIN_BUCKETS && this.size < buckets >> 2) buckets >>= 1;
    const ratio = width * this.inv;
    if (buckets <= this.mask || ratio > 1.5 || ratio < 0.67) this.rebuild(buckets, width);
  }

  private grow(): void {
    const n = this.times.length * 2;
    const times = new Float64Array(n);
    times.set(this.times);
    const words = new Int32Array(n * WORDS);
    words.set(this.words);
    this.times = times;
    this.words = words;
  }

  /** New bucket count and width (0 = guess it from what is pending). */
  private rebuild(buckets: number, width: number): void {
    const all = new Int32Array(this.size);
    let n = 0;
    for (const head of this.heads)
      for (let at = head; at !== END; at = this.words[WORDS * at + NEXT]) all[n++] = at;
    const now = n === 0 ? this.since : this.earliest();
    this.inv = 1 / Math.max(MIN_WIDTH, width > 0 ? width : this.guess(all, now));
    this.heads = new Int32Array(buckets);
    this.mask = buckets - 1;
    this.day = Math.floor(now * this.inv);
    // Equal times share a bucket before and after, and a bucket is read front to back: their order is kept.
    for (const node of all) this.link(node);
  }

  /** Twice the mean gap up to the median of a sample of what is pending: enough until something was taken. */
  private guess(all: Int32Array, now: number): number {
    const step = Math.max(1, Math.floor(all.length / 512));
    const sample: number[] = [];
    for (let i = 0; i < all.length; i += step) sample.push(this.times[all[i]] - now);
    sample.sort((x, y) => x - y);
    return (2 * WIDTH_GAPS * sample[sample.length >> 1]) / all.length;
  }

  save(): SavedQueue {
    const n = this.used;
    return {
      times: this.times.slice(0, n),
      words: this.words.slice(0, n * WORDS),
      heads: this.heads.slice(),
      scalars: [this.inv, this.day, this.left, this.since, this.free, n, this.size],
    };
  }

  load(saved: SavedQueue): void {
    if (this.times.length < saved.times.length) {
      this.times = new Float64Array(saved.times.length);
      this.words = new Int32Array(saved.words.length);
    }
    this.times.set(saved.times);
    this.words.set(saved.words);
    this.heads = saved.heads.slice();
    this.mask = this.heads.length - 1;
    [this.inv, this.day, this.left, this.since, this.free, this.used, this.size] = saved.scalars as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
  }
}
