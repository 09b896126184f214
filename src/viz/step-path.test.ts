import { describe, expect, it } from 'vitest';
import { stepBand, stepPath } from './step-path.ts';

describe('stepPath', () => {
  it('keeps its height until the next point', () => {
    expect(
      stepPath([
        [0, 10],
        [5, 4],
        [8.126, 4],
      ]),
    ).toBe('M0 10H5V4H8.13V4');
  });

  it('begins anew after a gap', () => {
    expect(
      stepPath([
        [0, 10],
        [5, NaN],
        [8, 4],
        [9, 2],
      ]),
    ).toBe('M0 10M8 4H9V2');
    expect(stepPath([])).toBe('');
  });
});

describe('stepBand', () => {
  it('goes out along the upper curve and back along the lower one, each a staircase', () => {
    expect(
      stepBand([
        [0, 9, 3],
        [5, 8, 2],
        [7, 8, 2],
      ]),
    ).toBe('M0 3H5V2H7V2V8H5V9H0Z');
  });

  it('is in pieces where either curve has a gap', () => {
    const path = stepBand([
      [0, 9, 3],
      [1, 9, 3],
      [2, NaN, 3],
      [3, 9, NaN],
      [4, 9, 1],
      [5, 9, 1],
    ]);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path).not.toContain('NaN');
    expect(stepBand([])).toBe('');
  });
});
