import { expect, test } from 'vitest';
import { moved, stopTimeline, type StopTimes } from './timeline.ts';

const times = (more: Partial<StopTimes> = {}): StopTimes => ({
  preStopAt: null,
  sigtermAt: 0,
  exitAt: 300,
  killed: false,
  outAt: 2000,
  failures: [100, 120, 1500],
  settings: { graceMs: 10_000, prestopMs: 0 },
  ...more,
});

test('the danger window runs from SIGTERM until the balancer knows', () => {
  const { danger, network } = stopTimeline(times(), 900);
  expect(danger!.ms).toBe(2000);
  expect(danger!.x + danger!.w).toBeCloseTo(network.phases[0]!.x + network.phases[0]!.w, 1);
});

test('told first, there is none', () => {
  expect(stopTimeline(times({ preStopAt: 0, sigtermAt: 3000, exitAt: 3200 }), 900).danger).toBeNull();
});

test('a process that ignores SIGTERM serves until SIGKILL: the window begins there, and the grace period is an edge', () => {
  const picture = stopTimeline(times({ exitAt: 10_000, killed: true, outAt: 1000 }), 900);
  expect(picture.danger).toBeNull();
  expect(picture.handles.map(({ setting }) => setting)).toContain('graceMs');
});

test('lanes are without gaps and inside', () => {
  const picture = stopTimeline(times({ preStopAt: 0, sigtermAt: 1000, exitAt: 2500 }), 700);
  for (const { phases } of [picture.process, picture.network])
    for (const [i, phase] of phases.entries()) {
      expect(phase.x + phase.w).toBeLessThanOrEqual(picture.width);
      const before = phases[i - 1];
      expect(phase.x).toBeCloseTo(before ? before.x + before.w : phase.x, 1);
    }
});

test('a dragged edge becomes its setting, on the scale it is drawn on', () => {
  const here = times({ sigtermAt: 2000, settings: { graceMs: 10_000, prestopMs: 0 } });
  expect(moved('endpointDelayMs', 1234, here, 'concurrent')).toBe(1200);
  expect(moved('graceMs', 5000, here, 'concurrent')).toBe(3000);
  // Told before, with 2 s to settle: SIGTERM at 5 s needs 3 s of preStop.
  expect(moved('prestopMs', 5000, here, 'before')).toBe(3000);
  const picture = stopTimeline(here, 900);
  const handle = picture.handles.find(({ setting }) => setting === 'endpointDelayMs')!;
  expect(Math.round(picture.msAt(handle.x) / 50) * 50).toBe(2000);
});
