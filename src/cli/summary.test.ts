import { expect, it } from 'vitest';
import { METRICS, type Metrics } from '../sim/metrics/names.ts';
import { nearestRank, summarize } from './summary.ts';

it.each([
  [[], 0.5, null],
  [[7], 0.05, 7],
  [[7], 0.95, 7],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4, 5], 0.5, 3],
  [Array.from({ length: 100 }, (_, i) => i + 1), 0.05, 5],
  [Array.from({ length: 100 }, (_, i) => i + 1), 0.95, 95],
  [Array.from({ length: 20 }, (_, i) => i + 1), 0.05, 1],
])('the nearest rank in %j at %d is %d', (values, share, expected) =>
  expect(nearestRank(values, share)).toBe(expected),
);

it('leaves nulls out, and says null where there is nothing else', () => {
  const zero = Object.fromEntries(METRICS.map((name) => [name, 0])) as Metrics;
  const summary = summarize([
    { ...zero, 'requests.ok': 10, 'detect.down': null, 'detect.up': null },
    { ...zero, 'requests.ok': 2, 'detect.down': 5, 'detect.up': null },
    { ...zero, 'requests.ok': 9, 'detect.down': 3, 'detect.up': null },
  ]);
  expect(Object.keys(summary)).toEqual([...METRICS]);
  expect(summary['requests.ok']).toEqual({ median: 9, p05: 2, p95: 10 });
  expect(summary['detect.down']).toEqual({ median: 3, p05: 3, p95: 5 });
  expect(summary['detect.up']).toEqual({ median: null, p05: null, p95: null });
});
