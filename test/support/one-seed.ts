/**
 * Random cases are the same in every run of the tests, so that a red test is red for everybody. Another seed looks
 * elsewhere: `PADDOCK_SEED=7 npx vitest run --project unit src/sim/conservation.test.ts`.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PADDOCK_SEED'] ?? 20_261_121) });
