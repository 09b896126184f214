import type { StateModel } from './state-model.ts';

/** Object storage: every container reads what any of them wrote (S-114). */
export const s3: StateModel = {
  name: 's3',
  label: 'S3',
  kinds: ['uploads', 'records', 'logs'],
  store: 's3',
  attach: (w) => w.storePlace('s3'),
};
