import { expect, test } from 'vitest';

test.only('the one', () => expect(1).toBe(1)); // expect vitest(no-focused-tests)
test.skip('the other', () => expect(1).toBe(1)); // expect vitest(no-disabled-tests)
