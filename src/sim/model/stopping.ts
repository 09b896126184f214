import { type Container, alive, move } from './container.ts';
import { EV } from './events.ts';
import { planFailover, rejoin } from './failover.ts';
import { storeIn } from './store.ts';
import { isBusy } from './front-end.ts';
import { freezeWork, thawWork } from './interrupting.ts';
import { appDef, exitProcess } from './lifecycle.ts';
import { STREAM } from './requests.ts';
import type { AppService } from './scenario.ts';
import { breakStream } from './streams.ts';
import { pauseStore, resumeStore } from './storing.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const DONE = 0;
const STALE = 1;

/** How the process takes SIGTERM: who is PID 1, and is there a handler (S-8, S-15, S-16)? */
export function reactionToTerm(app: AppService | null): 'drain' | 'exit' | 'dies' | 'ignores' {
  if (app === null) return 'exit';
  if (app.pid1 === 'shell') return 'ignores';
  if (app.sigterm === 'drain') return 'drain';
  if (app.sigterm === 'exit') return 'exit';
  return app.pid1 === 'init' ? 'dies' : 'ignores';
}

/** What a preStop that outlasts the grace period leaves the process, in ms (S-64). */
const OVERRUN_MS = 2000;

/**
 * Takes a container away with notice (S-12, S-52, S-64): preStop, SIGTERM, and SIGKILL when the grace period is over.
 * `graceFromNow` = the grace period includes preStop, as in Kubernetes; a preStop that is not over by then is cut short,
 * and the process has two seconds more.
 */
export function stopGracefully(
  w: World,
  c: Container,
  options: {
    cause: number;
    prestopMs: number;
    graceMs: number;
    graceFromNow: boolean;
    reason: string;
    /** False = by hand, behind its platform's back. */
    planned?: boolean;
    /** Its own STOPSIGNAL unless given. */
    signal?: string;
  },
): void {
  // A signal by hand does not call back what its platform is taking away.
  c.terminating ||= options.planned ?? true;
  c.reason = options.reason;
  if (c.phase === 'prestop') return;
  if (c.phase === 'stopping') {
    // It has had its SIGTERM; a shorter patience may bring the SIGKILL forward.
    const kill = w.now + options.graceMs;
    if (kill < Infinity && (c.dueAt < 0 || kill < c.dueAt)) {
      c.dueAt = kill;
      w.at(kill, EV.graceOver, c.id, c.inc);
    }
    return;
  }
  if (options.prestopMs > 0 && (c.phase === 'booting' || c.phase === 'running')) {
    const overrun = options.graceFromNow && options.prestopMs >= options.graceMs;
    const prestopMs = overrun ? options.graceMs : options.prestopMs;
    const kill = w.now + options.graceMs + (overrun ? OVERRUN_MS : options.graceFromNow ? 0 : prestopMs);
    move(c, 'prestop', w.now, kill);
    c.entry = w.journal.add(w.now, 'container-told', options.cause, c.id, -1, -1, prestopMs);
    w.after(prestopMs, EV.prestopOver, c.id, c.inc);
    w.recountOne(c);
    return;
  }
  terminate(w, c, options.cause, w.now + options.graceMs, options.signal);
}

export function onPrestopOver(w: World, id: number, inc: number): number {
  const c = w.containers[id];
  if (c.inc !== inc || c.phase !== 'prestop') return STALE;
  terminate(w, c, c.entry, c.dueAt);
  return DONE;
}

/** Its STOPSIGNAL (SIGTERM unless set) now, SIGKILL at `killAt`. */
function terminate(w: World, c: Container, cause: number, killAt: number, signal?: string): void {
  const name = signal ?? w.services[c.service].def.stopSignal ?? 'TERM';
  move(c, 'term', w.now, killAt === Infinity ? -1 : killAt);
  c.entry = w.journal.add(w.now, 'container-signalled', cause, c.id, -1, -1, 15, name);
  if (name === 'KILL') {
    exitProcess(w, c, { code: 137, reason: 'killed', cause: c.entry });
    return;
  }
  if (killAt < Infinity) w.at(killAt, EV.graceOver, c.id, c.inc);
  obeyTerm(w, c, name);
  w.recountOne(c);
}

