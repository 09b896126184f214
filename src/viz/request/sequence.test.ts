import { expect, test } from 'vitest';
import type { RequestTrace, TraceStage, TraceStep } from '../../sim/trace.ts';
import { sequence } from './sequence.ts';
import { textWidth } from '../text-width.ts';

const step = (t: number, stage: TraceStage, name = '', more: Partial<TraceStep> = {}): TraceStep => ({
  t,
  stage,
  name,
  container: name === '' ? -1 : 1,
  status: null,
  cause: null,
  because: -1,
  ...more,
});
const trace = (steps: readonly TraceStep[]): RequestTrace => ({
  request: 7,
  user: 3,
  kind: 'browse',
  steps,
  ended: true,
  duplicated: false,
});

test('a good request goes there and back, over the store', () => {
  const picture = sequence(
    trace([
      step(0, 'to-balancer'),
      step(0.2, 'to-server', 'app-1'),
      step(0.4, 'store', 'app-1'),
      step(1, 'working', 'app-1'),
      step(41, 'answering', 'app-1', { status: 200 }),
      step(41.4, 'ended', 'app-1', { status: 200 }),
    ]),
    800,
    true,
  );
  expect(picture.lanes.map(({ id }) => id)).toEqual(['user', 'balancer', 'app-1', 'store']);
  expect(picture.rows.map(({ words }) => words)).toEqual([
    'asks',
    'sent on',
    'asks the store',
    'is worked on',
    'answers 200',
    'done',
  ]);
  expect(picture.rows[3]).toMatchObject({ at: 1, took: 40 });
});

test('an attempt that nobody takes ends in a cross at that container, the next one at another', () => {
  const picture = sequence(
    trace([
      step(0, 'to-balancer'),
      step(0.2, 'to-server', 'app-2'),
      step(0.6, 'to-server', 'app-3'),
      step(0.8, 'working', 'app-3'),
      step(9, 'answering', 'app-3', { status: 200 }),
      step(9.4, 'ended', 'app-3', { status: 200 }),
    ]),
    800,
    true,
  );
  const arrows = picture.rows.filter((row) => row.kind === 'arrow');
  expect(arrows.map(({ mark }) => mark)).toEqual(['ok', 'failed', 'ok', 'ok']);
  expect(arrows[1]).toMatchObject({ words: 'refused, so another attempt', to: picture.lanes[2]!.x });
});

test('a reset is a failure for its user, with its cause in words', () => {
  const picture = sequence(
    trace([
      step(0, 'to-balancer'),
      step(0.2, 'to-server', 'app-2'),
      step(0.4, 'working', 'app-2'),
      step(30, 'answering', 'app-2', { status: 0, because: 12 }),
      step(30.2, 'ended', 'app-2', { status: 0, cause: 'reset', because: 12 }),
    ]),
    800,
    true,
  );
  expect(picture.rows.at(-2)).toMatchObject({ words: 'the connection broke', mark: 'failed' });
  expect(picture.rows.at(-1)).toMatchObject({
    kind: 'end',
    mark: 'failed',
    words: 'failed: reset',
    because: 12,
  });
});

test('without a balancer the user meets the container', () => {
  const picture = sequence(
    trace([step(0, 'to-balancer'), step(0, 'to-server', 'app-1'), step(0.2, 'working', 'app-1')]),
    400,
    false,
  );
  expect(picture.lanes.map(({ id }) => id)).toEqual(['user', 'app-1']);
  expect(picture.rows[0]).toMatchObject({ from: picture.lanes[0]!.x, to: picture.lanes[1]!.x });
  expect(picture.rows.at(-1)!.took).toBeNull();
});

test('a balancer that gives up answers in the stead of the container that refused', () => {
  const picture = sequence(
    trace([
      step(0, 'to-balancer'),
      step(0.2, 'to-server', 'app-2'),
      step(0.6, 'answering', 'app-2', { status: 503, cause: 'connect-refused' }),
      step(0.8, 'ended', 'app-2', { status: 503, cause: 'connect-refused' }),
    ]),
    800,
    true,
  );
  const [, attempt, answer] = picture.rows;
  expect(attempt).toMatchObject({ kind: 'arrow', mark: 'failed', words: 'nobody takes it' });
  expect(answer).toMatchObject({ kind: 'arrow', from: picture.lanes[1]!.x, to: picture.lanes[0]!.x });
});

test('names stand apart, in a narrow window too, and long ones are cut', () => {
  const far = 'a-name-of-sixty-characters-that-nobody-would-give-a-container';
  const picture = sequence(
    trace([
      step(0, 'to-balancer'),
      step(0.2, 'to-server', 'shop-app-2'),
      step(0.4, 'to-server', far),
      step(0.6, 'store', far),
    ]),
    358,
    true,
  );
  const ends = picture.lanes.map(({ x, label }) => [x, textWidth(label, 14, 700) / 2] as const);
  ends.slice(1).forEach(([x, half], i) => expect(x - half - ends[i]![0] - ends[i]![1]).toBeGreaterThan(10));
  expect(picture.lanes[3]!.label).toMatch(/^a-name.*…$/);
  expect(picture.width).toBeGreaterThan(358);
});
