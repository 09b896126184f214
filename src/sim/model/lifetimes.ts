import { EV } from './events.ts';
import { EXPIRED, HELD } from './items.ts';
import { wroteTo } from './store.ts';
import { M } from '../metrics/columns.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const OVER = 0;
const STALE = 1;
const EXTENDED = 2;

/** A session was written: it lasts so long from now on (S-109), in whatever home. Without a `ttl` it lasts as its home does. */
export function startLifetime(w: World, i: number): void {
  const { ttlMs } = w.app.sessions;
  if (ttlMs === Infinity) return;
  w.items.edit(i).expiresAt[i] = w.now + ttlMs;
  w.after(ttlMs, EV.sessionExpires, i, w.items.gen[i]);
}

/** The application has set the lifetime anew, as it does on every use of a session that slides: a write, too (S-109). */
export function extendLifetime(w: World, i: number): void {
  if (w.items.expiresAt[i] === Infinity) return;
  w.items.edit(i).expiresAt[i] = w.now + w.app.sessions.ttlMs;
  wroteTo(w, w.items.place[i]);
}

export function onSessionExpires(w: World, i: number, gen: number): number {
  const items = w.items;
  if (items.gen[i] !== gen || items.state[i] !== HELD) return STALE;
  if (items.expiresAt[i] > w.now) {
    w.at(items.expiresAt[i], EV.sessionExpires, i, gen);
    return EXTENDED;
  }
  const user = items.owner[i];
  w.places.remove(items, i);
  items.edit(i).state[i] = EXPIRED;
  items.edit(i).lostEntry[i] = w.journal.add(w.now, 'session-expired', -1, -1, user);
  w.metrics.count(M.expired);
  w.holdSessions(-1);
  if (w.users.session(user) === i) w.users.setState(user, 0);
  return OVER;
}
