import { expect, test } from 'vitest';
import { neighbour, thingAt } from './neighbour.ts';
import type { Thing } from './things.ts';

const at = (column: number, row: number): Thing =>
  ({
    kind: 'container',
    key: `${column},${row}`,
    hit: { kind: 'container', id: row * 10 + column, x: column * 20, y: row * 16, w: 18, h: 14 },
    container: {},
  }) as unknown as Thing;
const grid = Array.from({ length: 50 }, (_, i) => at(i % 10, Math.floor(i / 10)));

test('arrow keys go to the neighbour on that side, and stop at the edge', () => {
  const from = grid[23]!;
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;
  expect(keys.map((key) => neighbour(grid, from, key)?.key)).toEqual(['2,2', '4,2', '3,1', '3,3']);
  expect(neighbour(grid, grid[0]!, 'ArrowLeft')).toBeNull();
  expect(neighbour(grid, from, 'End')?.key).toBe('9,4');
  expect(neighbour(grid, from, 'a')).toBeNull();
});

test('every thing can be reached by arrows from the first', () => {
  const seen = new Set([grid[0]!.key]);
  const queue = [grid[0]!];
  for (let thing = queue.pop(); thing; thing = queue.pop())
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
      const next = neighbour(grid, thing, key);
      if (next && !seen.has(next.key)) {
        seen.add(next.key);
        queue.push(next);
      }
    }
  expect(seen.size).toBe(grid.length);
});

test('a point finds what it is on, or what is within reach', () => {
  expect(thingAt(grid, 45, 20)?.key).toBe('2,1');
  expect(thingAt(grid, 205, 5)?.key).toBe('9,0');
  expect(thingAt(grid, 300, 300)).toBeNull();
});
