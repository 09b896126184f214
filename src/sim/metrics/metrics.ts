import { BinLog, type SavedBins } from './bin-log.ts';
import { AppendLog, type SavedLog } from '../engine/append-log.ts';
import { COUNTERS, GAUGES, type Counter, type Gauge } from './names.ts';
import { bucketOf } from './latency.ts';

/** Width of a bin in ms: windows round to it. */
export const BIN_MS = 100;

const NC = COUNTERS.length;
const NG = GAUGES.length;
const CAPACITY_MIN = NC + NG;
const OUTAGE = CAPACITY_MIN + 1;
const OUTAGE_END = CAPACITY_MIN + 2;
const LAST_FAIL = CAPACITY_MIN + 3;
const SAMPLES = CAPACITY_MIN + 4;
const WIDTH = CAPACITY_MIN + 5;

const INDEX = new Map<string, number>([...COUNTERS, ...GAUGES].map((name, i) => [name, i]));
/** Column of a counter or gauge; resolve once, outside hot paths. */
export const column = (name: Counter | Gauge): number => INDEX.get(name) ?? -1;

const CAPACITY = column('capacity');

export interface SavedMetrics {
  readonly bins: SavedBins;
  readonly samples: SavedLog<Uint16Array>;
  readonly open: Float64Array;
  readonly totals: Float64Array;
  readonly binEnd: number;
  readonly firstAsk: number;
}

/** Folds the event stream: totals, 100 ms bins, latency samples in logarithmic buckets (error < 1 %). */
export class MetricsFold {
  readonly bins = new BinLog(WIDTH);
  readonly samples = new AppendLog<Uint16Array>((n) => new Uint16Array(n), 1);
  /** The bin being filled; gauges hold their present values. */
  private readonly open = new Float64Array(WIDTH);
  /** Counters since t = 0. */
  readonly totals = new Float64Array(NC);
  /** Counters that the open bin counts, in a list: mostly few of the many, and a quiet run closes a bin every few events. */
  private readonly counted = new Uint8Array(NC);
  private counting = 0;
  private binEnd = BIN_MS;
  /** Start of the first request since the last good answer; -1 = none. */
  private firstAsk = -1;

  count(col: number): void {
    if (this.open[col] === 0) this.begin(col);
    this.open[col]++;
    this.totals[col]++;
  }
  add(col: number, n: number): void {
    if (n === 0) return;
    if (this.open[col] === 0) this.begin(col);
    this.open[col] += n;
    this.totals[col] += n;
  }
  private begin(col: number): void {
    this.counted[this.counting++] = col;
  }

  gauge(col: number, value: number): void {
    this.open[col] = value;
    if (col === CAPACITY && value < this.open[CAPACITY_MIN]) this.open[CAPACITY_MIN] = value;
  }
  value(col: number): number {
    return this.open[col];
  }

  asked(now: number): void {
    if (this.firstAsk < 0) this.firstAsk = now;
  }

  /** A good answer reached its user; `ms` < 0 = do not sample its latency. */
  answered(now: number, ms: number): void {
    if (this.firstAsk >= 0) {
      const gap = now - this.firstAsk;
      if (gap > this.open[OUTAGE]) {
        this.open[OUTAGE] = gap;
        this.open[OUTAGE_END] = now;
      }
      this.firstAsk = -1;
    }
    if (ms >= 0) {
      const i = this.samples.add();
      this.samples.chunk(i)[this.samples.offset(i)] = bucketOf(ms);
    }
  }

  failedAt(now: number): void {
    this.open[LAST_FAIL] = now;
  }

  /** Closes every bin that ends at or before `now`. Call before anything at `now` is counted. */
  roll(now: number): void {
    while (now >= this.binEnd) this.close();
  }

  private close(): void {
    const { open, bins, counted } = this;
    for (let k = 0; k < this.counting; k++) {
      const col = counted[k];
      bins.put(col, open[col]);
      open[col] = 0;
    }
    this.counting = 0;
    for (let col = NC; col < WIDTH; col++) bins.put(col, open[col]);
    bins.end();
    open[CAPACITY_MIN] = open[CAPACITY];
    open[OUTAGE] = 0;
    open[OUTAGE_END] = 0;
    open[LAST_FAIL] = 0;
    open[SAMPLES] = this.samples.length;
    this.binEnd += BIN_MS;
  }

  /** Start-up: gauges set at t = 0 are the first bin's minimum too. */
  settle(): void {
    this.open[CAPACITY_MIN] = this.open[CAPACITY];
  }

  /** Sum of a counter over bins [a, b); the open bin counts when b reaches it. */
  sum(col: number, a: number, b: number): number {
    const closed = this.bins.sum(col, a, b);
    return a <= this.bins.length && this.bins.length < b ? closed + this.open[col] : closed;
  }
  /** A value of bin i; the open bin is number `bins.length`. */
  cell(i: number, col: number): number {
    if (i < this.bins.length) return this.bins.get(i, col);
    return i === this.bins.length ? this.open[col] : 0;
  }
  capacityMin = (i: number): number => this.cell(i, CAPACITY_MIN);
  outage = (i: number): { ms: number; end: number } => ({
    ms: this.cell(i, OUTAGE),
    end: this.cell(i, OUTAGE_END),
  });
  lastFail = (i: number): number => this.cell(i, LAST_FAIL);
  /** Samples taken in bins [a, b): their range in `samples`. */
  sampleRange(a: number, b: number): [number, number] {
    const at = (i: number): number => (i <= this.bins.length ? this.cell(i, SAMPLES) : this.samples.length);
    return [at(a), at(b)];
  }
  get openAsk(): number {
    return this.firstAsk;
  }

  save(): SavedMetrics {
    return {
      bins: this.bins.save(),
      samples: this.samples.save(),
      open: this.open.slice(),
      totals: this.totals.slice(),
      binEnd: this.binEnd,
      firstAsk: this.firstAsk,
    };
  }

  load(saved: SavedMetrics): void {
    this.bins.load(saved.bins);
    this.samples.load(saved.samples);
    this.open.set(saved.open);
    this.counting = 0;
    for (let col = 0; col < NC; col++) if (this.open[col] !== 0) this.begin(col);
    this.totals.set(saved.totals);
    this.binEnd = saved.binEnd;
    this.firstAsk = saved.firstAsk;
  }
}
