import type { Container } from '../model/container.ts';
import { alive } from '../model/container.ts';
import { kindState, kindTimer } from '../model/kinds.ts';
import { kindIndex } from '../model/state.ts';
import { causeCode } from '../model/traffic.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import { REFUSED, type Kind } from './kind.ts';

const IDENTITY = kindIndex('identity');
const APP_ERROR = causeCode('app-error');
/** How soon a process that was refused asks again, in ms. */
const RETRY_MS = 1000;

/** Outcome codes. */
const DONE = 0;
const STALE = 1;
const NO_SEAT = 2;

/** One of the seats of the licence, and who sits there: an identity is the place that it is kept in. */
interface Seat {
  readonly identity: number;
  /** Container that uses it now; -1 = its holder is gone. */
  readonly container: number;
  /** When it is free for another identity; Infinity while it is used. */
  readonly freeAt: number;
}

interface Licence {
  seats: readonly Seat[];
  /** By container: journal entry of its refusal, -1 = licensed. */
  readonly refused: number[];
}

const stateOf = (w: World): Licence => kindState<Licence>(w, IDENTITY);

/** A process asks for a seat: its own one again, one that is free, or none. */
function ask(w: World, c: Container): number {
  const settings = w.app.kinds.identity;
  if (settings === null) return STALE;
  const s = stateOf(w);
  const identity = c.homes[IDENTITY];
  const own = s.seats.find((seat) => seat.identity === identity);
  const others = s.seats.filter((seat) => seat !== own);
  const taken = others.filter((seat) => seat.freeAt > w.now);
  const twin = own !== undefined && own.container >= 0 && own.container !== c.id;
  if (twin || (own === undefined && taken.length >= settings.seats)) {
    if ((s.refused[c.id] ?? -1) < 0) {
      const text = twin ? `${w.containers[own.container].name} has the same identity` : 'no seat is free';
      s.refused[c.id] = w.journal.add(w.now, 'licence-refused', c.lifeEntry, c.id, -1, -1, 0, text);
    }
    kindTimer(w, 'identity', RETRY_MS, c.id, c.life);
    return NO_SEAT;
  }
  s.seats = [...(own === undefined ? taken : others), { identity, container: c.id, freeAt: Infinity }];
  s.refused[c.id] = -1;
  return DONE;
}

/**
 * A licence with so many seats, each bound to an identity that is kept like any other state: one in memory is new at every
 * start (as a MAC address is, S-11), one in the layer at every replacement, one on a volume is that of whoever mounts it. A
 * seat whose identity is gone stays taken for a while; a process without a seat answers with an error.
 */
export const identity: Kind = {
  kind: 'identity',
  active: (app) => app.kinds.identity !== null && app.state.identity !== 'none',
  initial: (): Licence => ({ seats: [], refused: [] }),
  copy(state): Licence {
    const { seats, refused } = state as Licence;
    return { seats, refused: refused.slice() };
  },
  started: (w, c) => void ask(w, c),
  ended(w, c) {
    const s = stateOf(w);
    const release = w.app.kinds.identity?.releaseMs ?? 0;
    s.seats = s.seats.map((seat) =>
      seat.container === c.id ? { ...seat, container: -1, freeAt: w.now + release } : seat,
    );
    s.refused[c.id] = -1;
  },
  request(w, c, r) {
    const because = stateOf(w).refused[c.id] ?? -1;
    if (because < 0) return 0;
    const q = w.requests;
    w.metrics.count(M.identityRefused);
    q.status[r] = 500;
    q.cause[r] = APP_ERROR;
    q.edit(r).because[r] = because;
    return REFUSED;
  },
  timer(w, id, life) {
    const c = w.containers[id];
    return c.life === life && alive(c) ? ask(w, c) : STALE;
  },
};
