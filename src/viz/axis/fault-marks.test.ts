import { describe, expect, it } from 'vitest';
import { faultMarks } from './fault-marks.ts';

/** 10 px a second. */
const AXIS = { x0: 100, x1: 700, fromMs: 0, toMs: 60_000 };
const single = (t: number): { t: number; loop: number } => ({ t, loop: t });

describe('faultMarks', () => {
  it('puts a flag where each fault was', () => {
    const marks = faultMarks([single(10_000), single(30_000)], AXIS);
    expect(marks.map(({ x }) => x)).toEqual([200, 400]);
    expect(marks.every(({ isLoop, faults }) => !isLoop && faults.length === 1)).toBe(true);
  });

  it('has one flag for a crash loop, however long it goes on', () => {
    const loop = [5, 10, 20, 40].map((s) => ({ t: s * 1000, loop: 7 }));
    const [mark, ...others] = faultMarks(
      [...loop, single(30_000)].toSorted((a, b) => a.t - b.t),
      AXIS,
    );
    expect(mark).toMatchObject({ x: 150, until: 500, fromMs: 5000, toMs: 40_000, isLoop: true });
    expect(mark!.faults).toHaveLength(4);
    expect(others.map(({ x }) => x)).toEqual([400]);
  });

  it('merges what is within a few pixels, and never the whole axis', () => {
    const twelve = Array.from({ length: 12 }, (_, i) => single(20_000 + 80 * i));
    const [mark] = faultMarks(twelve, AXIS);
    expect(mark).toMatchObject({ isLoop: false, fromMs: 20_000, toMs: 20_880 });
    expect(mark!.faults).toHaveLength(12);
    const flood = Array.from({ length: 3000 }, (_, i) => single(20 * i));
    const marks = faultMarks(flood, AXIS);
    expect(marks.length).toBeGreaterThan(10);
    expect(marks.length).toBeLessThanOrEqual(600 / 36 + 1);
    expect(marks.reduce((sum, { faults }) => sum + faults.length, 0)).toBe(3000);
  });

  it('shows only what falls into the part of time that is shown', () => {
    const part = { ...AXIS, fromMs: 15_000, toMs: 35_000 };
    const marks = faultMarks([single(10_000), single(25_000), single(40_000)], part);
    expect(marks.map(({ x }) => x)).toEqual([400]);
  });
});
