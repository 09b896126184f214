import { expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from './suggest.ts';

it.each([
  ['kill', 'kill', 0],
  ['kil', 'kill', 1],
  ['klil', 'kill', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('%s to %s takes %d edits', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

it('suggests a near word only', () => {
  const words = ['kill', 'stop', 'stop_grace_period', 'service-time'];
  expect(nearest('kil', words)).toBe('kill');
  expect(nearest('stop-grace-period', words)).toBe('stop_grace_period');
  expect(nearest('servicetime', words)).toBe('service-time');
  expect(nearest('elephant', words)).toBeNull();
  expect(didYouMean('stpo', words)).toBe("; did you mean 'stop'?");
  expect(didYouMean('xyz', words)).toBe('');
});
