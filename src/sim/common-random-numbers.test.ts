import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../test/support/fixtures.ts';
import { anyPlay, type TimedCommand } from '../../test/support/random-commands.ts';
import { requestEnds } from '../../test/support/request-ends.ts';
import { createRun } from './create-run.ts';
import type { AppService, BalancerService, Scenario, Service } from './model/scenario.ts';
import type { Run } from './run.ts';

function play(run: Run, commands: readonly TimedCommand[], until: number): void {
  for (const { at, command } of commands) {
    if (at < run.now || at > until) continue;
    run.advance(at);
    run.apply(command, command.verb);
  }
  run.advance(until);
}

const mix = { browse: 4, 'sign-in': 1, upload: 1, 'view-upload': 1, post: 1, checkout: 1 };

/** A herd that serves 40 requests a second and loses one container of its four, so that there are failures to compare too. */
const herd = (
  over: Partial<AppService> = {},
  front: Partial<BalancerService> = {},
  more: readonly Service[] = [],
): Scenario =>
  scenario(
    [
      app({ replicas: 4, state: homes({ sessions: 'redis', uploads: 's3' }), ...over }),
      store(),
      store({ name: 'photos', image: 'minio/minio:1', kind: 's3', latencyMs: 5 }),
      ...more,
      balancer({ sticky: 'cookie', ...front }),
    ],
    {},
    { users: 80, rate: 40, mix },
  );

function traced(s: Scenario, kill: boolean): string[] {
  const run = createRun(s);
  run.recordLegs(true);
  run.advance(3000);
  if (kill)
    run.apply(
      { verb: 'kill', tool: 'docker', targets: { kind: 'names', names: ['shop-app-2'] }, signal: 'KILL' },
      'docker kill shop-app-2',
    );
  run.advance(12_000);
  return requestEnds(run);
}

describe('a fork', () => {
  it('with no difference ends every request as its parent does, whatever is done to both', () => {
    fc.assert(
      fc.property(anyPlay, fc.integer({ min: 1, max: 3000 }), ({ scenario: s, commands }, at) => {
        const parent = createRun(s);
        play(parent, commands, at);
        const fork = parent.fork();
        for (const run of [parent, fork]) {
          run.recordLegs(true);
          play(
            run,
            commands.filter((c) => c.at > at),
            5000,
          );
        }
        expect(requestEnds(fork)).toEqual(requestEnds(parent));
        expect(fork.hash()).toBe(parent.hash());
      }),
      { numRuns: 80 },
    );
  });

  it('with a difference that cannot matter ends every request as its parent does', () => {
    const s = herd();
    const parent = createRun(s);
    parent.advance(2000);
    const fork = parent.fork();
    const other = {
      ...s,
      services: s.services.map((x) => (x.role === 'balancer' ? { ...x, slowstartMs: 5000 } : x)),
    };
    expect(fork.apply({ verb: 'set', assignments: ['lb.slowstart=5s'], scenario: other }, 'set').ok).toBe(
      true,
    );
    for (const run of [parent, fork]) {
      run.recordLegs(true);
      run.advance(12_000);
    }
    expect(requestEnds(parent).length).toBeGreaterThan(300);
    expect(requestEnds(fork)).toEqual(requestEnds(parent));
  });
});

/** What nobody makes use of in the herd above, and whether it holds beside a kill too. */
const IDLE: readonly (readonly [string, Scenario, boolean])[] = [
  ['a store that nobody uses', herd({}, {}, [store({ name: 'spare' })]), true],
  ['a version that nobody runs', herd({ versions: { '9.9': { errorRate: 1 } } }), true],
  ['slow start, where nothing comes back UP', herd({}, { slowstartMs: 30_000 }), false],
  ['another boot time, where nothing starts', herd({ bootMs: 9000 }), false],
  ['a grace period, where nothing is stopped', herd({ stopGraceMs: 1 }), true],
  ['checks twice as often, where nothing is down', herd({}, checks(500)), false],
  ['no checks at all, where nothing is down', herd({}, { check: null }), false],
  ['a health check that passes', herd({ healthcheck: healthy() }), true],
  ['more time before `timeout server`, which nobody reaches', herd({}, { serverTimeoutMs: 60_000 }), true],
];

function checks(interMs: number): Partial<BalancerService> {
  return { check: { interMs, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: null } };
}

function healthy(): AppService['healthcheck'] {
  return { intervalMs: 700, timeoutMs: 500, retries: 3, startPeriodMs: 0, startIntervalMs: 200, works: true };
}

describe('common random numbers: two herds that differ in what cannot matter', () => {
  it.each(IDLE)('%s', (_what, other, withKill) => {
    for (const kill of withKill ? [false, true] : [false]) {
      const [plain, changed] = [traced(herd(), kill), traced(other, kill)];
      expect(plain.length).toBeGreaterThan(400);
      expect(changed).toEqual(plain);
    }
  });

  it('and what does matter shows', () => {
    expect(traced(herd({}, { sticky: 'none' }), true)).not.toEqual(traced(herd(), true));
    expect(traced(herd({ serviceTime: { kind: 'exponential', mean: 41 } }), false)).not.toEqual(
      traced(herd(), false),
    );
  });
});
