import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import {
  container,
  entries,
  expectMean,
  expectUniform,
  play,
  sample,
  type Sample,
} from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import { createRun } from '../create-run.ts';
import { LEG_CHECK } from '../model/legs.ts';
import { LEG_OUTCOMES } from '../view.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';

type Check = NonNullable<BalancerService['check']>;
const check = (over: Partial<Check>): Check => ({
  interMs: 1000,
  fastinterMs: null,
  downinterMs: null,
  fall: 2,
  rise: 2,
  timeoutMs: null,
  ...over,
});
const herd = (
  c: Partial<Check>,
  a: Partial<AppService> = {},
  lb: Partial<BalancerService> = {},
  t: Partial<Traffic> = {},
): Scenario =>
  scenario(
    [
      app({ state: homes({ sessions: 'signed' }), onExit: { do: 'none', delayMs: 0, layer: 'keep' }, ...a }),
      balancer({ check: check(c), ...lb }),
    ],
    {},
    { rate: 5, users: 5, ...t },
  );
const AT = 3000;
const SEEDS = 240;
const detect = (s: Scenario, what: 'detect.down' | 'detect.up', line: string, toMs: number): Sample =>
  sample(SEEDS, (seed) => play(s, seed, [[AT, line]], toMs).metrics(0, toMs)[what] ?? Number.NaN);

