import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['250ms', 250],
    ['2s', 2000],
    ['5m', 300_000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    ['1.005s', 1005],
    ['0.2ms', 0.2],
    ['500us', 0.5],
    ['0', 0],
    ['0s', 0],
    [' 3s ', 3000],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '3', '-1s', '3 s', 's', '3x', '1m30', '1e3s', 'soon'])('%j is no duration', (text) =>
    expect(parseDuration(text)).toBeNull(),
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [250, '250ms'],
    [2000, '2s'],
    [1500, '1.5s'],
    [90_000, '1m30s'],
    [300_000, '5m'],
    [3_600_000, '1h'],
    [3_661_000, '1h1m1s'],
    [0.2, '0.2ms'],
    [90_500, '90500ms'],
    [1e-7, '0.0000001ms'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('is read back', () => {
    fc.assert(fc.property(fc.nat(10_000_000), (ms) => parseDuration(formatDuration(ms)) === ms));
    fc.assert(fc.property(fc.nat(10_000_000), (n) => parseDuration(formatDuration(n / 8)) === n / 8));
  });
});
