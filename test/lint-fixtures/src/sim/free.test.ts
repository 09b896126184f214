// A test of the engine may use what it likes: nothing here may be reported.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { value } from '../ui/target.ts';

test('anything goes', () => {
  expect(Date.now() + performance.now() + Math.sin(2 ** 3) + value).toBeTypeOf('number');
  expect(readFileSync).toBeDefined();
});
