import { type Strategy, target } from './deploy.ts';
import { roll } from './rolling.ts';

/** Rolling and recreate: containers are exchanged within the herd, a few at a time or all at once (S-59, S-63). */
export const inPlace: Strategy = {
  step: (w, d) =>
    roll(w, {
      service: d.service,
      revision: target(d).revision,
      strategy: d.strategy === 'recreate' ? 'recreate' : 'rolling',
      entry: d.entry,
    })
      ? null
      : d,
  admits: () => true,
  carries: () => null,
  abandon: () => undefined,
  impatient: false,
};
