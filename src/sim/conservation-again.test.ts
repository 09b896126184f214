import { expect, it } from 'vitest';
import { checkRandomRuns } from '../../test/support/laws.ts';

it('conservation laws hold in as many random scenarios again', () => {
  expect(checkRandomRuns(1)).toBeGreaterThan(0);
}, 240_000);
