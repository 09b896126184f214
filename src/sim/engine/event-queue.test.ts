import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

/** Times as they occur: ties, near and far ones, and what never comes. */
const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.double({ min: 0, max: 1e-5, noNaN: true }),
  fc.constantFrom(1e9, 1e12, 1e15, Infinity),
);

describe('pending events', () => {
  it('leave by time, and among equals in the order they came, whatever comes and goes between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyTime, fc.constant(null)), { maxLength: 400 }),
        fc.boolean(),
        (steps, saves) => {
          let queue = new EventQueue();
          let model: { time: number; a: number }[] = [];
          let now = 0;
          const take = (): void => {
            const expected = model.reduce<{ time: number; a: number } | undefined>(
              (best, e) => (e.time < (best?.time ?? Infinity) ? e : best),
              undefined,
            );
            expect(queue.takeBefore(Infinity)).toBe(expected !== undefined);
            expect(queue.size).toBe(model.length - (expected === undefined ? 0 : 1));
            if (expected === undefined) return;
            expect(queue.time).toBe(expected.time);
            expect(queue.a).toBe(expected.a);
            model = model.filter((e) => e !== expected);
            now = queue.time;
          };
          steps.forEach((step, a) => {
            if (step === null) return take();
            queue.push(now + step, 1, a, 0);
            model.push({ time: now + step, a });
            if (saves && a % 50 === 49) {
              const copy = new EventQueue();
              copy.load(queue.save());
              queue = copy;
            }
          });
          for (let n = model.length; n >= 0; n--) take();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('fits itself to crowds, to gaps of every size, and to a single event after an age', () => {
    const queue = new EventQueue();
    let now = 0;
    for (const gap of [1e-7, 1e-3, 1, 1e4]) {
      for (let i = 0; i < 3000; i++) queue.push(now + i * gap, 0, i, 0);
      for (let i = 0; i < 3000; i++) {
        queue.takeBefore(Infinity);
        now = queue.time;
        expect(queue.a).toBe(i);
      }
    }
    for (let i = 0; i < 5000; i++) queue.push(now + i * 1e-9, 0, i, 0);
    queue.push(1e18, 0, 7, 0);
    for (let i = 0; i < 5000; i++) queue.takeBefore(Infinity);
    expect(queue.takeBefore(1e18)).toBe(false);
    expect(queue.takeBefore(Infinity)).toBe(true);
    expect(queue.time).toBe(1e18);
    expect(queue.takeBefore(Infinity)).toBe(false);
    expect(queue.size).toBe(0);
  });
});
