import { describe, expect, it } from 'vitest';
import { Stream } from '../engine/random.ts';
import { LegLog } from './legs.ts';

const USERS = 500;

/** Legs of requests that come `perMs` a ms in [fromMs, toMs): there, to a store that answers in advance, and back. */
function fill(log: LegLog, fromMs: number, toMs: number, perMs: number): void {
  for (let i = Math.round(fromMs * perMs); i < toMs * perMs; i++) {
    const t = i / perMs;
    const user = (i * 7) % USERS;
    log.add(0, 1, t, t + 0.2, user, 0, -1, 0);
    log.add(1_000_000, 2, t + 3, t + 6, user, 1, -1, 3);
  }
}

const usersIn = (log: LegLog, t: number, stretch: number): Set<number> => {
  const { length, user } = log.at(t, stretch);
  return new Set(user.subarray(0, length));
};

describe('legs', () => {
  it('are those that are drawn at the time, however long they take and in whatever order they were noted', () => {
    const log = new LegLog();
    log.enable(true);
    const random = new Stream(5, 0);
    const all: { t0: number; t1: number; user: number }[] = [];
    for (let user = 0; user < 2000; user++) {
      const t0 = user / 2 + (user % 5 === 0 ? random.uniform() * 40 : 0);
      const t1 = t0 + (user % 97 === 0 ? random.uniform() * 300 : random.uniform() * 3);
      all.push({ t0, t1, user });
      log.add(0, 1, t0, t1, user, 0, -1, 0);
    }
    for (const [t, stretch] of [
      [1000, 100],
      [990, 0],
      [400, 5],
      [1020, Infinity],
    ] as const) {
      const drawn = all.filter((leg) => leg.t0 <= t && t <= Math.max(leg.t1, leg.t0 + stretch));
      expect([...usersIn(log, t, stretch)]).toEqual(drawn.map(({ user }) => user));
    }
  });

  it('come whole, in the order they were noted, wherever the ring begins', () => {
    const log = new LegLog();
    log.enable(true);
    const random = new Stream(7, 0);
    // More than are kept: the last ones lie across the ring's end.
    const notedMost = 40_000;
    const rows = Array.from({ length: notedMost }, (_, i) => {
      const t0 = i / 20;
      // Now a stretch of quick ones, now some that are still under way.
      const t1 = t0 + (Math.floor(i / 300) % 2 === 0 ? 1 : random.uniform() * 400);
      return { from: i % 3, to: i % 7, t0, t1, user: i, outcome: i % 6, cause: (i % 5) - 1, flags: i % 64 };
    });
    for (const r of rows) log.add(r.from, r.to, r.t0, r.t1, r.user, r.outcome, r.cause, r.flags);
    for (const [t, stretch] of [
      [notedMost / 20, 0],
      [notedMost / 20 - 3, 0.5],
      [notedMost / 20, 600],
    ] as const) {
      const { length, ...columns } = log.at(t, stretch);
      const found = Array.from({ length }, (_, i) => ({
        from: columns.from[i],
        to: columns.to[i],
        t0: columns.t0[i],
        t1: columns.t1[i],
        user: columns.user[i],
        outcome: columns.outcome[i],
        cause: columns.cause[i],
        flags: columns.flags[i],
      }));
      expect(length).toBeGreaterThan(30);
      expect(found).toEqual(rows.filter((r) => r.t0 <= t && t <= Math.max(r.t1, r.t0 + stretch)));
    }
  });

  it('are those of fewer users where there are too many to keep, each user with all of theirs', () => {
    const log = new LegLog();
    log.enable(true);
    let t = 0;
    let every = 1;
    for (; t < 6000; t += 250) {
      fill(log, t, t + 250, 60);
      ({ every } = log.at(t + 250, 2000));
    }
    const legs = log.at(t, 2000);
    expect(every).toBeGreaterThan(1);
    expect(legs.every).toBe(every);
    const expected = Array.from({ length: USERS }, (_, user) => user).filter(
      (user) => (user + 1) % every === 0,
    );
    expect([...usersIn(log, t, 2000)].toSorted((a, b) => a - b)).toEqual(expected);
    // The whole window is there: as many legs as those users set out with in it.
    expect(legs.length * every).toBeGreaterThan(0.98 * 2 * 60 * 2000);
  });

  it('are those of all again when there is room again, and say so no sooner', () => {
    const log = new LegLog();
    log.enable(true);
    let t = 0;
    for (; t < 6000; t += 250) {
      fill(log, t, t + 250, 60);
      log.at(t + 250, 2000);
    }
    const seen: number[] = [];
    for (; t < 30_000; t += 250) {
      fill(log, t, t + 250, 1);
      const { every, length, user } = log.at(t + 250, 2000);
      seen.push(every);
      expect(user.subarray(0, length).every((one) => (one + 1) % every === 0)).toBe(true);
    }
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    // Both ends of the window count.
    expect(log.at(t, 2000).length).toBe(2 * 2000 + 1);
  });

  it('start anew when nobody looks any more', () => {
    const log = new LegLog();
    log.enable(true);
    fill(log, 0, 100, 1);
    log.enable(false);
    log.enable(true);
    expect(log.at(100, 1000).length).toBe(0);
  });
});
