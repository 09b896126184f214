import type { EntryKind } from '../engine/journal-entry.ts';
import type { Container } from './container.ts';
import type { Share } from './canary.ts';
import { dequeue, leaveQueue } from './balancing.ts';
import { EV } from './events.ts';
import { type Server, newServer } from './server.ts';
import { latestOf } from './trouble.ts';
import type { ServerState } from '../view.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const DONE = 0;
const STALE = 1;

/** Rebuilds the lists of servers. */
export function refresh(w: World): void {
  const p = w.proxy;
  const known = p.servers.filter((s) => s.state !== 'absent');
  // A hash goes by the lines of the list.
  if (byLine(w)) known.sort((a, b) => a.line - b.line);
  p.up = known.filter((s) => s.state === 'up').map((s) => s.index);
  const canary = p.canary;
  if (canary !== null) {
    const isCanary = (i: number): boolean =>
      w.containers[p.servers[i].container].revision === canary.revision;
    p.upCanary = p.up.filter(isCanary);
    p.upRest = p.up.filter((i) => !isCanary(i));
  }
  p.members = known.map((s) => s.index);
}

const byLine = (w: World): boolean => w.lb.balance === 'source' || w.lb.balance === 'hash-user';

/** The same when only this server has changed: a herd of thousands comes up one by one. */
function refreshOne(w: World, s: Server): void {
  const p = w.proxy;
  if (byLine(w) || p.canary !== null) {
    refresh(w);
    return;
  }
  p.up = listed(p.up, s.index, s.state === 'up');
  p.members = listed(p.members, s.index, s.state !== 'absent');
}

/** An ascending list with or without a number. */
function listed(list: readonly number[], i: number, wanted: boolean): readonly number[] {
  if (list.includes(i) === wanted) return list;
  if (!wanted) return list.filter((k) => k !== i);
  let at = list.length;
  while (at > 0 && list[at - 1] > i) at--;
  return list.toSpliced(at, 0, i);
}

/** The first line of the balancer's list that nobody has. */
function freeLine(w: World): number {
  const p = w.proxy;
  if (p.members.length >= p.nextLine) {
    const taken = new Set(p.members.map((i) => p.servers[i].line));
    while (taken.has(p.nextLine)) p.nextLine++;
  }
  return p.nextLine++;
}

/** The balancer splits its traffic, or (null) stops doing so; counting begins anew. */
export function setShare(w: World, share: Share | null): void {
  const p = w.proxy;
  p.canary = share;
  p.canaryAnswers = 0;
  p.canaryFailures = 0;
  p.credit = 0;
  refresh(w);
}

/** What the journal says of a server that becomes … */
const ENTRIES = {
  up: 'server-up',
  down: 'server-down',
  drain: 'server-drain',
  maint: 'server-maint',
  absent: 'server-removed',
} as const satisfies Record<ServerState, EntryKind>;

/** Changes what the balancer believes of a server; `cause` explains it. Returns the journal entry. */
export function setServer(w: World, s: Server, state: ServerState, cause: number): number {
  if (s.state === state) return s.entry;
  const was = s.state;
  s.state = state;
  s.entry = w.journal.add(w.now, ENTRIES[state], cause, s.container, -1, -1, s.index);
  if (state === 'absent') w.proxy.nextLine = Math.min(w.proxy.nextLine, s.line);
  refreshOne(w, s);
  if (state === 'up') {
    if (was === 'down' && w.lb.slowstartMs > 0) s.rampFrom = w.now;
    dequeue(w, s);
  } else {
    s.rampFrom = -1;
    // Neither a server in maintenance nor one that is gone is checked (S-90).
    if (state === 'maint' || state === 'absent') s.inc++;
    if (w.proxy.up.length === 0) w.proxy.entry = s.entry;
    if (s.queue.length > 0) requeue(w, s);
  }
  w.balancer.changed?.(w, s);
  return s.entry;
}

/** Those that waited for this server choose anew. */
function requeue(w: World, s: Server): void {
  const q = w.requests;
  for (let r = s.queue.head; r >= 0; r = s.queue.head) {
    leaveQueue(w, r);
    q.server[r] = -1;
    w.after(0, EV.atBalancer, r, ++q.stamp[r]);
  }
}

