import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario, Traffic } from '../model/scenario.ts';
import type { Scaler } from '../model/upkeep.ts';
import { stabilised } from '../platforms/mechanisms/autoscaler.ts';
import { hpa } from '../platforms/mechanisms/hpa.ts';
import { threshold } from '../platforms/mechanisms/threshold.ts';
import type { Run } from '../run.ts';

const SCALER: Scaler = {
  min: 2,
  max: 12,
  metric: 'cpu',
  target: 0.5,
  intervalMs: 15_000,
  windowMs: 300_000,
  tolerance: 0.1,
  capacity: null,
  behavior: false,
};
const used = (n: number, usage: number): { usage: number; unready: boolean }[] =>
  Array.from({ length: n }, () => ({ usage, unready: false }));
const asked = (target: number): Scaler => ({ ...SCALER, target });

describe('the rule of the HorizontalPodAutoscaler', () => {
  it.each([
    [3, 90, 60, 5],
    [3, 63, 60, 3],
    [4, 200, 100, 8],
    [10, 50, 100, 5],
    [5, 20, 60, 2],
    [2, 400, 50, 16],
  ])('%i pods at %i, target %i: %i (S-72, A5)', (current, metric, target, expected) => {
    expect(hpa.propose(current, used(current, metric), asked(target))).toBe(expected);
  });

  it('goes from 2 to 4 in one step, to 6 with behavior (S-73, A5)', () => {
    expect(hpa.limit(2, SCALER)).toBe(4);
    expect(hpa.limit(2, { ...SCALER, behavior: true })).toBe(6);
    expect(hpa.limit(10, SCALER)).toBe(20);
    expect(hpa.limit(10, { ...SCALER, behavior: true })).toBe(20);
  });

  it('counts pods that are not ready as idle when it would scale up, and not at all when it would not (S-72, S-74)', () => {
    const young = { usage: 0, unready: true };
    // 3 ready ones at 150 % of the target would be 5; two more are on their way.
    expect(hpa.propose(5, [...used(3, 90), young, young], asked(60))).toBe(5);
    expect(hpa.propose(5, [...used(3, 180), young, young], asked(60))).toBe(9);
    expect(hpa.propose(5, [...used(3, 30), young, young], asked(60))).toBe(2);
  });

  it('counts pods without a measurement as idle on the way up and as on target on the way down (S-72)', () => {
    const blind = { usage: null, unready: false };
    expect(hpa.propose(4, [...used(3, 120), blind], asked(60))).toBe(6);
    expect(hpa.propose(4, [...used(3, 30), blind], asked(60))).toBe(3);
    expect(hpa.propose(4, [blind, blind], asked(60))).toBe(4);
  });

  it('scales down by the highest proposal of the window (S-72)', () => {
    const proposals = [
      { t: 0, n: 9 },
      { t: 100, n: 4 },
      { t: 200, n: 2 },
    ];
    expect(stabilised(proposals, 200, 300)).toBe(9);
    expect(stabilised(proposals, 350, 300)).toBe(4);
    expect(stabilised(proposals, 450, 300)).toBe(2);
  });
});

describe('a threshold scaler', () => {
  it('goes one container at a time, and down only when the rest can carry it (S-72)', () => {
    expect(threshold.propose(3, used(3, 0.9), SCALER)).toBe(4);
    expect(threshold.propose(1, used(1, 0.9), SCALER)).toBe(2);
    expect(threshold.propose(3, used(3, 0.52), SCALER)).toBe(3);
    expect(threshold.propose(3, used(3, 0.29), SCALER)).toBe(2);
    expect(threshold.propose(3, used(3, 0.35), SCALER)).toBe(3);
    expect(threshold.limit(3, SCALER)).toBe(4);
  });
});

const herd = (
  platform: string,
  scaler: Scaler,
  t: Partial<Traffic> = {},
  a: Partial<AppService> = {},
): Scenario =>
  scenario(
    [
      app({
        replicas: 2,
        concurrency: 4,
        serviceTime: { kind: 'exponential', mean: 40 },
        state: homes({ sessions: 'signed' }),
        restart: 'always',
        scaler,
        ...a,
      }),
      balancer({ balance: 'roundrobin', check: null }),
    ],
    { platform },
    { rate: 50, ...t },
  );
const steps = (run: Run): (readonly [number, number])[] =>
  entries(run)
    .filter((e) => e.kind === 'scaled')
    .map((e) => [e.t, Number(/wants (\d+)/.exec(e.text)?.[1])] as const);

