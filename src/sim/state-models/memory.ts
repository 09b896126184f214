import { openProcessPlace } from '../model/state.ts';
import type { StateModel } from './state-model.ts';

/** The process's own memory: gone with the process, whatever ended it (A2, C-15). */
export const memory: StateModel = {
  name: 'memory',
  label: 'Process memory',
  kinds: ['sessions', 'cache', 'counters', 'jobs', 'membership', 'identity'],
  store: null,
  attach: (w, c) => openProcessPlace(w, c),
};
