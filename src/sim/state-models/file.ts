import type { StateModel } from './state-model.ts';

/** A file mounted into the container; what its process has read of it is another matter (S-80, S-119, S-120). */
export const file: StateModel = {
  name: 'file',
  label: 'Mounted file',
  kinds: ['config', 'secrets'],
  store: null,
  attach: () => -1,
};
