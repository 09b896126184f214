import { describe, expect, it } from 'vitest';
import { Blocks } from '../engine/blocks.ts';
import { BROWSE, Requests } from './requests.ts';

const blocks = new Blocks();
const bytes = (q: Requests): number => q.save(blocks).pages.reduce((sum, page) => sum + page.bytes, 0);

function opened(rows: number): Requests {
  const q = new Requests();
  for (let id = 1; id <= rows; id++) q.open(id, id % 7, BROWSE);
  return q;
}

describe('requests in a checkpoint', () => {
  it('have what few of them have, in whatever block of rows', () => {
    const q = opened(20_000);
    q.edit(9000).store[9000] = 2;
    q.edit(9000).because[9000] = 77;
    q.edit(19_999).extra[19_999] = 0.5;
    const saved = q.save(blocks);
    q.edit(9000).store[9000] = -1;
    q.edit(3).because[3] = 5;
    q.load(saved, blocks);
    expect([q.store[9000], q.because[9000], q.extra[19_999], q.because[3]]).toEqual([2, 77, 0.5, -1]);
    const other = new Requests();
    other.load(saved, blocks);
    expect([other.store[9000], other.because[9000], other.extra[19_999], other.because[3]]).toEqual([
      2, 77, 0.5, -1,
    ]);
    expect(other.save(blocks)).toEqual(saved);
  });

  it('take no room for what none of them has, nor once the last that had it has it no more', () => {
    const q = opened(20_000);
    const usual = bytes(q);
    q.edit(9000).upload[9000] = 4;
    expect(bytes(q)).toBeGreaterThan(usual + 4 * 8000);
    q.edit(9000).upload[9000] = -1;
    expect(bytes(q)).toBe(usual);
  });

  it('begin with nothing unusual, those too whose rows were in use in a future that was left', () => {
    const q = opened(100);
    q.edit(50).because[50] = 1;
    const saved = q.save(blocks);
    const later = opened(200);
    for (let r = 100; r < 200; r++) later.edit(r).because[r] = 9;
    later.load(saved, blocks);
    later.edit(50).because[50] = -1;
    // Found to be as usual, up to the last row in use.
    later.save(blocks);
    for (let id = 101; id <= 150; id++) expect(later.because[later.open(id, 0, BROWSE)]).toBe(-1);
    expect(later.used).toBe(150);
  });
});