describe('how long until a dead server is DOWN', () => {
  it('is U(0,i) + (F-1)·i without fastinter, mean (F - 1/2)·i (R-2)', () => {
    for (const [interMs, fall] of [
      [1000, 2],
      [500, 2],
      [1000, 3],
    ] as const) {
      const s = detect(herd({ interMs, fall }), 'detect.down', 'docker kill shop-app-2', 8000);
      expectUniform(s, (fall - 1) * interMs, fall * interMs);
      expectMean(s, (fall - 0.5) * interMs, 2);
    }
  });

  it('is U(0,i) + (F-1)·fi with fastinter (R-2)', () => {
    const s = detect(herd({ fall: 3, fastinterMs: 200 }), 'detect.down', 'docker kill shop-app-2', 6000);
    expectUniform(s, 400, 1400, 3);
  });

  it('of a frozen one is U(0,i) + F·timeout + (F-1)·fi; an unset timeout is i (R-2)', () => {
    const given = detect(
      herd({ timeoutMs: 300, fastinterMs: 200 }),
      'detect.down',
      'paddock hang shop-app-2',
      8000,
    );
    expectUniform(given, 2 * 300 + 200, 2 * 300 + 200 + 1000, 3);
    const unset = detect(herd({}), 'detect.down', 'paddock hang shop-app-2', 9000);
    expectUniform(unset, 3000, 4000, 3);
  });

  it('is 4-6 s with HAProxy’s defaults, and 2-4 s until UP again (S-82, A4)', () => {
    const defaults = { interMs: 2000, fall: 3, rise: 2 };
    expectUniform(detect(herd(defaults), 'detect.down', 'docker kill shop-app-2', 12_000), 4000, 6000);
    const boot = 20_000;
    const back = herd(defaults, { onExit: { do: 'restart', delayMs: 0, layer: 'keep' }, bootMs: boot });
    const up = detect(back, 'detect.up', 'docker kill shop-app-2', AT + boot + 6000);
    expectUniform({ ...up, values: up.values.map((v) => v - boot) }, 2000, 4000, 4);
  });

  it('is about k·N/R with `observe layer4 error-limit k on-error mark-down`, not seconds (R-2)', () => {
    const lb = {
      observe: 'layer4',
      errorLimit: 10,
      onError: 'mark-down',
      retries: 0,
      redispatch: false,
    } as const;
    const s = detect(
      herd({ interMs: 2000, fall: 3 }, {}, lb, { rate: 100, users: 100 }),
      'detect.down',
      'docker kill shop-app-2',
      5000,
    );
    expectMean(s, ((10 * 3) / 100) * 1000, 20);
  });

  it('is what `on-error` makes of one refused connection: a failed check, the last but one, or none (R-2, S-82)', () => {
    const after = (onError: BalancerService['onError'], fastinterMs: number | null, errorLimit = 1): Sample =>
      detect(
        herd(
          { interMs: 20_000, fall: 3, fastinterMs },
          {},
          { observe: 'layer4', errorLimit, onError, retries: 0, redispatch: false },
          { rate: 100, users: 100 },
        ),
        'detect.down',
        'docker kill shop-app-2',
        AT + 1000,
      );
    // Its next turn is 1, 2 or 3 arrivals away: 20 ms on average; then a refusal every 30 ms.
    const turn = 20;
    // The first leaves one more to fail: the second does.
    expectMean(after('sudden-death', null), turn + 30, 2);
    // Refusals are failed checks themselves: the third.
    expectMean(after('fail-check', null), turn + 2 * 30, 2);
    // Each takes error-limit of them in a row, counted anew.
    expectMean(after('fail-check', null, 3), turn + 8 * 30, 2);
    // Nothing but hurry: fall checks at fastinter.
    expectMean(after('fastinter', 100), turn + 3 * 100, 2);
  });

  it('counts answers that were cut off with `observe layer7`: down in the moment of the death (R-2, S-85)', () => {
    const after = (observe: 'layer4' | 'layer7'): number => {
      const lb = { observe, errorLimit: 5, onError: 'mark-down', retries: 0, redispatch: false } as const;
      const busy = { serviceTime: { kind: 'fixed', ms: 1000 } } as const;
      const s = herd({ interMs: 60_000 }, busy, lb, { rate: 50, users: 50 });
      const run = play(s, 1, [[AT, 'paddock crash shop-app-1']], AT + 5000);
      return (entries(run).find((e) => e.kind === 'server-down')?.t ?? NaN) - AT;
    };
    expect(after('layer7')).toBeLessThan(2);
    expect(after('layer4')).toBeGreaterThan(100);
  });

  it('counts an answer that never comes with `observe layer7`, not with layer4 (R-2, S-85)', () => {
    const lb = { errorLimit: 2, onError: 'mark-down', serverTimeoutMs: 300 } as const;
    const down = (observe: 'layer4' | 'layer7'): number =>
      entries(
        play(
          herd({ interMs: 60_000 }, {}, { ...lb, observe }, { rate: 50, users: 50 }),
          1,
          [[AT, 'paddock hang shop-app-1']],
          AT + 5000,
        ),
      ).filter((e) => e.kind === 'server-down').length;
    expect([down('layer4'), down('layer7')]).toEqual([0, 1]);
  });

  it('counts answers too with `observe layer7`: 503s of one that is not ready yet take it out after error-limit (R-2)', () => {
    const early = { bootMs: 3000, startup: 'early' } as const;
    const more = [[AT, 'docker compose up -d --scale app=4']] as const;
    const lb = { observe: 'layer7', errorLimit: 5, onError: 'mark-down' } as const;
    for (let seed = 1; seed <= 30; seed++) {
      const load = { rate: 100, users: 100 };
      const own = play(herd({ interMs: 20_000 }, early, lb, load), seed, more, AT + 2500).metrics(
        AT,
        AT + 2500,
      );
      expect(own['requests.failed.status.503']).toBe(own['requests.failed']);
      // Those sent before the fifth was back go the same way.
      expect(own['requests.failed']).toBeLessThanOrEqual(7);
      expect(own['requests.failed']).toBeGreaterThanOrEqual(5);
    }
    const blind = herd({ interMs: 20_000 }, early, { ...lb, observe: 'layer4' }, { rate: 100, users: 100 });
    const share = sample(
      30,
      (seed) => play(blind, seed, more, AT + 2500).metrics(AT, AT + 2500)['requests.failed'] ?? 0,
    );
    expect(share.mean).toBeGreaterThan(40);
  });
});

describe('how long until a server that answers again is UP', () => {
  const boot = 6000;
  const up = (c: Partial<Check>): Sample => {
    const back = herd(c, { onExit: { do: 'restart', delayMs: 0, layer: 'keep' }, bootMs: boot });
    const s = detect(back, 'detect.up', 'docker kill shop-app-2', AT + boot + 5000);
    return { ...s, mean: s.mean - boot, values: s.values.map((v) => v - boot) };
  };

  it('is U(0,di) + (rise-1)·fi (R-2)', () => {
    expectUniform(up({ downinterMs: 600, fastinterMs: 200 }), 200, 800, 4);
    expectUniform(up({ rise: 3 }), 2000, 3000, 4);
  });

  it('hardly gains from downinter alone: the second check comes after inter (R-2)', () => {
    expectUniform(up({ downinterMs: 200 }), 1000, 1200, 4);
  });
});

