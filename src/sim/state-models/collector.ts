import { openProcessPlace } from '../model/state.ts';
import type { StateModel } from './state-model.ts';

/** A log collector that the process sends its lines to; what it has not sent yet is in its memory (S-132). */
export const collector: StateModel = {
  name: 'collector',
  label: 'Log collector',
  kinds: ['logs'],
  store: 'collector',
  attach: (w, c) => openProcessPlace(w, c),
};
