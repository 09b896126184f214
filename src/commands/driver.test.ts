import { describe, expect, it } from 'vitest';
import type { Answer, Command } from '../sim/model/command.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import type { Checkpoint, LoggedCommand, Run } from '../sim/run.ts';
import { createDriver } from './driver.ts';

/** A run whose only events are at the times given; `trace` tells what it did. */
function fakeRun(events: readonly number[]): { run: Run; trace: string[]; applied: Command[] } {
  const trace: string[] = [];
  const applied: Command[] = [];
  const logged: LoggedCommand[] = [];
  let now = 0;
  let done = 0;
  const advance = (toMs: number): void => {
    for (let t = events[done]; t !== undefined && t < toMs; t = events[++done]) trace.push(`event ${t}`);
    now = toMs;
  };
  const missing = (): never => {
    throw new Error('not part of this test');
  };
  const run: Run = {
    scenario: {} as Scenario,
    seed: 1,
    get now() {
      return now;
    },
    apply(command, line): Answer {
      trace.push(`${now} ${line}`);
      applied.push(command);
      const ok = command.verb !== 'set' || command.scenario !== null;
      logged.push({ at: now, line, ok, answer: ok ? 'done' : 'no scenario' });
      return { ok, text: ok ? 'done' : 'no scenario' };
    },
    advance,
    step() {
      const t = events[done];
      if (t === undefined) return null;
      done++;
      now = t;
      trace.push(`event ${t}`);
      return t;
    },
    recycle: () => {},
    checkpoint: (): Checkpoint => ({
      now,
      bytes: 0,
      shared: [],
      journalLength: 0,
      sent: 0,
      state: [done, trace.length],
    }),
    restore(checkpoint) {
      const [events = 0, length = 0] = checkpoint.state as number[];
      now = checkpoint.now;
      done = events;
      trace.length = length;
    },
    commands: () => logged,
    hash: missing,
    get events() {
      return done;
    },
    fork: missing,
    view: missing,
    recordLegs: missing,
    legs: missing,
    journalLength: missing,
    journal: missing,
    chain: missing,
    metrics: missing,
    series: missing,
    percentiles: missing,
    trace: missing,
    traced: missing,
    inspect: missing,
    underWay: missing,
    entry: missing,
  };
  return { run, trace, applied };
}

describe('createDriver', () => {
  it('carries a line out before the events of its own ms, in order of time', () => {
    const { run, trace } = fakeRun([5, 10, 20, 30]);
    const driver = createDriver(run, [
      { at: 20, do: 'docker ps' },
      { at: 10, do: 'docker kill a' },
      { at: 10, do: 'docker kill b' },
    ]);
    driver.advance(20);
    expect(trace).toEqual(['event 5', '10 docker kill a', '10 docker kill b', 'event 10']);
    expect(driver.pending).toHaveLength(1);
    driver.advance(25);
    expect(trace.slice(4)).toEqual(['20 docker ps', 'event 20']);
    expect(driver.log.map((entry) => entry.at)).toEqual([10, 10, 20]);
  });

  it('does the same whatever the size of the steps', () => {
    const lines = [
      { at: 7, do: 'docker ps' },
      { at: 13, do: 'docker kill a' },
    ];
    const whole = fakeRun([3, 7, 13, 14]);
    createDriver(whole.run, lines).advance(20);
    const small = fakeRun([3, 7, 13, 14]);
    const driver = createDriver(small.run, lines);
    for (let t = 1; t <= 20; t++) driver.advance(t);
    expect(small.trace).toEqual(whole.trace);
  });

  it('lets due lines come before one that is typed', () => {
    const { run, trace } = fakeRun([]);
    const driver = createDriver(run, [{ at: 10, do: 'docker ps' }]);
    driver.advance(10);
    expect(driver.apply('docker kill a')).toEqual({ ok: true, text: 'done' });
    expect(trace).toEqual(['10 docker ps', '10 docker kill a']);
  });

  it('steps to the next event or line, whichever comes first', () => {
    const { run, trace } = fakeRun([5, 10, 15]);
    const driver = createDriver(run, [{ at: 10, do: 'docker ps' }]);
    expect([driver.step(), driver.step(), driver.step(), driver.step(), driver.step()]).toEqual([
      5,
      10,
      10,
      15,
      null,
    ]);
    expect(trace).toEqual(['event 5', '10 docker ps', 'event 10', 'event 15']);
  });

  it('goes on with the rest when the run is under way', () => {
    const { run, trace } = fakeRun([]);
    run.advance(10);
    createDriver(run, [
      { at: 9, do: 'docker kill a' },
      { at: 10, do: 'docker ps' },
    ]).advance(11);
    expect(trace).toEqual(['10 docker ps']);
  });

  it('does not repeat what the run has done in its present ms', () => {
    const { run, trace } = fakeRun([]);
    const lines = ['docker ps', 'docker ps', 'docker kill a'].map((line) => ({ at: 10, do: line }));
    run.advance(10);
    createDriver(run, []).apply('docker ps');
    createDriver(run, lines).advance(11);
    expect(trace).toEqual(['10 docker ps', '10 docker ps', '10 docker kill a']);
  });

  it('reports lines that do not parse and leaves them out', () => {
    const { run, trace } = fakeRun([]);
    const driver = createDriver(run, [
      { at: 5, do: 'docker ps' },
      { at: 1, do: 'docker kil a' },
    ]);
    expect(driver.problems).toEqual([
      {
        index: 1,
        line: { at: 1, do: 'docker kil a' },
        message: "docker: unknown command: docker kil; did you mean 'docker kill'?",
        column: 8,
      },
    ]);
    driver.advance(10);
    expect(trace).toEqual(['5 docker ps']);
    expect(driver.apply('docker kil a')).toEqual({ ok: false, text: driver.problems[0]?.message });
    expect(trace).toHaveLength(1);
  });

  it('fills in the scenario of a set, on top of the sets in force', () => {
    const { run, applied } = fakeRun([]);
    const asked: (readonly string[])[] = [];
    const scenario = { name: 'shop' } as Scenario;
    const driver = createDriver(run, [], (assignments) => {
      asked.push(assignments);
      return assignments.includes('b=wrong') ? { message: 'b cannot be wrong' } : scenario;
    });
    expect(driver.apply('paddock set a=1').ok).toBe(true);
    expect(driver.apply('paddock set b=wrong')).toEqual({ ok: false, text: 'b cannot be wrong' });
    expect(driver.apply('paddock set c=3').ok).toBe(true);
    expect(asked).toEqual([['a=1'], ['a=1', 'b=wrong'], ['a=1', 'c=3']]);
    expect(applied[0]).toEqual({ verb: 'set', assignments: ['a=1'], scenario });
    expect(driver.log.map((entry) => entry.answer)).toEqual(['done', 'b cannot be wrong', 'done']);
  });

  it('refuses a set when there is no source', () => {
    const { run } = fakeRun([]);
    expect(createDriver(run, []).apply('paddock set a=1')).toEqual({
      ok: false,
      text: 'paddock set: this run has no compose file to change',
    });
  });
});
