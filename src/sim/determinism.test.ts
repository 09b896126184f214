import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRun } from './create-run.ts';
import { anyPlay } from '../../test/support/random-commands.ts';
import { app, balancer, homes, scenario, store } from '../../test/support/fixtures.ts';
import type { TimedCommand } from '../../test/support/random-commands.ts';
import type { Run } from './run.ts';

/** Plays commands at their times, in steps of `step` ms. */
function play(run: Run, commands: readonly TimedCommand[], until: number, step: number): void {
  let k = 0;
  for (let t = run.now; t < until;) {
    const next = Math.min(until, t + step, commands[k]?.at ?? Infinity);
    run.advance(next);
    t = next;
    for (let c = commands[k]; c !== undefined && c.at === t; c = commands[++k]) run.apply(c.command, 'x');
  }
}

describe('a run is (scenario, seed, commands)', () => {
  it('has the same hash whatever the steps of `advance`, with and without drawing and checkpoints', () => {
    fc.assert(
      fc.property(anyPlay, fc.integer({ min: 7, max: 1700 }), ({ scenario: s, commands }, step) => {
        const straight = createRun(s);
        play(straight, commands, 6000, 6000);
        const stepped = createRun(s);
        stepped.recordLegs(true);
        play(stepped, commands, 3000, step);
        stepped.checkpoint();
        stepped.view();
        play(
          stepped,
          commands.filter((c) => c.at > 3000),
          6000,
          step,
        );
        expect(stepped.hash()).toBe(straight.hash());
        expect(stepped.metrics(0, 6000)).toEqual(straight.metrics(0, 6000));
      }),
      { numRuns: 60 },
    );
  });

  it('another seed gives another run', () => {
    const s = scenario([app(), balancer()]);
    const hashes = new Set(
      [1, 2, 3].map((seed) => {
        const run = createRun(s, seed);
        run.advance(2000);
        return run.hash();
      }),
    );
    expect(hashes.size).toBe(3);
  });

  it('a seek (restore, then simulate again) ends where a straight run ends', () => {
    fc.assert(
      fc.property(anyPlay, fc.integer({ min: 1, max: 5999 }), ({ scenario: s, commands }, at) => {
        const straight = createRun(s);
        play(straight, commands, 6000, 6000);
        const run = createRun(s);
        play(run, commands, at, at);
        const saved = run.checkpoint();
        const there = run.hash();
        play(
          run,
          commands.filter((c) => c.at > at),
          6000,
          1000,
        );
        expect(run.hash()).toBe(straight.hash());
        run.restore(saved);
        expect(run.hash()).toBe(there);
        expect(run.now).toBe(at);
        play(
          run,
          commands.filter((c) => c.at > at),
          6000,
          777,
        );
        expect(run.hash()).toBe(straight.hash());
        expect(run.metrics(0, 6000)).toEqual(straight.metrics(0, 6000));
        expect(run.journal(0, run.journalLength())).toEqual(straight.journal(0, straight.journalLength()));
      }),
      { numRuns: 60 },
    );
  });

  it('a fork leaves its parent alone and goes on the same way', () => {
    const run = createRun(scenario([app({ state: homes({ sessions: 'redis' }) }), store(), balancer()]));
    run.advance(3000);
    const fork = run.fork();
    fork.apply(
      { verb: 'kill', tool: 'docker', targets: { kind: 'names', names: ['shop-app-1'] }, signal: 'KILL' },
      'docker kill shop-app-1',
    );
    fork.advance(6000);
    const twin = run.fork();
    twin.advance(6000);
    run.advance(6000);
    expect(twin.hash()).toBe(run.hash());
    expect(fork.hash()).not.toBe(run.hash());
    expect(run.view().totals.failed).toBe(0);
  });

  it('two herds with one difference meet the same traffic (common random numbers)', () => {
    const of = (sessions: string): Run => {
      const run = createRun(
        scenario([app({ state: homes({ sessions }) }), store(), balancer({ sticky: 'cookie' })]),
      );
      run.recordLegs(true);
      run.advance(5000);
      return run;
    };
    const [memory, redis] = [of('memory').legs(4900, 5000), of('redis').legs(4900, 5000)];
    const sent = (legs: typeof memory): string[] => {
      const out: string[] = [];
      for (let i = 0; i < legs.length; i++) if (legs.from[i] === 0) out.push(`${legs.t0[i]} ${legs.user[i]}`);
      return out;
    };
    expect(sent(memory)).toEqual(sent(redis));
  });
});

it('a seek to the middle of a second counts what it counts once', () => {
  const s = scenario([app(), balancer()], {}, { rate: 200 });
  const straight = createRun(s);
  straight.advance(4000);
  const run = createRun(s);
  run.advance(2030);
  const saved = run.checkpoint();
  run.advance(3070);
  // Over and over, as a hand on the time line does.
  for (let k = 0; k < 200; k++) run.restore(saved);
  run.advance(4000);
  expect(run.metrics(0, 4000)).toEqual(straight.metrics(0, 4000));
});
