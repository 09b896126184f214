import { alive, type Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { appDef } from '../../model/lifecycle.ts';
import { stopGracefully } from '../../model/stopping.ts';
import { askInTurn, awayStore, hasAnswered, isBlocked } from '../../model/probes.ts';
import type { AppService } from '../../model/scenario.ts';
import type { Probe } from '../../model/upkeep.ts';
import { ailmentOf } from '../../model/trouble.ts';
import type { World } from '../../model/world.ts';
import { TIMER, timerWord } from './pod-timers.ts';

/** The three probes of a container, in the order of their codes. */
export const PROBES = ['startup', 'readiness', 'liveness'] as const;
const STARTUP = 0;
const READINESS = 1;
const LIVENESS = 2;
/** Added to a code: the answer that never came is due. */
const LATE = 3;

/** Outcome codes. */
const PASSED = 0;
const STALE = 1;
const FAILED = 2;
const NO_ANSWER = 3;

function probeOf(app: AppService, code: number): Probe | null {
  if (code === STARTUP) return app.startupProbe;
  if (code === LIVENESS) return app.liveness;
  return app.readiness.kind === 'probe' ? app.readiness : null;
}

/** The process of c has just been started: its probes begin (S-66, S-67). `settled` = it has run for a while and is ready. */
export function beginProbes(w: World, c: Container, settled = false): void {
  const app = appDef(w, c);
  c.startupStreak = 0;
  c.livenessStreak = 0;
  c.started = settled || app === null || app.startupProbe === null;
  if (app === null) {
    becomeReady(w, c);
    return;
  }
  if (c.started) openProbes(w, c, app, settled);
  else schedule(w, c, STARTUP, app.startupProbe, settled);
}

/** Readiness and liveness begin once the startup probe has passed; no probe counts as a success (S-60, S-67). */
function openProbes(w: World, c: Container, app: AppService, settled: boolean): void {
  if (settled) c.ready = true;
  else if (probeOf(app, READINESS) === null) becomeReady(w, c);
  schedule(w, c, READINESS, probeOf(app, READINESS), settled);
  schedule(w, c, LIVENESS, app.liveness, settled);
}

/** First after the initial delay; the probes of containers that have run for a while are out of step. */
function schedule(w: World, c: Container, code: number, p: Probe | null, settled: boolean): void {
  if (p === null) return;
  const first = settled
    ? w.now + w.random.checks.uniform() * p.intervalMs
    : Math.max(w.now, c.startedAt + (p.initialDelayMs ?? 0));
  w.at(first, EV.platform, c.id, timerWord(TIMER.probe + code, c.life));
}

function becomeReady(w: World, c: Container): void {
  c.ready = true;
  c.readySince = w.now;
  w.platform.onAvailable?.(w, c);
}

/** A probe is due, or its answer is. Returns an outcome code. */
export function onPodProbe(w: World, c: Container, coded: number, life: number): number {
  const code = coded % LATE;
  const app = appDef(w, c);
  const p = app === null ? null : probeOf(app, code);
  if (p === null || app === null || c.life !== life || !alive(c) || c.terminating) return STALE;
  // A container that is being stopped is not asked again whether it lives.
  if (code !== READINESS && c.phase !== 'booting' && c.phase !== 'running') return STALE;
  if (code === STARTUP && c.started) return STALE;
  const well =
    c.booted &&
    c.listening &&
    c.behaviour.healthy &&
    w.now > c.readyAt &&
    (p.deep !== true || awayStore(w, c, app, p.timeoutMs) === null);
  if (coded >= LATE) {
    const answered = well && hasAnswered(w, c, p.timeoutMs);
    note(w, c, app, code, p, answered);
    return answered ? PASSED : FAILED;
  }
  w.after(p.intervalMs, EV.platform, c.id, timerWord(TIMER.probe + code, life));
  const blocked = isBlocked(w, c);
  if (blocked) askInTurn(w, c);
  if (c.frozen || blocked) {
    w.after(p.timeoutMs, EV.platform, c.id, timerWord(TIMER.probe + code + LATE, life));
    return NO_ANSWER;
  }
  note(w, c, app, code, p, well);
  return well ? PASSED : FAILED;
}

/** Counts a result, and does what the streak calls for (S-66, S-67). */
function note(w: World, c: Container, app: AppService, code: number, p: Probe, passed: boolean): void {
  c.checkedAt = w.now;
  c.checkOk = passed;
  const before = code === STARTUP ? c.startupStreak : code === READINESS ? c.streak : c.livenessStreak;
  const streak = passed ? Math.max(1, before + 1) : Math.min(-1, before - 1);
  if (code === STARTUP) c.startupStreak = streak;
  else if (code === READINESS) c.streak = streak;
  else c.livenessStreak = streak;
  if (code === READINESS) {
    if (passed && !c.ready && streak >= p.rise) becomeReady(w, c);
    else if (!passed && c.ready && -streak >= p.fall) {
      c.ready = false;
      c.entry = w.journal.add(w.now, 'probe-failed', blame(w, c, app, p), c.id, -1, -1, p.fall, PROBES[code]);
      w.platform.onAvailable?.(w, c);
    }
    return;
  }
  if (passed && code === STARTUP) {
    c.started = true;
    openProbes(w, c, app, false);
  }
  if (passed || -streak < p.fall) return;
  const entry = w.journal.add(w.now, 'probe-failed', blame(w, c, app, p), c.id, -1, -1, p.fall, PROBES[code]);
  // The container is stopped with grace, and the pod starts it again (S-67).
  stopGracefully(w, c, {
    cause: entry,
    prestopMs: app.prestopMs,
    graceMs: app.stopGraceMs,
    graceFromNow: true,
    reason: 'unhealthy',
    planned: false,
  });
}

/** Why a probe failed: a store that it asks, or the container itself. */
function blame(w: World, c: Container, app: AppService, p: Probe): number {
  if (p.deep !== true || c.frozen || !c.booted || !c.listening) return ailmentOf(c);
  const store = awayStore(w, c, app, p.timeoutMs);
  return store === null || store.entry < 0 ? ailmentOf(c) : store.entry;
}
