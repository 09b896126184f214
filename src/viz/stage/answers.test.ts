import { describe, expect, it } from 'vitest';
import { answerMarks } from './draw/answers.ts';
import { stageDisplayList } from './display-list.ts';
import { answers } from './fixtures/trouble.ts';
import type { StageInput } from './input.ts';
import { LATE } from './late.ts';
import { layoutStage } from './layout.ts';

const { view, legs, stretchMs } = answers;
const input = (t = view.t): StageInput => ({
  view,
  legs,
  stretchMs,
  t,
  layout: layoutStage(view, { width: 992, height: 512 }),
  late: LATE,
  reducedMotion: false,
  highlight: null,
  hover: null,
});

describe('what containers answer', () => {
  it('is told where it is answered, by its status', () => {
    expect(answerMarks(input()).map(({ container, status, count }) => [container, status, count])).toEqual([
      [1, 401, 3],
      [1, 404, 1],
      [2, 429, 1],
    ]);
    expect(answerMarks(input(view.t + 60_000))).toEqual([]);
  });

  it('stands on the stall, and an early 503 is no 500', () => {
    const words = stageDisplayList(input()).flatMap((op) => (op.op === 'text' ? [op.text] : []));
    expect(words).toEqual(expect.arrayContaining(['401 ×3', '404', '429', 'error 503']));
    expect(words.some((word) => word.includes('500'))).toBe(false);
  });
});
