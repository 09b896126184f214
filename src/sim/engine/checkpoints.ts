import type { Page } from './pages.ts';

/** What the store needs to know of a checkpoint. */
export interface Kept {
  /** Virtual time in ms. */
  readonly now: number;
  /** Bytes that only this checkpoint keeps alive. */
  readonly bytes: number;
  /** Lists of pages that it may share with others: the list as a whole, or some of its pages. */
  readonly shared: readonly (readonly Page[])[];
}

/** Nearer than this to the cursor (ms), checkpoints are equally dear. */
const NEAR_MS = 1000;

/**
 * Checkpoints of one run within a budget of bytes. Over it, the one goes that is missed least: whose going leaves the
 * smallest gap for its distance from the cursor. So they lie the denser the nearer the cursor, and the first one stays.
 */
export class Checkpoints<T extends Kept> {
  /** Bytes kept alive; a shared page counts once. */
  bytes = 0;
  private readonly budget: number;
  private list: T[] = [];
  /** How many hold a list of pages, and how many such lists a page. */
  private readonly holders = new Map<Page | readonly Page[], number>();

  private readonly gone: (checkpoint: T) => void;

  /** `gone` is told of every checkpoint that is kept no longer. */
  constructor(budget: number, gone: (checkpoint: T) => void = () => {}) {
    this.budget = budget;
    this.gone = gone;
  }

  get length(): number {
    return this.list.length;
  }
  /** Times of the checkpoints, ascending. */
  times(): number[] {
    return this.list.map((c) => c.now);
  }

  /** Keeps a checkpoint, whose time becomes the cursor; one of the same time is replaced. Others may go for it. */
  add(checkpoint: T): void {
    const at = this.indexAfter(checkpoint.now);
    const same = at > 0 && this.list[at - 1].now === checkpoint.now;
    if (same) this.release(this.list[at - 1]);
    this.list.splice(same ? at - 1 : at, same ? 1 : 0, checkpoint);
    this.bytes += checkpoint.bytes;
    this.share(checkpoint, 1);
    this.thin(checkpoint.now);
  }

  /** The latest checkpoint at or before `t`. */
  before(t: number): T | undefined {
    return this.list[this.indexAfter(t) - 1];
  }

  /** Drops those after `t`: the run goes on differently from there. */
  forgetAfter(t: number): void {
    for (const gone of this.list.splice(this.indexAfter(t))) this.release(gone);
  }

  private indexAfter(t: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.list[mid].now <= t) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  private thin(cursor: number): void {
    const list = this.list;
    while (this.bytes > this.budget && list.length > 2) {
      let least = 1;
      let leastLoss = Infinity;
      // The last one has no gap to close; it counts as far from the next as it is from its elder.
      for (let i = 1; i < list.length; i++) {
        if (list[i].now === cursor) continue;
        const gap =
          (i + 1 < list.length ? list[i + 1].now : 2 * list[i].now - list[i - 1].now) - list[i - 1].now;
        const loss = gap / (Math.abs(list[i].now - cursor) + NEAR_MS);
        if (loss < leastLoss) {
          least = i;
          leastLoss = loss;
        }
      }
      this.release(list[least]);
      list.splice(least, 1);
    }
  }

  private release(gone: T): void {
    this.bytes -= gone.bytes;
    this.share(gone, -1);
    this.gone(gone);
  }

  /** One more or one fewer holds what a checkpoint shares: pages that nobody else holds count with it. */
  private share({ shared }: T, by: 1 | -1): void {
    const alone = by > 0 ? 1 : 0;
    for (const pages of shared)
      if (this.held(pages, by) === alone)
        for (const page of pages) if (this.held(page, by) === alone) this.bytes += by * page.bytes;
  }

  /** How many hold it now. */
  private held(what: Page | readonly Page[], by: number): number {
    const holders = (this.holders.get(what) ?? 0) + by;
    if (holders > 0) this.holders.set(what, holders);
    else this.holders.delete(what);
    return holders;
  }
}
