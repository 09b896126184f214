import { alive, type Container } from '../model/container.ts';
import { kindTimer } from '../model/kinds.ts';
import { CACHE_HIT } from '../model/requests.ts';
import { causeCode } from '../model/traffic.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import { REFUSED, type Kind } from './kind.ts';
import {
  changeValue,
  containerOf,
  copyValues,
  DONE,
  fixValue,
  FREE,
  managerAnswers,
  managerOf,
  newValues,
  onValueTimer,
  opOf,
  read,
  STALE,
  startReading,
  type Values,
  valuesOf,
  wordOf,
} from './values.ts';

const DEPENDENCY = causeCode('dependency');
const RENEW = FREE;
const EXPIRE = FREE + 1;
const REVOKE = FREE + 2;
/** A lease is renewed when this share of it is over; if that fails, again every second. */
const RENEW_AT = 2 / 3;
const RETRY_MS = 1000;

interface Secrets extends Values {
  /** Values below this one are refused by the database, and the journal entry that says so. */
  revoked: number;
  revokeEntry: number;
  /** By container: end of its lease in ms, and the entry of its expiry (-1 = not expired). */
  readonly lease: number[];
  readonly expired: number[];
}

const stateOf = (w: World): Secrets => valuesOf<Secrets>(w, 'secrets');
const leaseMs = (w: World): number =>
  w.app.state.secrets === 'manager' ? (w.app.kinds.secrets?.leaseMs ?? Infinity) : Infinity;

/** A process begins with a secret, and with a lease on it where the secret manager gives one (S-121). */
function begin(w: World, c: Container): void {
  startReading(w, 'secrets', c);
  const s = stateOf(w);
  s.expired[c.id] = -1;
  s.lease[c.id] = Infinity;
  if (leaseMs(w) < Infinity) take(w, c);
}

/** Takes a lease, or waits for the manager; plans its renewal and its end. */
function take(w: World, c: Container): void {
  const s = stateOf(w);
  const ms = leaseMs(w);
  if (c.frozen || !managerAnswers(w, c)) {
    kindTimer(w, 'secrets', RETRY_MS, wordOf(c.id, RENEW), c.life);
    return;
  }
  read(w, 'secrets', c);
  s.expired[c.id] = -1;
  s.lease[c.id] = w.now + ms;
  kindTimer(w, 'secrets', ms, wordOf(c.id, EXPIRE), c.life);
  if (w.app.kinds.secrets?.renew === true)
    kindTimer(w, 'secrets', ms * RENEW_AT, wordOf(c.id, RENEW), c.life);
}

function onTimer(w: World, a: number, b: number): number {
  const s = stateOf(w);
  const op = opOf(a);
  if (op === REVOKE) return revoke(w, b);
  if (op !== RENEW && op !== EXPIRE) return onValueTimer(w, 'secrets', a, b);
  const c = w.containers[containerOf(a)];
  if (c.life !== b || !alive(c)) return STALE;
  if (op === RENEW) {
    take(w, c);
    return DONE;
  }
  // A renewal has moved the end.
  if (w.now < s.lease[c.id] || s.expired[c.id] >= 0) return STALE;
  s.expired[c.id] = w.journal.add(w.now, 'lease-expired', managerEntry(w, c), c.id);
  return DONE;
}

/** What keeps c from its manager, or the beginning of its life. */
function managerEntry(w: World, c: Container): number {
  const entry = managerOf(w)?.entry ?? -1;
  return entry >= 0 ? entry : c.entry;
}

/** The database takes no value below `value` any more. */
function revoke(w: World, value: number): number {
  const s = stateOf(w);
  if (value <= s.revoked) return STALE;
  s.revoked = value;
  s.revokeEntry = w.journal.add(w.now, 'secret-revoked', s.entry, -1);
  return DONE;
}

/** Entry of why the database refuses c; -1 = it does not. */
function refusal(w: World, c: Container): number {
  const s = stateOf(w);
  const held = s.held[c.id];
  if (held < 0) return Math.max(0, managerEntry(w, c));
  if (s.expired[c.id] >= 0) return s.expired[c.id];
  return held < s.revoked ? s.revokeEntry : -1;
}

/**
 * The password of the database, which every request needs that the cache does not answer. A process goes on with the one it
 * has read; when that is revoked, or its lease is over, the database refuses it (S-118 to S-122).
 */
export const secrets: Kind = {
  kind: 'secrets',
  active: (app) => app.kinds.secrets !== null && app.state.secrets !== 'none',
  initial: (): Secrets => ({ ...newValues(), revoked: 0, revokeEntry: -1, lease: [], expired: [] }),
  copy(state): Secrets {
    const s = state as Secrets;
    return { ...s, ...copyValues(s), lease: s.lease.slice(), expired: s.expired.slice() };
  },
  settle(w) {
    const s = stateOf(w);
    for (const c of w.containers) {
      if (c.service !== w.herd || s.held[c.id] !== undefined) continue;
      fixValue(w, 'secrets', c);
      begin(w, c);
    }
  },
  created: (w, c) => fixValue(w, 'secrets', c),
  started: begin,
  request(w, c, r) {
    const q = w.requests;
    if ((q.flags[r] & CACHE_HIT) !== 0) return 0;
    const because = refusal(w, c);
    if (because < 0) return 0;
    w.metrics.count(M.secretsRejected);
    q.status[r] = 500;
    q.cause[r] = DEPENDENCY;
    q.edit(r).because[r] = because;
    return REFUSED;
  },
  timer: onTimer,
  rotate(w, command, cause) {
    const text = changeValue(w, 'secrets', cause);
    const s = stateOf(w);
    if (command.revokeAfterMs === 0) revoke(w, s.current);
    else kindTimer(w, 'secrets', command.revokeAfterMs, REVOKE, s.current);
    return { ok: true, text };
  },
};
