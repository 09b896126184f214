import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinLog } from './bin-log.ts';

const WIDTH = 7;

/** Numbers as bins have them: mostly none, counts small and large, times, and what no count is. */
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 300 }) },
  fc.integer({ min: 0, max: 2 ** 17 }),
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.double(),
  fc.constantFrom(-0, -1, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Infinity, NaN),
);
const row = fc.array(cell, { minLength: WIDTH, maxLength: WIDTH }).map((cells) => Float64Array.from(cells));

/** Adds a row with nothing left out. */
function add(log: BinLog, cells: Float64Array): void {
  cells.forEach((value, column) => log.put(column, value));
  log.end();
}

/** A log of so many rows, and the rows: the same few over and over, so that blocks fill. */
function logOf(rows: readonly Float64Array[], length: number): { log: BinLog; kept: Float64Array[] } {
  const log = new BinLog(WIDTH);
  const kept = Array.from({ length }, (_, i) => rows[i % rows.length]!);
  for (const each of kept) add(log, each);
  return { log, kept };
}

const read = (log: BinLog): Float64Array[] =>
  Array.from({ length: log.length }, (_, i) =>
    Float64Array.from({ length: WIDTH }, (_cell, k) => log.get(i, k)),
  );

describe('BinLog', () => {
  it('gives back every number as it was, packed or not', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), fc.nat(900), (rows, length) => {
        const { log, kept } = logOf(rows, length);
        expect(read(log)).toEqual(kept);
      }),
      { numRuns: 20 },
    );
  });

  it('adds up a column over any rows, as one would one by one', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 9 }),
        fc.nat(900),
        fc.nat(1000),
        fc.nat(1000),
        fc.nat(WIDTH - 1),
        (rows, length, a, b, column) => {
          const { log, kept } = logOf(rows, length);
          const oneByOne = kept.slice(a, b).reduce((sum, each) => sum + each[column]!, 0);
          expect(log.sum(column, a, b)).toBe(oneByOne);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('goes back to any length, and on from there differently', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 5 }),
        fc.nat(600),
        fc.nat(600),
        fc.nat(600),
        (rows, before, after, again) => {
          const { log, kept } = logOf(rows, before);
          const saved = log.save();
          for (let i = 0; i < after; i++) add(log, rows[0]!);
          log.load(saved);
          for (let i = 0; i < again; i++) add(log, rows[1]!);
          const wanted = [...kept, ...Array.from({ length: again }, () => rows[1]!)];
          expect(read(log)).toEqual(wanted);
          const other = new BinLog(WIDTH);
          other.load(saved);
          expect(read(other)).toEqual(kept);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('keeps a quiet hour in a small part of what its numbers are', () => {
    const width = 100;
    const log = new BinLog(width);
    const bin = new Float64Array(width);
    for (let i = 0; i < 36_000; i++) {
      bin.set([3, 4, 100, 41.7 + i, i / 3], 0);
      add(log, bin);
    }
    const bytes = log.save().chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes).toBeLessThan((36_000 * width * 8) / 30);
  });
});
