import { expect, it } from 'vitest';
import { exp, ln } from './portable-math.ts';

/** How far `value` is from `truth`, relative to it where that is more than 1. */
const off = (value: number, truth: number): number => Math.abs(value - truth) / Math.max(1, Math.abs(truth));

it('ln is the natural logarithm of every positive normal number, to 15 digits', () => {
  let worst = 0;
  for (let k = -1020; k <= 1020; k += 3)
    for (const m of [1, 1.1, 1.25, 1.41, 1.42, 1.6, 1.99]) {
      const x = m * 2 ** k;
      worst = Math.max(worst, off(ln(x), Math.log(x)));
    }
  expect(worst).toBeLessThan(3e-15);
  expect(ln(1)).toBe(0);
});

it('near 1 it loses no digits', () => {
  for (const d of [1e-3, 1e-6, 1e-9])
    expect(Math.abs(ln(1 + d) / Math.log1p(1 + d - 1) - 1)).toBeLessThan(1e-14);
});

it('exp is its inverse, to 15 digits', () => {
  const worst = (to: number, step: number): number => {
    let most = 0;
    for (let x = -to; x <= to; x += step) most = Math.max(most, Math.abs(exp(x) / Math.exp(x) - 1));
    return most;
  };
  expect(worst(690, 0.37)).toBeLessThan(1e-13);
  expect(worst(1, 0.01)).toBeLessThan(3e-15);
  expect(exp(0)).toBe(1);
});
