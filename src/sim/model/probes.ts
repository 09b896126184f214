import { versionOf } from './behaviour.ts';
import { type Container, alive } from './container.ts';
import { EV } from './events.ts';
import { answers as storeAnswers } from './network.ts';
import { CHECK } from './requests.ts';
import type { AppService, StoreService } from './scenario.ts';
import type { Healthcheck } from './upkeep.ts';
import { accept } from './serving.ts';
import type { Store } from './store.ts';
import { ailmentOf, latestOf } from './trouble.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const PASSED = 0;
const STALE = 1;
const FAILED = 2;
const NO_ANSWER = 3;

/** A store that the application keeps state in and that would not answer container c within `timeoutMs`, or null. */
export function awayStore(w: World, c: Container, app: AppService, timeoutMs: number): Store | null {
  for (const home of Object.values(app.state)) {
    const kind = w.stateModels[home]?.store ?? null;
    const store = kind === null ? undefined : w.stores.find((s) => s.kind.name === kind);
    if (store === undefined) continue;
    const def = w.services[store.service].def as StoreService;
    const late = 2 * w.hop + def.latencyMs * store.slow > timeoutMs;
    if (late || !storeAnswers(w, c, store)) return store;
  }
  return null;
}

/** Whether a probe of a container would pass now. */
const answers = (w: World, c: Container): boolean =>
  c.booted && c.listening && c.behaviour.healthy && w.now > c.readyAt && !c.frozen && w.hosts[c.host].up;

/** The work of a container blocks its event loop, and all its places are taken: whoever asks waits for a turn. */
export const isBlocked = (w: World, c: Container): boolean =>
  w.app.blocking &&
  c.service === w.herd &&
  c.listening &&
  c.booted &&
  !c.frozen &&
  c.active >= w.app.concurrency;

/**
 * Asks a container whose event loop is blocked: the question waits behind the work that came before. `server` and `probe` =
 * the balancer asks, of which of its servers, and the number of its question; else the platform does.
 */
export function askInTurn(w: World, c: Container, server = -1, probe = -1): void {
  const q = w.requests;
  const r = q.open(0, 0, CHECK);
  q.sentAt[r] = w.now;
  q.draw[r] = 0;
  q.server[r] = server;
  q.container[r] = c.id;
  q.edit(r).upload[r] = probe;
  q.sessionPlace[r] = -1;
  accept(w, c, r);
}

/** Whether the question of so many ms ago has had its turn. */
export const hasAnswered = (w: World, c: Container, agoMs: number): boolean =>
  c.probeAsked >= w.now - agoMs - ROUNDING_MS;

/** What times of events may differ by when they are added up and taken apart again. */
const ROUNDING_MS = 1e-6;

/** The platform begins to watch a container's readiness (R-6, S-60, S-66). `settled` = it is ready from the start. */
export function watchReadiness(w: World, c: Container, settled = false): void {
  const readiness = w.app.readiness;
  if (settled || readiness.kind !== 'probe') {
    c.ready = true;
    c.readySince = w.now;
    if (!settled) w.platform.onAvailable?.(w, c);
  }
  // The probes begin with the process; those of containers that have run for a while are out of step.
  const phase = settled ? w.random.checks.uniform() : 1;
  if (readiness.kind !== 'probe') return;
  const first = settled ? 0 : (readiness.initialDelayMs ?? 0);
  w.after(first > 0 ? first : phase * readiness.intervalMs, EV.probe, c.id, c.life);
}

export function onProbe(w: World, id: number, life: number): number {
  const c = w.containers[id];
  const readiness = w.app.readiness;
  if (c.life !== life || !alive(c) || readiness.kind !== 'probe') return STALE;
  const passed =
    answers(w, c) && (readiness.deep !== true || awayStore(w, c, w.app, readiness.timeoutMs) === null);
  c.streak = passed ? Math.max(1, c.streak + 1) : Math.min(-1, c.streak - 1);
  if (passed && !c.ready && c.streak >= readiness.rise) {
    c.ready = true;
    c.readySince = w.now;
    w.platform.onAvailable?.(w, c);
  } else if (!passed && c.ready && -c.streak >= readiness.fall) {
    c.ready = false;
    w.platform.onAvailable?.(w, c);
  }
  w.after(readiness.intervalMs + (c.frozen ? readiness.timeoutMs : 0), EV.probe, id, life);
  return passed ? PASSED : FAILED;
}

/** Docker's HEALTHCHECK: first probe one interval after the start, never at once (S-17). */
export function watchHealth(w: World, c: Container): void {
  const check = w.services[c.service].def.healthcheck;
  if (check === null || c.health === null) return;
  w.after(check.startPeriodMs > 0 ? check.startIntervalMs : check.intervalMs, EV.healthProbe, c.id, c.life);
}

export function onHealthProbe(w: World, id: number, life: number): number {
  const c = w.containers[id];
  const check = w.services[c.service].def.healthcheck;
  if (c.life !== life || !alive(c) || check === null) return STALE;
  const version = c.service === w.herd ? versionOf(w, w.app, c).healthcheck : undefined;
  const able = check.works && version !== 'wrong';
  if (able && isBlocked(w, c)) {
    askInTurn(w, c);
    w.after(check.timeoutMs, EV.healthAnswer, id, life);
    return NO_ANSWER;
  }
  return healthResult(w, c, check, able && answers(w, c), c.frozen ? check.timeoutMs : 0);
}

/** The time of a probe that had to wait for its turn is over. */
export function onHealthAnswer(w: World, id: number, life: number): number {
  const c = w.containers[id];
  const check = w.services[c.service].def.healthcheck;
  if (c.life !== life || !alive(c) || check === null) return STALE;
  const answered = hasAnswered(w, c, check.timeoutMs);
  // The interval counts from the answer, which may be some time ago.
  return healthResult(w, c, check, answered && answers(w, c), answered ? c.probeAnswered - w.now : 0);
}

/** Counts a result; the next probe is an interval and `laterMs` away. */
function healthResult(w: World, c: Container, check: Healthcheck, passed: boolean, laterMs: number): number {
  const { life } = c;
  c.checkedAt = w.now;
  c.checkOk = passed;
  const starting = c.health === 'starting' && w.now - c.startedAt < check.startPeriodMs;
  if (passed) {
    c.healthStreak = 0;
    if (c.health !== 'healthy') {
      c.health = 'healthy';
      w.journal.add(w.now, 'container-healthy', latestOf(c), c.id);
      w.platform.onHealth?.(w, c);
    }
  } else if (!starting) {
    c.healthStreak++;
    if (c.healthStreak >= check.retries && c.health !== 'unhealthy') {
      c.health = 'unhealthy';
      c.entry = w.journal.add(w.now, 'container-unhealthy', ailmentOf(c), c.id);
      w.platform.onHealth?.(w, c);
    }
  }
  const wait =
    c.health === 'starting' && w.now - c.startedAt < check.startPeriodMs
      ? check.startIntervalMs
      : check.intervalMs;
  // The interval counts from the end of the probe before; a hung process takes the whole timeout.
  if (c.life === life) w.after(Math.max(0, wait + laterMs), EV.healthProbe, c.id, life);
  return passed ? PASSED : FAILED;
}
