import { describe, expect, it } from 'vitest';
import { Blocks } from './blocks.ts';
import { Pages } from './pages.ts';

const ROWS = 20_000;
const blocks = new Blocks();

describe('pages of a table', () => {
  it('give back every number, among them those that equal others and are not the same', () => {
    const floats = new Float64Array(ROWS).fill(-0);
    floats[9000] = 0;
    const nothing = new Float64Array(ROWS).fill(NaN);
    const ints = new Int32Array(ROWS).fill(7);
    ints[ROWS - 2] = -1;
    const bytes = new Uint8Array(ROWS).map((_, i) => (i < 9000 ? 3 : i));
    const columns = [floats, nothing, ints, bytes];
    const pages = blocks.copy(columns, ROWS);
    const back = [new Float64Array(ROWS), new Float64Array(ROWS), new Int32Array(ROWS), new Uint8Array(ROWS)];
    blocks.put(back, pages);
    expect(back).toEqual(columns);
    expect(Object.is(back[0]?.[9001], -0)).toBe(true);
    expect(Object.is(back[0]?.[9000], 0)).toBe(true);
  });

  it('keep a column of one number as that number', () => {
    const kept = (column: Int32Array): number => blocks.copy([column], ROWS).reduce((n, p) => n + p.bytes, 0);
    expect(kept(new Int32Array(ROWS).fill(5))).toBeLessThan(100);
    expect(kept(new Int32Array(ROWS).map((_, i) => i))).toBe(4 * 3 * 8192);
  });

  it('go back into a table that has less room than the one they are from', () => {
    const small = new Int32Array(64);
    blocks.put([small], blocks.copy([new Int32Array(2048).map((_, i) => i)], 64));
    expect([...small]).toEqual(Array.from({ length: 64 }, (_, i) => i));
  });

  it('are made in the room of those that were given back, and of no others', () => {
    const own = new Blocks();
    const column = new Int32Array(ROWS).map((_, i) => i);
    const kept = own.copy([column], ROWS);
    const gone = own.copy([column], ROWS);
    const room = gone[0]?.columns[0];
    own.recycle(gone);
    column.fill(-1, 0, 9);
    const next = own.copy([column], ROWS);
    expect(next.some((page) => page.columns[0] === room)).toBe(true);
    const back = new Int32Array(ROWS);
    own.put([back], kept);
    expect(back.slice(0, 10)).toEqual(Int32Array.from({ length: 10 }, (_, i) => i));
    own.put([back], next);
    expect(back).toEqual(column);
  });

  it('share what nobody wrote to', () => {
    const column = new Int32Array(4096).map((_, i) => i);
    const pages = new Pages();
    pages.reserve(4096);
    const first = pages.save([column], 4096);
    pages.touch(2000);
    column[2000] = -1;
    const second = pages.save([column], 4096);
    expect(second.map((page, p) => page === first[p])).toEqual([true, false, true, true]);
    expect(pages.save([column], 4096)).toBe(second);
    pages.load([column], first);
    expect(column[2000]).toBe(2000);
    expect(pages.save([column], 4096)).toBe(first);
  });
});
