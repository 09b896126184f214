import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { anyPlay, type TimedCommand } from '../../../test/support/random-commands.ts';
import { createRun } from '../create-run.ts';
import type { Checkpoint, Run } from '../run.ts';
import { Checkpoints, type Kept } from './checkpoints.ts';
import type { Page } from './pages.ts';

const page = (bytes: number): Page => ({ columns: [], bytes });
const kept = (now: number, bytes: number, ...pages: Page[]) => ({ now, bytes, shared: [pages] });

describe('checkpoints within a budget', () => {
  it('finds the latest at or before a time', () => {
    const store = new Checkpoints<ReturnType<typeof kept>>(1e9);
    for (const now of [500, 0, 2000, 1000]) store.add(kept(now, 1));
    expect(store.times()).toEqual([0, 500, 1000, 2000]);
    expect(store.before(-1)).toBeUndefined();
    expect([0, 499, 500, 1999, 2000, 9e9].map((t) => store.before(t)?.now)).toEqual([
      0, 0, 500, 1000, 2000, 2000,
    ]);
    store.forgetAfter(500);
    expect(store.times()).toEqual([0, 500]);
  });

  it('counts a page once, however many share it, and gives it back with the last of them', () => {
    const store = new Checkpoints<ReturnType<typeof kept>>(1e9);
    const [a, b] = [page(100), page(30)];
    store.add(kept(0, 1, a));
    store.add(kept(1, 1, a, b));
    store.add(kept(2, 1, a, b));
    expect(store.bytes).toBe(133);
    store.forgetAfter(1);
    expect(store.bytes).toBe(132);
    store.add(kept(1, 5, a));
    expect(store.bytes).toBe(106);
    store.forgetAfter(-1);
    expect(store.bytes).toBe(0);
  });

  it('counts a whole list once too, and a page that several lists have', () => {
    const store = new Checkpoints<Kept>(1e9);
    const [a, b, c] = [page(100), page(30), page(7)];
    const list = [a, b];
    store.add({ now: 0, bytes: 1, shared: [list] });
    store.add({ now: 1, bytes: 1, shared: [list] });
    store.add({ now: 2, bytes: 1, shared: [[a, c]] });
    expect(store.bytes).toBe(140);
    store.forgetAfter(1);
    expect(store.bytes).toBe(132);
    store.forgetAfter(0);
    expect(store.bytes).toBe(131);
    store.forgetAfter(-1);
    expect(store.bytes).toBe(0);
  });

  it('keeps the budget, the first, and the newest; denser near the cursor', () => {
    const store = new Checkpoints<ReturnType<typeof kept>>(60);
    for (let now = 0; now <= 600_000; now += 250) {
      store.add(kept(now, 1));
      expect(store.bytes).toBeLessThanOrEqual(60);
      expect(store.before(now)?.now).toBe(now);
      expect(store.before(0)?.now).toBe(0);
    }
    const times = store.times();
    const gapAt = (back: number): number => {
      const i = times.findLastIndex((t) => t <= 600_000 - back);
      return (times[i + 1] ?? 0) - (times[i] ?? 0);
    };
    expect(gapAt(500)).toBe(250);
    expect(gapAt(10_000)).toBeLessThan(gapAt(500_000) / 4);
    // nowhere is the way from a checkpoint longer than a quarter of the way to the cursor
    times.slice(1).forEach((t, i) => expect(t - (times[i] ?? 0)).toBeLessThan((600_000 - t) / 4 + 1000));
    // the cursor goes back: the past fills up around it, and the far end gives way
    for (let now = 100_000; now <= 105_000; now += 250) store.add(kept(now, 1));
    expect(store.times().filter((t) => t >= 103_000 && t <= 105_000)).toHaveLength(9);
    expect(store.bytes).toBeLessThanOrEqual(60);
  });
});

/** Plays commands at their times, in steps of 250 ms, and keeps a checkpoint at each. */
function play(
  run: Run,
  commands: readonly TimedCommand[],
  until: number,
  kept?: Checkpoints<Checkpoint>,
): void {
  const due = commands.filter((c) => c.at >= run.now && c.at <= until);
  let k = 0;
  for (let t = run.now; ;) {
    for (let c = due[k]; c !== undefined && c.at === t; c = due[++k]) run.apply(c.command, 'x');
    if (t === until) return;
    t = Math.min(until, t + 250, due[k]?.at ?? Infinity);
    run.advance(t);
    // Kept before the commands of that time, so that a seek plays them again.
    kept?.add(run.checkpoint());
  }
}

const UNTIL = 4000;

describe('a seek through the store of checkpoints', () => {
  it('ends at the hash of a straight run, at any instant and in any order', () => {
    fc.assert(
      fc.property(
        anyPlay,
        fc.array(fc.integer({ min: 0, max: UNTIL }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(100_000, 300_000, 1e9),
        ({ scenario: s, commands }, moments, budget) => {
          const run = createRun(s);
          const store = new Checkpoints<Checkpoint>(budget);
          store.add(run.checkpoint());
          play(run, commands, UNTIL, store);
          for (const t of moments) {
            const straight = createRun(s);
            play(straight, commands, t);
            const nearest = store.before(t);
            if (nearest === undefined) throw new Error('the first checkpoint is gone');
            run.restore(nearest);
            play(run, commands, t, store);
            expect(run.hash()).toBe(straight.hash());
            expect(run.view()).toEqual(straight.view());
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shares what nobody wrote to: a second checkpoint of many sessions is small', () => {
    const many = scenario(
      [app({ state: homes({ sessions: 'redis' }) }), store(), balancer()],
      {},
      {
        users: 100_000,
        rate: 50,
        mix: { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 },
      },
    );
    const run = createRun(many);
    const kept = new Checkpoints<Checkpoint>(1e9);
    kept.add(run.checkpoint());
    const first = kept.bytes;
    run.advance(500);
    kept.add(run.checkpoint());
    expect(first).toBeGreaterThan(2e6);
    expect(kept.bytes - first).toBeLessThan(first / 8);
  });

  it('are written over once they are gone, and those that are kept are not', () => {
    const crowd = scenario(
      [app({ replicas: 4, serviceTime: { kind: 'fixed', ms: 3000 } }), balancer()],
      {},
      { users: 9000, rate: 5000 },
    );
    const straight = createRun(crowd);
    const run = createRun(crowd);
    const gone: Checkpoint[] = [];
    const kept = new Checkpoints<Checkpoint>(6e6, (checkpoint) => {
      gone.push(checkpoint);
      run.recycle(checkpoint);
    });
    for (let t = 2600; t <= 5000; t += 300) {
      run.advance(t);
      kept.add(run.checkpoint());
    }
    expect(run.view().totals.inFlight).toBeGreaterThan(8192);
    expect(gone.length).toBeGreaterThan(2);
    for (const checkpoint of gone) expect(() => run.restore(checkpoint)).toThrow('given back');
    for (const t of kept.times()) {
      straight.advance(t);
      run.restore(kept.before(t)!);
      expect(run.hash()).toBe(straight.hash());
      run.advance(t + 200);
      const twin = straight.fork();
      twin.advance(t + 200);
      expect(run.hash()).toBe(twin.hash());
      expect(run.view()).toEqual(twin.view());
    }
  });
});