/** The process gets the signal to stop and does what it does. */
function obeyTerm(w: World, c: Container, signal: string): void {
  if (c.frozen) return;
  const app = appDef(w, c);
  const reaction = reactionToTerm(app);
  if (reaction === 'ignores') return;
  if (reaction === 'dies') {
    exitProcess(w, c, { code: 143, reason: 'stopped', cause: c.entry });
    return;
  }
  if (c.id === w.frontContainer && c.booted && signal === w.balancer.finishesOn) {
    finish(w, c);
    return;
  }
  if (reaction === 'exit' || !c.booted) {
    exitProcess(w, c, { code: 0, reason: 'stopped', cause: c.entry });
    return;
  }
  c.listening = false;
  if (app !== null && app.streamsOnTerm === 'close') closeStreams(w, c);
  if (c.active === 0 && c.backlog.length === 0 && c.streams === 0) {
    exitProcess(w, c, { code: 0, reason: 'stopped', cause: c.entry });
  }
}

/** How often a balancer that finishes looks whether it has, in ms. */
const LOOK_MS = 10;

/** A balancer that takes nothing new any more ends when the last of its clients has been answered (S-12). */
function finish(w: World, c: Container): number {
  if (isBusy(w)) w.after(LOOK_MS, EV.graceOver, c.id, -c.inc);
  else exitProcess(w, c, { code: 0, reason: 'stopped', cause: c.entry });
  return DONE;
}

function closeStreams(w: World, c: Container): void {
  const q = w.requests;
  for (let r = c.work.head; r >= 0;) {
    const next = q.next[r];
    if (q.kind[r] === STREAM) breakStream(w, c, r, c.entry);
    r = next;
  }
}

/** The grace period is over (`b` = inc), or the drained process has nothing left to do (`b` = -inc). */
export function onGraceOver(w: World, id: number, b: number): number {
  const c = w.containers[id];
  if ((b !== c.inc && b !== -c.inc) || c.phase !== 'stopping') return STALE;
  if (b < 0 && c.id === w.frontContainer) return c.frozen ? STALE : finish(w, c);
  if (b < 0) exitProcess(w, c, { code: 0, reason: 'stopped', cause: c.entry });
  else exitProcess(w, c, { code: 137, reason: 'killed', cause: c.entry });
  return DONE;
}

/** SIGSTOP, an endless loop, a stuck disk: it accepts and never answers. */
export function freeze(w: World, c: Container, cause: number): boolean {
  if (!alive(c) || c.frozen) return false;
  c.frozen = true;
  c.faultEntry = w.journal.add(w.now, 'container-frozen', cause, c.id);
  freezeWork(w, c);
  const store = storeIn(w, c);
  if (store !== undefined && !store.elsewhere) {
    pauseStore(w, store, c.faultEntry);
    planFailover(w, store);
  }
  w.recountOne(c);
  return true;
}

export function thaw(w: World, c: Container, cause: number): boolean {
  if (!c.frozen) return false;
  c.frozen = false;
  thawWork(w, c, c.faultEntry);
  c.faultEntry = -1;
  c.clearedEntry = w.journal.add(w.now, 'container-resumed', cause, c.id);
  const store = storeIn(w, c);
  if (store?.paused === true && !store.elsewhere) resumeStore(w, store, c.clearedEntry);
  if (store !== undefined) rejoin(w, store, c.clearedEntry);
  if (c.phase === 'stopping') obeyTerm(w, c, w.services[c.service].def.stopSignal ?? 'TERM');
  w.recountOne(c);
  return true;
}
