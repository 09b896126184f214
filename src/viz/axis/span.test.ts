import { expect, test } from 'vitest';
import { moved, spanOf, zoomed } from './span.ts';

test('a part of time begins and ends with a bin, in either direction, and is never too short to tell of', () => {
  expect(spanOf(12_340, 8_810)).toEqual({ fromMs: 8800, toMs: 12_400 });
  expect(spanOf(5000, 5010)).toEqual({ fromMs: 5000, toMs: 6000 });
  expect(spanOf(-300, 2000)).toEqual({ fromMs: 0, toMs: 2000 });
});

test('zooming keeps an instant where it is, and ends at all of it', () => {
  const half = zoomed({ fromMs: 0, toMs: 60_000 }, 0.5, 15_000, 60_000)!;
  expect(half).toEqual({ fromMs: 7500, toMs: 37_500 });
  expect((15_000 - half.fromMs) / 30_000).toBe(0.25);
  expect(zoomed(half, 2, 15_000, 60_000)).toBeNull();
  expect(zoomed({ fromMs: 0, toMs: 1000 }, 0.5, 500, 60_000)).toEqual({ fromMs: 0, toMs: 1000 });
});

test('moving stays within what there is', () => {
  const part = { fromMs: 10_000, toMs: 20_000 };
  expect(moved(part, 0.5, 60_000)).toEqual({ fromMs: 15_000, toMs: 25_000 });
  expect(moved(part, -3, 60_000)).toEqual({ fromMs: 0, toMs: 10_000 });
  let moving = { fromMs: 10_100, toMs: 20_400 };
  for (let times = 0; times < 9; times++) moving = moved(moving, 0.25, 60_000);
  expect(moving.toMs - moving.fromMs).toBe(10_300);
  expect(moved(part, 9, 60_000)).toEqual({ fromMs: 50_000, toMs: 60_000 });
});
