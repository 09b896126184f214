import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Blocks } from './blocks.ts';
import { EventQueue } from './event-queue.ts';
import { Stream } from './random.ts';

/** Times as they occur: ties, near and far ones, and what never comes. */
const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.double({ min: 0, max: 1e-5, noNaN: true }),
  fc.constantFrom(1e9, 1e12, 1e15, Infinity),
);

const blocks = new Blocks();

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
              copy.load(queue.save(blocks), blocks);
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
        if (queue.a !== i) throw new Error(`took ${queue.a} for ${i}`);
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

  it('stay spread over many buckets after a silence', () => {
    const queue = new EventQueue();
    const random = new Stream(5, 0);
    const hold = (turns: number): void => {
      for (let i = 0; i < turns; i++) {
        queue.takeBefore(Infinity);
        queue.push(queue.time + random.exponential(), 0, i, 0);
      }
    };
    const longest = (): number => {
      const saved = queue.save(blocks);
      const { heads } = saved;
      const next = new Int32Array(saved.used);
      blocks.put([next], saved.next);
      const times = new Float64Array(saved.used);
      blocks.put([times], saved.times);
      let most = 0;
      for (const head of heads) {
        let n = 0;
        for (let at = head; times[at]! >= 0; at = next[at]!) n++;
        most = Math.max(most, n);
      }
      return most;
    };
    for (let i = 0; i < 1000; i++) queue.push(random.exponential(), 0, i, 0);
    hold(10_000);
    const usual = longest();
    // Nights of an hour between crowds, in the middle of what the calendar is fitted to.
    for (let night = 0; night < 3; night++) {
      const pending: number[] = [];
      while (queue.takeBefore(Infinity)) pending.push(queue.time);
      const morning = queue.time + 3.6e6;
      for (const time of pending) queue.push(morning + (time - pending[0]!), 0, 0, 0);
      hold(2500);
      expect(longest()).toBeLessThan(4 * usual);
    }
  });

  it('keep that order in a crowd of which the calendar holds a year only', () => {
    const random = new Stream(11, 0);
    let queue = new EventQueue();
    /** Ties, this year's, later ones, some of an age ahead and some that never come. */
    const ahead = (): number =>
      [
        0.001 * random.below(300),
        random.below(300),
        random.exponential(),
        500 * random.uniform(),
        4000 * random.uniform(),
      ][random.below(5)]!;
    const times = new Map<number, number>();
    let pushed = 0;
    const push = (): void => {
      const time = pushed % 97 === 0 ? Infinity : queue.time + (pushed % 499 === 0 ? 1e6 : ahead());
      if (time < Infinity) times.set(pushed, time);
      queue.push(time, pushed & 7, pushed, -pushed);
      pushed++;
    };
    const expected = { time: 0, a: -1 };
    const take = (end: number): boolean => {
      if (!queue.takeBefore(end)) return false;
      const { time, kind, a, b } = queue;
      if (time !== times.get(a) || time < expected.time || (time === expected.time && a < expected.a))
        throw new Error(`took ${a}, due at ${time}, after ${expected.a}, due at ${expected.time}`);
      if (kind !== (a & 7) || b !== -a) throw new Error(`the words of ${a} are another’s`);
      times.delete(a);
      expected.time = time;
      expected.a = a;
      return true;
    };
    const many = 60_000;
    while (pushed < many) push();
    for (let turn = 0; turn < 2.5 * many; turn++) {
      // Grows and shrinks again, by steps of the clock that end between events too.
      if (take(turn % 3 === 0 ? queue.time + 0.01 : Infinity) && (turn < many || turn % 4 === 0)) push();
      if (turn % 50_000 === 0) {
        const copy = new EventQueue();
        copy.load(queue.save(blocks), blocks);
        queue = copy;
      }
    }
    while (take(1e5));
    // Whatever is left is due later than that, or never.
    expect(Math.min(...times.values())).toBeGreaterThanOrEqual(1e5);
    while (take(Infinity));
    expect(times.size).toBe(0);
    expect(queue.size).toBeGreaterThan(0);
    expect(queue.takeBefore(Infinity)).toBe(false);
  });

  it('keep in a checkpoint of a crowd the nodes that its year has, and no others', () => {
    const queue = new EventQueue();
    const random = new Stream(3, 0);
    for (let i = 0; i < 60_000; i++) queue.push(10_000 * random.uniform(), 0, i, 0);
    for (let i = 0; i < 20_000; i++) {
      queue.takeBefore(Infinity);
      queue.push(queue.time + 10_000 * random.uniform(), 0, i, 0);
    }
    expect(queue.size).toBe(60_000);
    expect(queue.save(blocks).used).toBeLessThan(8000);
  });
});
