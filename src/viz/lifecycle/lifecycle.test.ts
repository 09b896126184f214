import { expect, test } from 'vitest';
import { LIFECYCLE, PHASES } from '../../sim/charts/container-lifecycle.ts';
import { lifecyclePicture } from './lifecycle.ts';

const transitions = LIFECYCLE as Readonly<Record<string, Readonly<Record<string, string>>>>;
const some = (n: number) =>
  Array.from({ length: n }, (_, id) => ({ id, number: id + 1, phase: 'running' as const }));

test('every phase has a box, and every event between two phases an arrow', () => {
  const { boxes, arrows } = lifecyclePicture({ transitions, containers: [], chosen: null });
  expect(boxes.map(({ phase }) => phase).toSorted()).toEqual([...PHASES].toSorted());
  const expected = PHASES.flatMap((from) => Object.values(LIFECYCLE[from]).filter((to) => to !== from));
  expect(arrows).toHaveLength(expected.length);
});

test('boxes stand apart and inside the picture', () => {
  const { boxes, width, height } = lifecyclePicture({ transitions, containers: [], chosen: null });
  for (const a of boxes) {
    expect(a.x + a.w).toBeLessThanOrEqual(width);
    expect(a.y + a.h).toBeLessThanOrEqual(height);
    for (const b of boxes.filter((other) => other !== a))
      expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
  }
});

test('a crowd is counted, not drawn over the edge', () => {
  const { boxes } = lifecyclePicture({ transitions, containers: some(60), chosen: 3 });
  const running = boxes.find(({ phase }) => phase === 'running')!;
  expect(running.tags.length + running.more).toBe(60);
  for (const tag of running.tags) expect(tag.x + 24).toBeLessThan(running.x + running.w);
});

test('the ways on of the chosen container stand out', () => {
  const { arrows } = lifecyclePicture({ transitions, containers: some(1), chosen: 0 });
  expect(arrows.filter(({ open }) => open).map(({ event }) => event)).toEqual(['prestop', 'term', 'exit']);
});
