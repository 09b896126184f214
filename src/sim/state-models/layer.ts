import { kindIndex, openLayerPlace } from '../model/state.ts';
import type { StateModel } from './state-model.ts';

/** The container's writable layer: outlives the process, dies with the container (S-11, C-14). */
export const layer: StateModel = {
  name: 'layer',
  label: 'Container layer',
  kinds: ['sessions', 'uploads', 'records', 'cache', 'logs', 'counters', 'identity'],
  store: null,
  attach(w, c, kind) {
    const had = c.homes[kindIndex(kind)];
    return c.layerPlaces.includes(had) ? had : openLayerPlace(w, c);
  },
};
