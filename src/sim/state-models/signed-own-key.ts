import { openProcessPlace } from '../model/state.ts';
import type { StateModel } from './state-model.ts';

/**
 * A signed cookie whose key each process makes for itself at its start: no other replica can read it, and nobody can after
 * the process has ended (S-128).
 */
export const signedOwnKey: StateModel = {
  name: 'signed-own-key',
  label: 'Signed cookie, a key in each process',
  kinds: ['sessions'],
  store: null,
  attach: (w, c) => openProcessPlace(w, c),
};
