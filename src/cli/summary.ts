/** Metrics of many runs as median and percentiles. */
import { METRICS, type MetricName, type Metrics } from '../sim/metrics/names.ts';

/** Nearest-rank percentiles; null where no run has a value. */
export interface Spread {
  readonly median: number | null;
  readonly p05: number | null;
  readonly p95: number | null;
}

/** Nearest rank: the smallest value with at least `share` of the values at or below it. Null for no values. */
export function nearestRank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Every metric, over the runs in which it is not null. */
export function summarize(runs: readonly Metrics[]): Record<MetricName, Spread> {
  const spreadOf = (name: MetricName): Spread => {
    const sorted = runs.flatMap((metrics) => metrics[name] ?? []).sort((a, b) => a - b);
    return {
      median: nearestRank(sorted, 0.5),
      p05: nearestRank(sorted, 0.05),
      p95: nearestRank(sorted, 0.95),
    };
  };
  return Object.fromEntries(METRICS.map((name) => [name, spreadOf(name)])) as Record<MetricName, Spread>;
}
