import type { StateModel } from './state-model.ts';

/** Standard output, collected outside the container (S-25, S-132). Nothing is read back. */
export const stdout: StateModel = {
  name: 'stdout',
  label: 'Standard output',
  kinds: ['logs'],
  store: null,
  attach: () => -1,
};
