import { expect, test } from 'vitest';
import { evaluate, horizon, measure, windowsOf, type Evaluation } from './evaluate.ts';
import { fakeRun, type FakeRun } from './fake-run.ts';
import { parseCondition, parseMeasure } from './parse.ts';

function judge(source: string, run: FakeRun): Evaluation {
  const parsed = parseCondition(source);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return evaluate(parsed.value, fakeRun(run));
}

const LOST: FakeRun = {
  now: 30_000,
  commands: [
    [5000, 'docker ps'],
    [7000, 'docker kill nobody', 'refused'],
    [10_050, 'docker kill shop-app-2'],
  ],
  steps: [
    [2000, 'sessions.lost', 1],
    [10_050, 'sessions.lost', 12],
    [16_000, 'sessions.lost', 2],
  ],
};

test.each([
  ['sessions.lost == 15', 'true', 15],
  ['sessions.lost == 14 after first command', 'true', 14],
  [`sessions.lost == 14 after 'docker kill'`, 'true', 14],
  ['sessions.lost == 12 during 0s..5s after last command', 'true', 12],
  ['sessions.lost == 1 during 0s..10s', 'true', 1],
  ['sessions.lost != 15', 'false', 15],
  ['sessions.lost < 15', 'false', 15],
  ['sessions.lost <= 15', 'true', 15],
  ['sessions.lost > 15', 'false', 15],
  ['sessions.lost >= 15', 'true', 15],
  ['sessions.lost <= 50% of sessions.lost', 'false', 15],
])('%s', (source, state, value) => expect(judge(source, LOST)).toMatchObject({ state, value }));

test('waits for its command; a refused one does not count', () => {
  expect(judge(`sessions.lost == 0 after 'docker kill nobody'`, LOST)).toEqual({
    state: 'pending',
    value: null,
    text: "waiting for 'docker kill nobody'",
  });
  expect(judge('sessions.lost == 0 after command', { now: 10 })).toMatchObject({
    state: 'pending',
    text: 'waiting for a command',
  });
});

test('waits for its window to begin', () => {
  expect(judge('logins == 0 during 40s..50s', LOST)).toMatchObject({
    state: 'pending',
    text: 'measured from 40 s on',
  });
});

test('an open window stays pending until a counter settles it', () => {
  const open = (source: string): Evaluation => judge(source, { ...LOST, now: 12_000 });
  const window = 'during 0s..10s after last command';
  expect(open(`sessions.lost <= 12 ${window}`)).toMatchObject({
    state: 'pending',
    text: 'sessions.lost is 12 so far, wanted at most 12',
  });
  expect(open(`sessions.lost == 12 ${window}`).state).toBe('pending');
  expect(open(`sessions.lost == 11 ${window}`).state).toBe('false');
  expect(open(`sessions.lost != 11 ${window}`).state).toBe('true');
  expect(open(`sessions.lost >= 12 ${window}`).state).toBe('true');
  expect(open(`sessions.lost > 12 ${window}`).state).toBe('pending');
  expect(open(`sessions.lost < 12 ${window}`).state).toBe('false');
});

test('what was not measured is false once the window has closed', () => {
  expect(judge('latency.p95 < 100 during 0s..10s', LOST)).toMatchObject({ state: 'false', value: null });
  expect(judge('latency.p95 < 100 during 0s..60s', LOST)).toMatchObject({ state: 'pending', value: null });
});

const GAUGE: FakeRun = {
  now: 30_000,
  commands: [[10_050, 'docker kill shop-app-2']],
  steps: [
    [0, 'containers.running', 3],
    [10_050, 'containers.running', 2],
    [15_500, 'containers.running', 3],
  ],
};

test('within looks at instants after the command', () => {
  expect(judge('containers.running >= 3 within 8s after command', GAUGE)).toEqual({
    state: 'true',
    value: 3,
    text: 'containers.running was 3 after 5.5 s',
  });
  expect(judge('containers.running >= 3 within 5s after command', GAUGE)).toMatchObject({
    state: 'false',
    value: 2,
  });
  expect(judge('containers.running >= 3 within 8s after command', { ...GAUGE, now: 12_000 })).toMatchObject({
    state: 'pending',
    value: 2,
  });
  expect(judge('containers.running >= 3 within 8s after command', { ...GAUGE, now: 10_060 })).toMatchObject({
    state: 'pending',
    value: null,
  });
});

test('within adds a counter up', () => {
  expect(judge('sessions.lost >= 14 within 6s after last command', LOST)).toMatchObject({
    state: 'true',
    value: 14,
  });
  expect(judge('sessions.lost >= 15 within 6s after last command', LOST)).toMatchObject({
    state: 'false',
    value: 14,
  });
});

test('and / or take the part that decides', () => {
  expect(judge('sessions.lost == 15 and sessions.lost == 1 during 0s..10s', LOST)).toMatchObject({
    state: 'true',
    value: 15,
  });
  expect(judge('sessions.lost == 15 and sessions.lost == 2 during 0s..10s', LOST)).toMatchObject({
    state: 'false',
    value: 1,
  });
  expect(judge('sessions.lost == 15 and logins == 0 during 40s..50s', LOST).state).toBe('pending');
  expect(judge('sessions.lost == 14 and logins == 0 during 40s..50s', LOST).state).toBe('false');
  expect(judge('sessions.lost == 15 or logins == 0 during 40s..50s', LOST).state).toBe('true');
  expect(judge('sessions.lost == 14 or logins == 0 during 40s..50s', LOST).state).toBe('pending');
  expect(judge('sessions.lost == 14 or sessions.lost == 13', LOST).state).toBe('false');
});

test('a measure reads its window', () => {
  const parsed = parseMeasure('sessions.lost during 0s..5s after last command');
  if (!parsed.ok) throw new Error(parsed.problem.message);
  expect(measure(parsed.value, fakeRun(LOST))).toBe(12);
  expect(measure(parsed.value, fakeRun({ ...LOST, commands: [] }))).toBeNull();
});

test('the horizon is where the last window closes', () => {
  const parsed = parseCondition(
    `sessions.lost == 0 during 5s..40s or logins > 0 within 8s after command and logins < 9 during 0s..12s after last command`,
  );
  if (!parsed.ok) throw new Error(parsed.problem.message);
  expect(horizon(windowsOf(parsed.value.expression))).toEqual({ startMs: 40_000, afterCommandMs: 12_000 });
});
