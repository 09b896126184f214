import { expect, test } from 'vitest';
import { moved, stopTimeline, type StopTimes } from './timeline.ts';

const times = (more: Partial<StopTimes> = {}): StopTimes => ({
  preStopAt: null,
  sigtermAt: 0,
  exitAt: 300,
  killed: false,
  signal: 'SIGTERM',
  hears: true,
  notice: true,
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
  const picture = stopTimeline(times({ exitAt: 10_000, killed: true, hears: false, outAt: 1000 }), 900);
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

const wordsOf = (more: Partial<StopTimes>, width = 1200): string[] =>
  stopTimeline(times(more), width).process.phases.map(({ words }) => words);

test('the wait before SIGTERM is a preStop as far as one is set, and for the network beyond (S-52, S-64)', () => {
  expect(wordsOf({ preStopAt: 0, sigtermAt: 2000, exitAt: 2300 })).toContain(
    'still serves until the network knows',
  );
  expect(wordsOf({ preStopAt: 0, sigtermAt: 2000, exitAt: 2300 })).not.toContain('preStop: still serves');
  const both = wordsOf({
    preStopAt: 0,
    sigtermAt: 5000,
    exitAt: 5300,
    settings: { graceMs: 10_000, prestopMs: 3000 },
  });
  expect(both.slice(1, 3)).toEqual(['preStop: still serves', 'still serves until the network knows']);
});

test('killed in the middle of draining is not deaf: it took nothing new from its signal on', () => {
  const slow = times({ exitAt: 10_000, killed: true, outAt: 3000 });
  expect(stopTimeline(slow, 1200).danger!.ms).toBe(3000);
  expect(wordsOf({ exitAt: 10_000, killed: true })).toContain('finishes what it has');
  expect(wordsOf({ exitAt: 10_000, killed: true, hears: false, signal: 'SIGQUIT' })).toContain(
    'does not hear SIGQUIT: still serves',
  );
});

test('words that do not fit give way to shorter ones, or none', () => {
  for (const width of [560, 700, 1200])
    for (const { words, w } of stopTimeline(times({ preStopAt: 0, sigtermAt: 2000, exitAt: 2300 }), width)
      .process.phases)
      expect(7 * words.length).toBeLessThan(Math.max(w, 1));
});

test('without a notice there is nothing to drag but the grace period', () => {
  const { handles } = stopTimeline(times({ notice: false, killed: true, hears: false, exitAt: 10_000 }), 900);
  expect(handles.map(({ setting }) => setting)).toEqual(['graceMs']);
});
