import { kindState } from '../model/kinds.ts';
import { kindIndex } from '../model/state.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import { askStore, REFUSED, type Kind } from './kind.ts';
import type { CounterSettings } from './settings.ts';

const COUNTERS = kindIndex('counters');

/** What one place has counted. */
interface Tally {
  /** Number of the window that it counts in; without a window always 0. */
  window: number;
  total: number;
  /** By user, where each is counted alone. */
  readonly users: Int32Array | null;
  /** The same at the store's last snapshot, and when that was. */
  savedWindow: number;
  saved: number;
  readonly savedUsers: Int32Array | null;
  savedAt: number;
}

interface CounterState {
  readonly tallies: Map<number, Tally>;
  /** The same counted once for everybody: what a right counter would say. */
  readonly truth: Tally;
}

const newTally = (users: number): Tally => ({
  window: 0,
  total: 0,
  users: users > 0 ? new Int32Array(users) : null,
  savedWindow: 0,
  saved: 0,
  savedUsers: users > 0 ? new Int32Array(users) : null,
  savedAt: 0,
});
const copyTally = (t: Tally): Tally => ({
  ...t,
  users: t.users === null ? null : t.users.slice(),
  savedUsers: t.savedUsers === null ? null : t.savedUsers.slice(),
});
const stateOf = (w: World): CounterState => kindState<CounterState>(w, COUNTERS);

/** Adds one for this user, in the window that `now` falls in; the new value. */
function increment(w: World, t: Tally, settings: CounterSettings, user: number): number {
  const window = settings.limit === null ? 0 : Math.floor(w.now / settings.windowMs);
  if (window !== t.window) {
    t.window = window;
    t.total = 0;
    t.users?.fill(0);
  }
  t.total++;
  return t.users === null || settings.per === 'all' ? t.total : ++t.users[user];
}

function tallyAt(w: World, place: number): Tally {
  const { tallies } = stateOf(w);
  let found = tallies.get(place);
  if (found === undefined) tallies.set(place, (found = newTally(w.traffic.users)));
  return found;
}

/** Counts a request at `place` (-1 = nowhere), and lets it through or answers 429. */
function count(w: World, r: number, place: number, settings: CounterSettings): number {
  const q = w.requests;
  const user = q.user[r];
  const right = increment(w, trueTally(w), settings, user);
  let said = -1;
  if (place >= 0) {
    const t = tallyAt(w, place);
    const home = w.places.get(place);
    const store = home?.bound === 'store' ? w.stores[home.owner] : undefined;
    if (store !== undefined && store.savedAt > t.savedAt) {
      t.savedWindow = t.window;
      t.saved = t.total;
      if (t.users !== null) t.savedUsers?.set(t.users);
      t.savedAt = store.savedAt;
    }
    said = increment(w, t, settings, user);
    w.metrics.count(M.counted);
  }
  if (settings.limit === null) {
    if (said !== right) w.metrics.count(M.countedWrong);
    return 0;
  }
  if (said > settings.limit) {
    w.metrics.count(M.limited);
    q.status[r] = 429;
    q.cause[r] = -1;
    q.edit(r).because[r] = -1;
    return REFUSED;
  }
  w.metrics.count(M.allowed);
  if (right > settings.limit) w.metrics.count(M.allowedOver);
  return 0;
}

function trueTally(w: World): Tally {
  const { truth } = stateOf(w);
  if (truth.users !== null) return truth;
  const made = newTally(w.traffic.users);
  w.kindState[COUNTERS] = { ...stateOf(w), truth: made };
  return made;
}

/**
 * A counter of requests: of visits, or of what a user (or everybody) may ask for in a window, beyond which the answer is
 * 429. It counts what reaches its home: one in each process counts alone, so a limit is N times too high (S-117, C-35).
 * A counter that cannot be reached lets everything through.
 */
export const counters: Kind = {
  kind: 'counters',
  active: (app) => app.kinds.counters !== null,
  initial: (): CounterState => ({ tallies: new Map(), truth: newTally(0) }),
  copy(state): CounterState {
    const { tallies, truth } = state as CounterState;
    return {
      tallies: new Map([...tallies].map(([place, t]) => [place, copyTally(t)])),
      truth: copyTally(truth),
    };
  },
  request(w, c, r) {
    const settings = w.app.kinds.counters;
    if (settings === null) return 0;
    const place = w.places.get(c.homes[COUNTERS]);
    if (place?.bound === 'store') return askStore(place.owner);
    return count(w, r, place === undefined ? -1 : place.serial, settings);
  },
  answered(w, _c, r, store, ok) {
    const settings = w.app.kinds.counters;
    return settings === null ? 0 : count(w, r, ok ? w.stores[store].place : -1, settings);
  },
  holds: (w, place) => (stateOf(w).tallies.get(place)?.total ?? 0) > 0,
  forgot(w, serial, entry, since) {
    const { tallies } = stateOf(w);
    const t = tallies.get(serial);
    if (t === undefined) return;
    // Nothing was written after the snapshot: all that there is is in it.
    if (since >= 0 && t.savedAt < since) return;
    const lost = since >= 0 && t.savedWindow === t.window ? t.total - t.saved : t.total;
    if (lost > 0) {
      w.metrics.add(M.countedLost, lost);
      w.journal.add(w.now, 'count-lost', entry, w.places.get(serial)?.owner ?? -1, -1, -1, lost);
    }
    if (since < 0) {
      tallies.delete(serial);
      return;
    }
    t.window = t.savedWindow;
    t.total = t.saved;
    if (t.savedUsers !== null) t.users?.set(t.savedUsers);
  },
};
