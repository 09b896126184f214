import { type Container, alive } from './container.ts';
import { EV } from './events.ts';
import { admit, setServer } from './pool.ts';
import type { World } from './world.ts';

/**
 * A balancer that finds its servers by the name of their service (S-39, S-40). The engine's resolver answers with the
 * addresses of all containers that run; the balancer keeps that list until it asks again.
 */

const DONE = 0;
const STALE = 1;
const NOBODY = 2;

const running = (w: World): Container[] => w.containers.filter((c) => c.service === w.herd && alive(c));

/** A process joins the network: it gets the lowest address that is free. */
export function takeAddress(w: World, c: Container): void {
  if (w.lb.resolve === 'told' || c.service !== w.herd) return;
  const taken = new Set(running(w).map((k) => (k === c ? -1 : k.address)));
  let address = 0;
  while (taken.has(address)) address++;
  c.address = address;
}

/** The balancer asks for the name: who answers is a server, nobody else is. False = there is nobody, and the old list stays. */
function lookUp(w: World, cause: number): boolean {
  const there = running(w);
  if (there.length === 0) return false;
  w.proxy.known = there.map((c) => c.address);
  for (const s of w.proxy.servers) {
    const c = w.containers[s.container];
    if (s.state === 'absent' || alive(c)) continue;
    s.inc++;
    setServer(w, s, 'absent', cause >= 0 ? cause : c.entry);
  }
  // One that was drained or put into maintenance by hand stays so.
  for (const c of there) if (c.server < 0 || w.proxy.servers[c.server].state === 'absent') admit(w, c);
  return true;
}

/** What keeps the balancer's process from coming up: it wants an address of its servers, or null. */
export const nameFault = (w: World, c: Container): string | null =>
  c.service === w.front && w.lb.resolve !== 'told' && running(w).length === 0
    ? `host not found in upstream "${w.app.name}"`
    : null;

/** The balancer's process has come up: it knows who is there now. */
export function onBalancerUp(w: World, c: Container): void {
  if (c.service !== w.front || w.lb.resolve === 'told') return;
  lookUp(w, c.entry);
  askAgain(w);
}

/** At t = 0, and whenever the setting changes: everybody has an address, and the balancer knows them all. */
export function startNames(w: World, cause: number): void {
  if (w.lb.resolve === 'told') return;
  for (const c of running(w)) if (c.address < 0) takeAddress(w, c);
  lookUp(w, cause);
  askAgain(w);
}

/** Other settings are a reload: it looks again; one that is told from now on is told of everybody. */
export function namesChanged(w: World, before: World['lb']['resolve'], cause: number): void {
  if (w.lb.resolve !== 'told') {
    startNames(w, cause);
    return;
  }
  if (before === 'told') return;
  w.proxy.asked++;
  for (const s of w.proxy.servers)
    if (w.containers[s.container].phase === 'removed') setServer(w, s, 'absent', cause);
  for (const c of running(w)) if (c.ready) admit(w, c);
}

function askAgain(w: World): void {
  const every = w.lb.resolve;
  const stamp = ++w.proxy.asked;
  if (typeof every === 'number') w.after(every, EV.lookUp, 0, stamp);
}

/** The addresses are as old as they may get. A name that nobody answers for keeps the old ones. */
export function onLookUp(w: World, _: number, stamp: number): number {
  if (stamp !== w.proxy.asked) return STALE;
  askAgain(w);
  return w.frontUp && lookUp(w, -1) ? DONE : NOBODY;
}

/**
 * A reload: new workers look the name up and know nothing of failures, drains and bans; the old ones finish what they have.
 * Returns the tool's words if it is refused, and then everything stays as it was.
 */
export function reloadBalancer(w: World, cause: number): string | null {
  if (w.lb.resolve !== 'told' && !lookUp(w, cause)) return `host not found in upstream "${w.app.name}"`;
  const rise = w.lb.check?.rise ?? 1;
  for (const s of w.proxy.servers) {
    const c = w.containers[s.container];
    if (s.state === 'absent' || c.terminating) continue;
    s.errors = 0;
    s.health = rise;
    // UP before its first check, and DOWN at the first that fails.
    if (s.state !== 'up') setServer(w, s, 'up', cause);
  }
  const [first] = w.proxy.servers;
  if (first !== undefined) w.balancer.changed?.(w, first);
  w.journal.add(
    w.now,
    'note',
    cause,
    -1,
    -1,
    -1,
    0,
    `${w.lb.name} has reloaded: it knows ${w.proxy.members.length} servers`,
  );
  return null;
}
