import { pathOf, volumeAt } from '../model/volumes.ts';
import type { StateModel } from './state-model.ts';

/**
 * A directory on a volume: which one follows from the service's mounts and the path of the kind. It outlives the process
 * and, unless it is anonymous, the container; a local one never leaves its host (A2, S-23, S-38, S-56).
 */
export const volume: StateModel = {
  name: 'volume',
  label: 'Volume',
  kinds: ['sessions', 'uploads', 'records', 'cache', 'logs', 'jobs', 'counters', 'identity'],
  store: null,
  attach: (w, c, kind) => volumeAt(w, c, pathOf(w.app.paths, kind)),
};
