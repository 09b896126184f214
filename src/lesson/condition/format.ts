import type { MetricName } from '../../sim/metrics/names.ts';
import type { Comparator } from './condition.ts';

const MILLISECONDS: ReadonlySet<string> = new Set<MetricName>([
  'latency.p50',
  'latency.p95',
  'latency.p99',
  'outage.longest',
  'recovery.time',
  'detect.down',
  'detect.up',
]);

/** A metric's value as people read it: times in ms or s, availability as a percentage, counts as they are; null as a dash. */
export function formatMetric(metric: MetricName, value: number | null): string {
  if (value === null) return '–';
  if (metric === 'availability') return `${trim(value * 100, 2)} %`;
  if (MILLISECONDS.has(metric)) return value < 1000 ? `${trim(value, 0)} ms` : `${trim(value / 1000, 1)} s`;
  return trim(value, 1);
}

/** `wanted 0`, `wanted at most 5`, … */
export function wanted(metric: MetricName, comparator: Comparator, limit: number): string {
  return `wanted ${WORDS[comparator]}${formatMetric(metric, limit)}`;
}

const WORDS: Readonly<Record<Comparator, string>> = {
  '==': '',
  '!=': 'anything but ',
  '<': 'less than ',
  '<=': 'at most ',
  '>': 'more than ',
  '>=': 'at least ',
};

const trim = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
