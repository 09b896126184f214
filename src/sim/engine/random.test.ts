import { describe, expect, it } from 'vitest';
import type { Distribution } from '../model/scenario.ts';
import { Stream, USER_STEP, mixSeeded, userExponential, userUniform } from './random.ts';

const COUNT = 100_000;
const draws = (next: () => number): Float64Array => Float64Array.from({ length: COUNT }, next).sort();
/** The share of `values` beyond `x` is `p`: five standard errors. */
function expectBeyond(values: Float64Array, x: number, p: number): void {
  const share = values.filter((v) => v > x).length / COUNT;
  expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / COUNT));
}
/** Users' own sequence, as the model walks it. */
function sequence(draw: (word: number) => number): () => number {
  let word = 17;
  return () => draw((word = (word + USER_STEP) | 0));
}
const QUANTILES = [0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.9997];

describe.each([
  ['a stream', () => new Stream(5, 2)],
  ['another concern of another seed', () => new Stream(77, 9)],
])('%s', (_, make) => {
  it('is uniform in [0, 1)', () => {
    const stream = make();
    const values = draws(() => stream.uniform());
    for (const q of QUANTILES) expectBeyond(values, q, 1 - q);
    expect(values[0]).toBeGreaterThanOrEqual(0);
    expect(values.at(-1)).toBeLessThan(1);
  });

  it('draws whole numbers below n, each as often', () => {
    const stream = make();
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < COUNT; i++) counts[stream.below(7)]!++;
    for (const count of counts) expect(Math.abs(count / COUNT - 1 / 7)).toBeLessThan(0.006);
  });

  it('is exponential of mean 1 from its bulk to its tail', () => {
    const stream = make();
    const values = draws(() => stream.exponential());
    // Beyond 7.7 begins the tail that the ziggurat draws apart.
    for (const x of [0.01, 0.05, 0.2, 0.5, 1, 2, 4, 6, 7.5, 8.5]) expectBeyond(values, x, Math.exp(-x));
  });

  it('is normal', () => {
    const stream = make();
    const values = draws(() => stream.normal());
    for (const [x, p] of [
      [-2.326, 0.99],
      [-1, 0.84134],
      [0, 0.5],
      [1, 0.15866],
      [1.645, 0.05],
      [3, 0.00135],
    ] as const)
      expectBeyond(values, x, p);
  });

  it.each<[Distribution, number, number]>([
    [{ kind: 'exponential', mean: 40 }, 40 * Math.LN2, 40 * Math.log(20)],
    [{ kind: 'uniform', min: 10, max: 30 }, 20, 29],
    [{ kind: 'lognormal', median: 30, p95: 200 }, 30, 200],
  ])('gives %j its median %f and its 95th percentile %f', (distribution, median, p95) => {
    const stream = make();
    const values = draws(() => stream.sample(distribution));
    expectBeyond(values, median, 0.5);
    expectBeyond(values, p95, 0.05);
  });
});

it('a fixed duration is what it is', () => {
  expect(new Stream(1, 1).sample({ kind: 'fixed', ms: 12 })).toBe(12);
});

it('streams of neighbouring seeds and concerns have nothing in common', () => {
  const first = (seed: number, concern: number): number[] => {
    const stream = new Stream(seed, concern);
    return Array.from({ length: 2000 }, () => stream.uniform() - 0.5);
  };
  const own = first(1, 0);
  expect(first(1, 0)).toEqual(own);
  for (const other of [first(2, 0), first(1, 1), first(0, 1)]) {
    const correlation = (12 / 2000) * own.reduce((sum, x, i) => sum + x * other[i]!, 0);
    expect(Math.abs(correlation)).toBeLessThan(0.1);
  }
});

describe('what a user draws', () => {
  it('is uniform in (0, 1]', () => {
    const values = draws(sequence(userUniform));
    for (const q of QUANTILES) expectBeyond(values, q, 1 - q);
    expect(values[0]).toBeGreaterThan(0);
    expect(values.at(-1)).toBeLessThanOrEqual(1);
  });

  it('is exponential of mean 1', () => {
    const values = draws(sequence(userExponential));
    for (const x of [0.01, 0.2, 1, 4, 8]) expectBeyond(values, x, Math.exp(-x));
  });
});

it('bits of a seed and a number are spread over the whole range, for neighbours too', () => {
  for (const of of [(n: number) => mixSeeded(3, n), (n: number) => mixSeeded(n, 3)]) {
    const values = draws(
      (
        (n) => () =>
          (of(n++) >>> 0) / 2 ** 32
      )(0),
    );
    for (const q of QUANTILES) expectBeyond(values, q, 1 - q);
  }
});
