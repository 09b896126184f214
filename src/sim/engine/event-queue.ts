/**
 * Pending events, totally ordered by (time, sequence): a calendar queue (R. Brown 1988) on typed arrays.
 * A bucket is a list sorted by time; an insertion goes after its equals, so ties leave in the order they came.
 * Bucket count follows the number of events, bucket width the gaps between the next few of them.
 */
export interface SavedQueue {
  readonly time: Float64Array;
  readonly word: Int32Array;
  readonly next: Int32Array;
  readonly heads: Int32Array;
  readonly scalars: readonly number[];
}

const MIN_BUCKETS = 16;

export class EventQueue {
  private time = new Float64Array(64);
  /** Three words an event: kind, a, b. */
  private word = new Int32Array(64 * 3);
  private next = new Int32Array(64);
  private heads = new Int32Array(MIN_BUCKETS).fill(-1);
  private mask = MIN_BUCKETS - 1;
  /** 1 / bucket width. */
  private inv = 1;
  /** Day (bucket number on the endless calendar) where the search for the next event begins. */
  private day = 0;
  private free = -1;
  private used = 0;
  size = 0;
  /** Of the event popped last. */
  kind = 0;
  a = 0;
  b = 0;

  /** Adds an event. `time` must not lie before the last popped one. */
  push(time: number, kind: number, a: number, b: number): void {
    let node = this.free;
    if (node >= 0) this.free = this.next[node];
    else {
      if (this.used === this.time.length) this.grow();
      node = this.used++;
    }
    this.time[node] = time;
    const w = node * 3;
    const word = this.word;
    word[w] = kind;
    word[w + 1] = a;
    word[w + 2] = b;
    this.link(node, time);
    if (++this.size > 2 * (this.mask + 1)) this.rebuild((this.mask + 1) * 2);
  }

  private link(node: number, time: number): void {
    const times = this.time;
    const next = this.next;
    const day = Math.floor(time * this.inv);
    if (day < this.day) this.day = day;
    const bucket = day & this.mask;
    let at = this.heads[bucket];
    if (at < 0 || times[at] > time) {
      next[node] = at;
      this.heads[bucket] = node;
      return;
    }
    let after = next[at];
    while (after >= 0 && times[after] <= time) {
      at = after;
      after = next[at];
    }
    next[node] = after;
    next[at] = node;
  }

  /** Time of the next event, or Infinity. Leaves the search position on it. */
  peek(): number {
    if (this.size === 0) return Infinity;
    const heads = this.heads;
    const times = this.time;
    const inv = this.inv;
    let day = this.day;
    for (let tries = this.mask; tries >= 0; tries--) {
      const head = heads[day & this.mask];
      if (head >= 0 && Math.floor(times[head] * inv) === day) {
        this.day = day;
        return times[head];
      }
      day++;
    }
    // a whole year without an event: look at every bucket
    let best = Infinity;
    for (let i = 0; i <= this.mask; i++) {
      const head = heads[i];
      if (head >= 0 && times[head] < best) best = times[head];
    }
    this.day = Math.floor(best * inv);
    return best;
  }

  /** Takes out the event that `peek` found; its words are in `kind`, `a`, `b`. Call after a `peek` below Infinity. */
  take(): void {
    const bucket = this.day & this.mask;
    const node = this.heads[bucket];
    this.heads[bucket] = this.next[node];
    this.next[node] = this.free;
    this.free = node;
    const w = node * 3;
    this.kind = this.word[w];
    this.a = this.word[w + 1];
    this.b = this.word[w + 2];
    if (--this.size < (this.mask + 1) >> 2 && this.mask >= MIN_BUCKETS) this.rebuild((this.mask + 1) >> 1);
  }

  private grow(): void {
    const n = this.time.length * 2;
    const time = new Float64Array(n);
    time.set(this.time);
    const word = new Int32Array(n * 3);
    word.set(this.word);
    const next = new Int32Array(n);
    next.set(this.next);
    this.time = time;
    this.word = word;
    this.next = next;
  }

  /** New bucket count, and a width of about three mean gaps among the next events. */
  private rebuild(buckets: number): void {
    const all = new Int32Array(this.size);
    let n = 0;
    for (let i = 0; i <= this.mask; i++)
      for (let at = this.heads[i]; at >= 0; at = this.next[at]) all[n++] = at;
    const now = this.peek();
    this.inv = 1 / this.width(all, n, now);
    this.heads = new Int32Array(buckets).fill(-1);
    this.mask = buckets - 1;
    this.day = Math.floor(now * this.inv);
    // Equal times share a bucket before and after, and a bucket is read front to back: their order is kept.
    for (let i = 0; i < n; i++) this.link(all[i], this.time[all[i]]);
  }

  private width(all: Int32Array, n: number, now: number): number {
    // How far the nearest 32 of a sample reach, without sorting everything: the sample's quantile.
    const step = Math.max(1, Math.floor(n / 512));
    const sample: number[] = [];
    for (let i = 0; i < n; i += step) sample.push(this.time[all[i]] - now);
    sample.sort((x, y) => x - y);
    const half = sample[sample.length >> 1];
    const width = (3 * half) / Math.max(1, n / 2);
    return width > 1e-6 ? width : 1e-6;
  }

  save(): SavedQueue {
    const n = this.used;
    return {
      time: this.time.slice(0, n),
      word: this.word.slice(0, n * 3),
      next: this.next.slice(0, n),
      heads: this.heads.slice(),
      scalars: [this.mask, this.inv, this.day, this.free, this.used, this.size],
    };
  }

  load(saved: SavedQueue): void {
    const capacity = Math.max(64, saved.time.length);
    if (this.time.length < capacity) {
      this.time = new Float64Array(capacity);
      this.word = new Int32Array(capacity * 3);
      this.next = new Int32Array(capacity);
    }
    this.time.set(saved.time);
    this.word.set(saved.word);
    this.next.set(saved.next);
    this.heads = saved.heads.slice();
    [this.mask, this.inv, this.day, this.free, this.used, this.size] = saved.scalars as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
  }
}