describe('what a failed check does before it counts', () => {
  it('nothing: a server that is back before `fall` keeps its share (R-2)', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const s = herd({ fall: 3 }, { onExit: { do: 'restart', delayMs: 500, layer: 'keep' }, bootMs: 500 });
      const run = play(s, seed, [[AT, 'docker kill shop-app-2']], 9000);
      expect(entries(run).some((e) => e.kind === 'server-down')).toBe(false);
    }
  });

  it('a server set ready is UP at once and unchecked: its first failed check, U(0,i) later, takes it down (R-2)', () => {
    const s = herd({ fall: 3 }, { bootMs: 5000 });
    const downs = sample(SEEDS, (seed) => {
      const run = play(s, seed, [[AT, 'docker compose up -d --scale app=4']], AT + 1500);
      const added = entries(run).find((e) => e.kind === 'server-up' && e.t >= AT);
      expect(added?.t).toBe(AT);
      return (entries(run).find((e) => e.kind === 'server-down')?.t ?? Number.NaN) - AT;
    });
    expectUniform(downs, 0, 1000);
  });

  it('with `readiness: balancer` it has to pass `rise` checks first (R-2)', () => {
    const s = herd({}, { readiness: { kind: 'balancer' }, bootMs: 500 });
    const ups = sample(SEEDS, (seed) => {
      const run = play(s, seed, [[AT, 'docker compose up -d --scale app=4']], AT + 4000);
      expect(container(run, 'shop-app-4').server).toBe('up');
      return (entries(run).find((e) => e.kind === 'server-up' && e.t > AT)?.t ?? Number.NaN) - AT;
    });
    expectUniform(ups, 1500, 2500, 4);
  });
});

describe('the share of a server that comes back', () => {
  const shareAt = (slowstartMs: number, afterMs: number, lb: Partial<BalancerService> = {}): Sample =>
    sample(200, (seed) => {
      const s = herd(
        { interMs: 200 },
        {
          replicas: 2,
          serviceTime: { kind: 'fixed', ms: 400 },
          onExit: { do: 'restart', delayMs: 0, layer: 'keep' },
          bootMs: 1000,
        },
        { slowstartMs, ...lb },
        { rate: 50, users: 50 },
      );
      const run = play(s, seed, [[500, 'docker kill shop-app-2']], 2500);
      const up = entries(run).find((e) => e.kind === 'server-up')?.t ?? Number.NaN;
      run.advance(up + afterMs);
      const [one, two] = [container(run, 'shop-app-1').inFlight, container(run, 'shop-app-2').inFlight];
      return two / (one + two);
    });

  it('is its full one at once without slowstart, and w/(1 + w) on the way up with it (R-2, S-89)', () => {
    expectMean(shareAt(0, 600), 0.5, 0.01);
    // In flight at 2.0 s of 4: what came at weights 0.4 to 0.5.
    expectMean(shareAt(4000, 2000), 0.45 / 1.45, 0.02);
  });

  it('grows with its weight where it is drawn at random too, on a circle by its points (S-89)', () => {
    expectMean(shareAt(4000, 2000, { balance: 'random(1)' }), 0.45 / 1.45, 0.02);
    const onCircle = { balance: 'random(1)', hashType: 'consistent' } as const;
    const full = shareAt(0, 600, onCircle).mean;
    expect(shareAt(4000, 2000, onCircle).mean).toBeLessThan(full - 0.1);
  });
});

it('the picture of a check says whether it was passed', () => {
  const outcomes = (line: readonly (readonly [number, string])[]): Set<number> => {
    const run = createRun(herd({ interMs: 500 }));
    run.recordLegs(true);
    const driver = createDriver(
      run,
      line.map(([at, text]) => ({ at, do: text })),
    );
    driver.advance(AT + 3000);
    const { length, from, to, flags, outcome } = run.legs(run.now, Infinity);
    const found = new Set<number>();
    for (let i = 0; i < length; i++)
      if (to[i] === 1 && from[i] === 2 + 1 && (flags[i]! & LEG_CHECK) !== 0) found.add(outcome[i]!);
    return found;
  };
  expect(outcomes([])).toEqual(new Set([LEG_OUTCOMES.indexOf('ok')]));
  expect(outcomes([[AT, 'docker kill shop-app-2']])).toEqual(
    new Set([LEG_OUTCOMES.indexOf('ok'), LEG_OUTCOMES.indexOf('failed')]),
  );
});
