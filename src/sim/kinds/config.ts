import { M } from '../metrics/columns.ts';
import type { Kind } from './kind.ts';
import {
  changeValue,
  copyValues,
  fixValue,
  newValues,
  onValueTimer,
  startReading,
  type Values,
  valuesOf,
} from './values.ts';

/**
 * Configuration: every process answers by the value that it has read, so after a change the herd is mixed until each has
 * been replaced or has read again (S-80, S-118, S-122).
 */
export const config: Kind = {
  kind: 'config',
  active: (app) => app.kinds.config !== null && app.state.config !== 'none',
  initial: newValues,
  copy: (state) => copyValues(state as Values),
  settle(w) {
    const v = valuesOf(w, 'config');
    for (const c of w.containers) {
      if (c.service !== w.herd || v.held[c.id] !== undefined) continue;
      fixValue(w, 'config', c);
      startReading(w, 'config', c);
    }
  },
  created: (w, c) => fixValue(w, 'config', c),
  started: (w, c) => startReading(w, 'config', c),
  done(w, c) {
    const v = valuesOf(w, 'config');
    if (v.held[c.id] !== v.current) w.metrics.count(M.configStale);
  },
  timer: (w, a, b) => onValueTimer(w, 'config', a, b),
  rotate: (w, _command, cause) => ({ ok: true, text: changeValue(w, 'config', cause) }),
};
