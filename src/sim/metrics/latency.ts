/**
 * Latencies in logarithmic buckets, read off the bits of a float64: 64 buckets to a doubling, so a bucket's middle is
 * within 0.8 % of everything in it. Bucket numbers are mergeable: a window's percentile is a count over its samples.
 */
const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
const HI = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
/** Exponent of 2^-10 ms: anything faster shares bucket 0. */
const FLOOR = 1023 - 10;
export const BUCKETS = 40 * 64;

export function bucketOf(ms: number): number {
  f64[0] = ms;
  const b = (u32[HI] >>> 14) - (FLOOR << 6);
  return b < 0 ? 0 : b >= BUCKETS ? BUCKETS - 1 : b;
}

/** Middle of a bucket, in ms. */
export function bucketMs(bucket: number): number {
  u32[HI ^ 1] = 0;
  u32[HI] = (bucket + (FLOOR << 6)) << 14;
  const low = f64[0];
  u32[HI] = (bucket + 1 + (FLOOR << 6)) << 14;
  return (low + f64[0]) / 2;
}
