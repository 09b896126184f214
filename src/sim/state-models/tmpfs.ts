import { openProcessPlace } from '../model/state.ts';
import type { StateModel } from './state-model.ts';

/** A tmpfs mount: files in memory, removed when the container stops (S-11). */
export const tmpfs: StateModel = {
  name: 'tmpfs',
  label: 'tmpfs',
  kinds: ['sessions', 'uploads', 'cache', 'logs', 'counters'],
  store: null,
  attach: (w, c) => openProcessPlace(w, c),
};