/** The platform tells the balancer about a container, `endpoint-delay` late. */
export function tellAdded(w: World, c: Container, delayMs: number): void {
  if (delayMs > 0) w.after(delayMs, EV.admit, c.id, c.life);
  else admit(w, c);
}
export function onAdmit(w: World, id: number, life: number): number {
  const c = w.containers[id];
  if (c.life !== life || c.terminating) return STALE;
  admit(w, c);
  return DONE;
}

/**
 * Whether the balancer knows the address of a container (S-40). Who has an address that was another's takes its place.
 */
function foundByName(w: World, c: Container): boolean {
  if (!w.proxy.known.includes(c.address)) {
    const text = `${w.lb.name} does not know ${c.name}: it looked the name ${w.app.name} up before`;
    w.journal.add(w.now, 'note', c.entry, c.id, -1, -1, 0, text);
    return false;
  }
  for (const s of w.proxy.servers) {
    if (s.container === c.id || s.state === 'absent' || w.containers[s.container].address !== c.address)
      continue;
    s.inc++;
    setServer(w, s, 'absent', c.entry);
  }
  return true;
}

/**
 * A server is added, or set ready again: UP at once and unchecked, so that its first failed check takes it down;
 * with `readiness: balancer` it starts DOWN and has to pass `rise` checks.
 */
export function admit(w: World, c: Container, cause = latestOf(c)): void {
  if (w.lb.resolve !== 'told' && !foundByName(w, c)) return;
  let s = c.server >= 0 ? w.proxy.servers[c.server] : undefined;
  const checked = w.lb.check !== null && w.balancer.checks === true;
  // One that is down comes back by its checks, whoever says that it runs again.
  if (s !== undefined && (s.state === 'up' || (s.state === 'down' && checked))) return;
  const initial = w.balancer.firstCheckSuffices === true;
  const ownChecks = checked && (initial || w.app.readiness.kind === 'balancer');
  if (s === undefined) {
    s = newServer(w.proxy.servers.length, c.id, 0);
    s.state = 'absent';
    c.server = s.index;
    w.proxy.servers.push(s);
  }
  if (s.state === 'absent') s.line = freeLine(w);
  const rise = w.lb.check?.rise ?? 1;
  s.health = initial ? rise - 1 : ownChecks ? 0 : rise;
  s.errors = 0;
  s.fails = 0;
  if (ownChecks) {
    s.state = 'down';
    s.entry = w.journal.add(w.now, 'server-added', cause, c.id, -1, -1, s.index);
    refreshOne(w, s);
  } else {
    setServer(w, s, 'up', cause);
  }
  if (checked) startChecks(w, s);
}

/** Begins to check a server, at a random phase of `inter`. */
export function startChecks(w: World, s: Server): void {
  const inter = w.lb.check?.interMs ?? 0;
  if (inter <= 0) return;
  s.checkAt = w.now + w.random.checks.uniform() * inter;
  w.at(s.checkAt, EV.check, s.index, ++s.inc);
}

/** The platform tells the balancer that a container leaves. */
export function tellLeaving(w: World, c: Container, delayMs: number, cause: number): void {
  if (c.server < 0) return;
  if (delayMs > 0) w.after(delayMs, EV.told, c.id, cause);
  else leave(w, c, cause);
}
export function onTold(w: World, id: number, cause: number): number {
  const c = w.containers[id];
  if (c.phase === 'removed') removeServer(w, c, cause);
  else leave(w, c, cause);
  return DONE;
}
function leave(w: World, c: Container, cause: number): void {
  const s = c.server >= 0 ? w.proxy.servers[c.server] : undefined;
  // Nobody tells one that goes by the name.
  if (s === undefined || s.state === 'absent' || w.lb.resolve !== 'told') return;
  setServer(w, s, 'maint', cause);
}

/** `deregistration-delay` has passed since a server left. */
export function onDeregistered(w: World, index: number, inc: number): number {
  const s = w.proxy.servers[index];
  if (s.inc !== inc || w.balancer.deregistered === undefined) return STALE;
  w.balancer.deregistered(w, s);
  return DONE;
}

/** The server is no more: its container was removed. One that goes by the name has its address until it asks again (S-40). */
export function removeServer(w: World, c: Container, cause: number): void {
  const s = c.server >= 0 ? w.proxy.servers[c.server] : undefined;
  if (s === undefined || w.lb.resolve !== 'told') return;
  s.inc++;
  setServer(w, s, 'absent', cause);
}
