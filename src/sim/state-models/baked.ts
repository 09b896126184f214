import type { StateModel } from './state-model.ts';

/** In the image itself: another value is another image (S-122, S-127). */
export const baked: StateModel = {
  name: 'baked',
  label: 'Image',
  kinds: ['config', 'secrets'],
  store: null,
  attach: () => -1,
};
