import { expect, it } from 'vitest';
import { BUCKETS, bucketMs, bucketOf } from './latency.ts';

it("a bucket's middle is within 0.8 % of everything in it", () => {
  let worst = 0;
  for (let ms = 0.001; ms < 1e8; ms *= 1.003)
    worst = Math.max(worst, Math.abs(bucketMs(bucketOf(ms)) / ms - 1));
  expect(worst).toBeLessThanOrEqual(1 / 128);
});

it('there are 64 buckets to a doubling, in the order of time', () => {
  for (const ms of [0.5, 1, 3, 40, 1000, 90_000]) expect(bucketOf(2 * ms) - bucketOf(ms)).toBe(64);
  const middles = Array.from({ length: BUCKETS }, (_, bucket) => bucketMs(bucket));
  expect(middles.every((ms, bucket) => bucket === 0 || ms > middles[bucket - 1]!)).toBe(true);
});

it('what is shorter or longer than all of them is in the first or the last', () => {
  for (const ms of [0, 1e-9, 2 ** -10]) expect(bucketOf(ms)).toBe(0);
  for (const ms of [2 ** 30, 1e15]) expect(bucketOf(ms)).toBe(BUCKETS - 1);
});
