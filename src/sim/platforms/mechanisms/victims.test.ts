import { expect, it } from 'vitest';
import type { Container } from '../../model/container.ts';
import type { World } from '../../model/world.ts';
import { magnitude, rankVictims } from './victims.ts';

const NOW = 10_000_000;
let made = 0;
const pod = (over: Partial<Container> = {}): Container =>
  ({
    id: made,
    number: made++,
    service: 0,
    host: 0,
    phase: 'running',
    terminating: false,
    ready: true,
    readySince: 1000,
    createdAt: 0,
    restarts: 0,
    ...over,
  }) as Container;

/** Ids in the order in which pods of one service go. */
const order = (pods: readonly Container[], all = pods, seed = 1): number[] =>
  rankVictims({ containers: all, seed, now: NOW } as unknown as World, pods).map((c) => c.id);

it.each<[string, Partial<Container>, Partial<Container>]>([
  ['one that does not run', { phase: 'created', restarts: 0 }, { restarts: 9 }],
  ['one that is not ready', { ready: false }, { restarts: 9 }],
  ['one that has been ready for a shorter time', { readySince: NOW - 1000 }, { readySince: 0, restarts: 9 }],
  ['one that was restarted more often', { restarts: 2, createdAt: 0 }, { restarts: 1, createdAt: NOW - 1 }],
  ['the newer one', { createdAt: NOW - 1000 }, { createdAt: 0 }],
])('%s goes first, whichever was made first (S-75)', (_, goes, stays) => {
  const [a, b] = [pod(goes), pod(stays)];
  expect(order([a, b])).toEqual([a.id, b.id]);
  const [c, d] = [pod(stays), pod(goes)];
  expect(order([c, d])).toEqual([d.id, c.id]);
});

it('one on the node with the most pods that stay goes before one that has been ready for a shorter time (S-75)', () => {
  const crowded = [pod({ host: 1 }), pod({ host: 1 })];
  const alone = pod({ host: 0, readySince: NOW - 1000 });
  const leaving = [pod({ terminating: true }), pod({ terminating: true }), pod({ terminating: true })];
  const pods = [alone, ...crowded];
  expect(order(pods, [...pods, ...leaving]).at(-1)).toBe(alone.id);
});

it('ages of one order of magnitude are alike, and then chance decides, by the seed (S-75)', () => {
  const pods = [pod({ createdAt: 0 }), pod({ createdAt: 1000 }), pod({ createdAt: 2000 })];
  const first = new Set(Array.from({ length: 40 }, (_, seed) => order(pods, pods, seed)[0]));
  expect(first.size).toBe(3);
  expect(order(pods, pods, 7)).toEqual(order(pods.toReversed(), pods, 7));
});

it('an order of magnitude is a power of two of the nanoseconds', () => {
  expect([0, 1e-6, 2e-6, 3e-6, 4e-6, 1].map(magnitude)).toEqual([-1, 0, 1, 1, 2, 19]);
});
