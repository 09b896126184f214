import type { Journal } from '../engine/journal.ts';
import { BUCKETS, bucketMs } from './latency.ts';
import { BIN_MS, type MetricsFold, column } from './metrics.ts';
import { COUNTERS, type Counter, GAUGES, METRICS, type MetricName, type Metrics } from './names.ts';

/** Smallest bucket value with at least a share `p` of the samples at or below it (nearest rank). */
function percentile(counts: Int32Array, total: number, p: number): number | null {
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(p * total));
  let seen = 0;
  for (let b = 0; b < counts.length; b++) {
    seen += counts[b];
    if (seen >= rank) return Math.round(bucketMs(b) * 1000) / 1000;
  }
  return null;
}

const SHOWN: ReadonlySet<string> = new Set(METRICS);
/** The others are counted for what is computed from them. */
const isShown = (name: string): name is MetricName => SHOWN.has(name);

/** Null = nothing to take the mean of. */
function mean(m: MetricsFold, sum: Counter, count: Counter, a: number, b: number): number | null {
  const n = m.sum(column(count), a, b);
  return n === 0 ? null : m.sum(column(sum), a, b) / n;
}

/** Metrics of [fromMs, toMs), rounded to bins. Durations in ms. */
export function windowMetrics(m: MetricsFold, journal: Journal, fromMs: number, toMs: number): Metrics {
  const a = Math.round(fromMs / BIN_MS);
  const b = Math.max(a, Math.round(toMs / BIN_MS));
  const out = {} as Record<MetricName, number | null>;
  for (const name of METRICS) out[name] = 0;
  for (const name of COUNTERS) if (isShown(name)) out[name] = m.sum(column(name), a, b);
  const failed = out['requests.failed'] ?? 0;
  const ok = out['requests.ok'] ?? 0;
  out['requests.total'] = ok + failed + (out['requests.unauthorized'] ?? 0) + (out['uploads.not-found'] ?? 0);
  out['availability'] = ok + failed === 0 ? null : ok / (ok + failed);
  out['members.join-time'] = mean(m, 'members.join-ms', 'members.joins', a, b);
  out['members.leave-time'] = mean(m, 'members.leave-ms', 'members.leaves', a, b);
  const last = Math.max(0, Math.min(b, m.bins.length + 1) - 1);
  for (const name of GAUGES) if (isShown(name)) out[name] = m.cell(last, column(name));
  let capacity = Infinity;
  let outage = 0;
  let lastFail = 0;
  for (let i = a; i < b && i <= m.bins.length; i++) {
    capacity = Math.min(capacity, m.capacityMin(i));
    const gap = m.outage(i);
    outage = Math.max(outage, Math.min(gap.ms, gap.end - fromMs));
    lastFail = Math.max(lastFail, m.lastFail(i));
  }
  // Still without an answer when the window ends.
  if (m.openAsk >= 0 && m.openAsk < toMs) outage = Math.max(outage, toMs - Math.max(fromMs, m.openAsk));
  out['capacity.min'] = capacity === Infinity ? 0 : capacity;
  out['outage.longest'] = outage;
  const [s0, s1] = m.sampleRange(a, b);
  const counts = new Int32Array(BUCKETS);
  for (let i = s0; i < s1; i++) counts[m.samples.get(i, 0)]++;
  out['latency.p50'] = percentile(counts, s1 - s0, 0.5);
  out['latency.p95'] = percentile(counts, s1 - s0, 0.95);
  out['latency.p99'] = percentile(counts, s1 - s0, 0.99);
  Object.assign(out, sinceCommand(journal, fromMs, toMs, lastFail));
  return out;
}

/** Median, 95th and 99th percentile of the answers of each of `bins` equal bins of [fromMs, toMs), in ms; NaN where none came. */
export function latencySeries(
  m: MetricsFold,
  fromMs: number,
  toMs: number,
  bins: number,
): { p50: Float64Array; p95: Float64Array; p99: Float64Array } {
  const out = { p50: new Float64Array(bins), p95: new Float64Array(bins), p99: new Float64Array(bins) };
  const width = (toMs - fromMs) / bins;
  for (let k = 0; k < bins; k++) {
    const [s0, s1] = m.sampleRange(
      Math.round((fromMs + k * width) / BIN_MS),
      Math.round((fromMs + (k + 1) * width) / BIN_MS),
    );
    const sorted = new Uint16Array(Math.max(0, s1 - s0));
    for (let i = 0; i < sorted.length; i++) sorted[i] = m.samples.get(s0 + i, 0);
    sorted.sort();
    const rank = (p: number): number =>
      sorted.length === 0 ? NaN : bucketMs(sorted[Math.max(1, Math.ceil(p * sorted.length)) - 1]);
    out.p50[k] = rank(0.5);
    out.p95[k] = rank(0.95);
    out.p99[k] = rank(0.99);
  }
  return out;
}

/** What is measured from the first command (or fault) in the window: recovery and detection. */
function sinceCommand(
  journal: Journal,
  fromMs: number,
  toMs: number,
  lastFail: number,
): Partial<Record<MetricName, number | null>> {
  let at = -1;
  let down = -1;
  let up = -1;
  let server = -1;
  for (let i = 0; i < journal.length; i++) {
    const e = journal.read(i);
    if (e.t < fromMs) continue;
    if (e.t >= toMs) break;
    if (at < 0) {
      if (e.kind === 'command') at = e.t;
      continue;
    }
    if (e.kind === 'server-down' && down < 0) {
      down = e.t;
      server = e.container;
    }
    if (e.kind === 'server-up' && up < 0 && down >= 0 && e.container === server) up = e.t;
    if (down >= 0 && up >= 0) break;
  }
  return {
    'recovery.time': at >= 0 && lastFail > at ? lastFail - at : 0,
    'detect.down': down < 0 ? null : down - at,
    'detect.up': up < 0 ? null : up - at,
  };
}
