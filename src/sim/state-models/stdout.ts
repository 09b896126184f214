import type { StateModel } from './state-model.ts';

/**
 * Standard output: the logging driver writes it to a file of the container, outside its layer; it outlives the process and
 * goes with `docker rm` (S-25, S-132).
 */
export const stdout: StateModel = {
  name: 'stdout',
  label: 'Standard output',
  kinds: ['logs'],
  store: null,
  attach(w, c) {
    if (c.logPlace < 0) c.logPlace = w.places.open('layer', c.id);
    return c.logPlace;
  },
};
