import { expect, test } from 'vitest';
import { BALANCERS, PLATFORMS } from '../sim/registries.ts';
import { BALANCER_CHUNKS, PLATFORM_CHUNKS } from './load-rules.ts';

test.each(Object.keys(PLATFORMS))('platform %s has a chunk that holds it', async (name) => {
  expect(await PLATFORM_CHUNKS[name]!()).toBe(PLATFORMS[name]);
});

test.each(Object.keys(BALANCERS))('balancer %s has a chunk that holds it', async (name) => {
  expect(await BALANCER_CHUNKS[name]!()).toBe(BALANCERS[name]);
});

test('there is no chunk for what no scenario can name', () => {
  expect(Object.keys(PLATFORM_CHUNKS).toSorted()).toEqual(Object.keys(PLATFORMS).toSorted());
  expect(Object.keys(BALANCER_CHUNKS).toSorted()).toEqual(Object.keys(BALANCERS).toSorted());
});