describe('a herd that scales', () => {
  it('settles where its load is the target: R·S / (concurrency · target) containers (S-72)', () => {
    // 100/s of 40 ms are 4 containers' work at once: 4 / (4 · 0.25) = 4 containers.
    const s = herd('kubernetes', { ...SCALER, target: 0.25, windowMs: 30_000 }, { rate: 100 });
    for (let seed = 1; seed <= 5; seed++) {
      const { wanted } = play(s, seed, [], 300_000).view();
      expect(wanted).toBeGreaterThanOrEqual(4);
      expect(wanted).toBeLessThanOrEqual(5);
    }
  });

  it.each([
    ['rps', 20],
    ['in-flight', 0.8],
  ] as const)('scales on %s just as well (S-72)', (metric, target) => {
    const s = herd('kubernetes', { ...SCALER, metric, target, windowMs: 30_000 }, { rate: 100 });
    const { wanted } = play(s, 1, [], 300_000).view();
    expect(wanted).toBeGreaterThanOrEqual(5);
    expect(wanted).toBeLessThanOrEqual(6);
  });

  it('follows a spike within its rates and keeps the containers for five minutes more (S-72, S-73)', () => {
    const spike = { atMs: 60_000, forMs: 60_000, factor: 6 } as const;
    const s = herd('kubernetes', { ...SCALER, target: 0.3 }, { spike }, { concurrency: 8 });
    const run = play(s, 1, [], 600_000);
    const path = steps(run);
    expect(path[0]?.[1]).toBe(4);
    expect(path[0]?.[0]).toBe(75_000);
    const most = Math.max(...path.map(([, n]) => n));
    expect(most).toBeGreaterThanOrEqual(5);
    const down = path.find(([t, n]) => t > 120_000 && n < most)?.[0] ?? Number.NaN;
    // The last proposal of the spike was made at 120 s; it counts for 300 s.
    expect(down).toBeGreaterThanOrEqual(120_000 + 285_000);
    expect(down).toBeLessThanOrEqual(120_000 + 330_000);
    expect(run.view().wanted).toBe(2);
  });

  it('does not scale down before it has looked for five minutes: what ran at first was its first proposal (S-72)', () => {
    const s = herd('kubernetes', { ...SCALER, target: 0.3 }, { rate: 10 }, { replicas: 6 });
    const [first] = steps(play(s, 1, [], 600_000));
    expect(first?.[0]).toBeGreaterThanOrEqual(300_000);
    expect(first?.[0]).toBeLessThanOrEqual(330_000);
    expect(first?.[1]).toBeLessThan(6);
  });

  it.each(['bare', 'swarm', 'compose'])('on %s it takes one step at a time (S-72)', (platform) => {
    const s = herd(platform, { ...SCALER, target: 0.2 }, { rate: 100 });
    const run = play(s, 1, [], 120_000);
    expect(
      steps(run)
        .slice(0, 3)
        .map(([, n]) => n),
    ).toEqual([3, 4, 5]);
    expect(run.view().wanted).toBe(5);
  });

  it('pods that start slowly are not taken for idle ones: nothing more is asked for until they count (S-74)', () => {
    const probe = { kind: 'probe', intervalMs: 5000, timeoutMs: 1000, rise: 1, fall: 3 } as const;
    const path = (bootMs: number): number => {
      const s = herd(
        'kubernetes',
        { ...SCALER, target: 0.25, behavior: true },
        { rate: 100 },
        { readiness: probe, bootMs, replicas: 2 },
      );
      return play(s, 1, [], 120_000).view().wanted;
    };
    // Two pods at twice the target ask for four; while the new ones boot they count as idle, and four it stays.
    expect(path(90_000)).toBe(4);
    expect(path(500)).toBeLessThanOrEqual(5);
  });

  it.each([
    // Of four, two boot. The two others use 1.4 of the target: idle ones on their way up are no reason to go down.
    ['cpu', 0.5 / 1.4, 4],
    // The requests are 0.7 of what four should get: three are enough.
    ['rps', 50 / 1.4, 3],
  ] as const)(
    'by %s, pods that boot are waited for only if it is their CPU that is measured (S-72, S-74)',
    (metric, target, wanted) => {
      const scaler = { ...SCALER, metric, target, windowMs: 1000 };
      const probe = { kind: 'probe', intervalMs: 5000, timeoutMs: 1000, rise: 1, fall: 3 } as const;
      const s = herd('kubernetes', scaler, { rate: 100 }, { readiness: probe, bootMs: 100_000 });
      const by = play(s, 1, [[16_000, 'kubectl scale deployment/app --replicas=4']], 50_000);
      expect(by.view().wanted).toBe(wanted);
    },
  );

  it('rests while nothing is wanted, and is overruled by nobody else for long', () => {
    const s = herd('kubernetes', SCALER);
    const none = play(s, 1, [[20_000, 'kubectl scale deployment/app --replicas=0']], 99_000);
    expect(none.view().wanted).toBe(0);
    const back = play(s, 1, [[20_000, 'kubectl scale deployment/app --replicas=20']], 40_000);
    expect(back.view().wanted).toBe(12);
  });
});
