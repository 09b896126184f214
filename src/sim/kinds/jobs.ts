import type { Container } from '../model/container.ts';
import { kindState, kindTimer } from '../model/kinds.ts';
import { answers } from '../model/network.ts';
import { kindIndex } from '../model/state.ts';
import { M } from '../metrics/columns.ts';
import { conditionOf } from '../model/trouble.ts';
import type { World } from '../model/world.ts';
import type { Kind } from './kind.ts';

const JOBS = kindIndex('jobs');

/** What a timer is for. */
const TICK = 0;
const FINISH = 1;
const AGAIN = 2;

/** How often a message that found no worker is offered again, in ms. */
const POLL_MS = 500;

/** Outcome codes. */
const DONE = 0;
const STALE = 1;
const NOBODY = 2;

/** An instant at which the job was to run. */
interface Due {
  readonly id: number;
  /** Executions begun, under way, and finished. */
  begun: number;
  running: number;
  finished: number;
  /** It waits in this place (a queue) until it is acknowledged; -1 = nobody would run it again. */
  queued: number;
  /** What cut the latest execution, or kept it from beginning. */
  because: number;
}

/** An execution under way. */
interface Execution {
  readonly id: number;
  readonly due: number;
  readonly container: number;
}

interface JobState {
  armed: boolean;
  next: number;
  dues: Due[];
  executions: Execution[];
}

const stateOf = (w: World): JobState => kindState<JobState>(w, JOBS);
const dueOf = (s: JobState, id: number): Due | undefined => s.dues.find((d) => d.id === id);
const takesOf = (w: World): number => w.app.kinds.jobs?.takesMs ?? 0;

/** Could begin a job now: serves, and reaches the place that holds the schedule. */
function ready(w: World, c: Container): boolean {
  if (c.service !== w.herd || c.phase !== 'running' || !c.booted || c.frozen) return false;
  const place = w.places.get(c.homes[JOBS]);
  if (place === undefined) return false;
  if (place.bound !== 'store') return true;
  return answers(w, c, w.stores[place.owner]);
}

/** Executions under way in a container. */
const jobsIn = (w: World, c: Container): number =>
  stateOf(w).executions.reduce((sum, e) => sum + Number(e.container === c.id), 0);

/** Of those that share a place the one with the fewest jobs, in turn. */
function worker(w: World, place: number, turn: number): Container | undefined {
  const s = stateOf(w);
  const candidates = w.containers.filter((c) => c.homes[JOBS] === place && ready(w, c));
  let best: Container | undefined;
  let fewest = Infinity;
  candidates.forEach((_, i) => {
    const c = candidates[(i + turn) % candidates.length];
    const busy = s.executions.filter((e) => e.container === c.id).length;
    if (busy < fewest) [best, fewest] = [c, busy];
  });
  return best;
}

function begin(w: World, due: Due, c: Container): void {
  const s = stateOf(w);
  const id = s.next++;
  due.begun++;
  due.running++;
  s.executions.push({ id, due: due.id, container: c.id });
  if (due.begun > 1) {
    w.metrics.count(M.jobsDuplicated);
    w.journal.add(w.now, 'job-duplicated', due.because, c.id, -1, -1, due.begun);
  }
  kindTimer(w, 'jobs', takesOf(w) * c.slow, FINISH, id);
}

/** Nobody runs it any more and nobody will: it ran, or it was missed. */
function settle(w: World, due: Due): void {
  if (due.running > 0 || due.queued >= 0) return;
  const s = stateOf(w);
  s.dues = s.dues.filter((d) => d !== due);
  if (due.finished > 0) return;
  w.metrics.count(M.jobsMissed);
  w.journal.add(w.now, 'job-missed', due.because, -1);
}

/** It is time: every place that holds the schedule has the job run once. */
function tick(w: World): number {
  const s = stateOf(w);
  const settings = w.app.kinds.jobs;
  s.armed = settings !== null && w.app.state.jobs !== 'none';
  if (settings === null || !s.armed) return STALE;
  kindTimer(w, 'jobs', settings.everyMs, TICK);
  const due: Due = { id: s.next++, begun: 0, running: 0, finished: 0, queued: -1, because: -1 };
  s.dues.push(due);
  const places = new Set<number>();
  for (const c of w.containers)
    if (c.service === w.herd && c.phase !== 'removed' && c.homes[JOBS] >= 0) places.add(c.homes[JOBS]);
  for (const place of places) {
    const store = w.stores.find((k) => k.place === place);
    if (store?.kind.name === 'queue' && store.up && !store.paused) due.queued = place;
    const c = worker(w, place, due.id);
    if (c !== undefined) begin(w, due, c);
    else if (store !== undefined && store.entry >= 0) due.because = store.entry;
  }
  if (due.begun === 0) {
    if (due.because < 0) due.because = lastWords(w);
    if (due.queued >= 0) kindTimer(w, 'jobs', POLL_MS, AGAIN, due.id);
  }
  settle(w, due);
  return due.begun > 0 ? DONE : NOBODY;
}

/** Why nobody is there: the latest entry of the herd's containers. */
function lastWords(w: World): number {
  let entry = -1;
  for (const c of w.containers) if (c.service === w.herd) entry = Math.max(entry, conditionOf(c));
  return entry;
}

function finish(w: World, id: number): number {
  const s = stateOf(w);
  const at = s.executions.findIndex((e) => e.id === id);
  const e = s.executions[at];
  if (e === undefined) return STALE;
  const due = dueOf(s, e.due);
  if (due === undefined) return STALE;
  if (w.containers[e.container].frozen) {
    kindTimer(w, 'jobs', takesOf(w), FINISH, id);
    return NOBODY;
  }
  s.executions.splice(at, 1);
  due.running--;
  due.finished++;
  due.queued = -1;
  w.metrics.count(M.jobsRun);
  settle(w, due);
  return DONE;
}

/** A message that nobody has acknowledged is given out again. */
function offer(w: World, id: number): number {
  const due = dueOf(stateOf(w), id);
  if (due === undefined || due.queued < 0 || due.running > 0) return STALE;
  const c = worker(w, due.queued, due.id);
  if (c === undefined) {
    kindTimer(w, 'jobs', POLL_MS, AGAIN, id);
    return NOBODY;
  }
  begin(w, due, c);
  return DONE;
}

/**
 * A job that is due every so often, begun by whoever holds the schedule: a cron in every process runs it N times, a lock in
 * a store lets one of them run it, a queue gives it out until somebody has finished it (at least once, S-131). An execution
 * ends with its process; only a queue has it run again.
 */
export const jobs: Kind = {
  kind: 'jobs',
  active: (app) => app.kinds.jobs !== null && app.state.jobs !== 'none',
  initial: (): JobState => ({ armed: false, next: 0, dues: [], executions: [] }),
  copy(state): JobState {
    const s = state as JobState;
    return { ...s, dues: s.dues.map((d) => ({ ...d })), executions: s.executions.slice() };
  },
  settle(w) {
    const s = stateOf(w);
    const settings = w.app.kinds.jobs;
    if (s.armed || settings === null) return;
    s.armed = true;
    kindTimer(w, 'jobs', settings.everyMs, TICK);
  },
  timer: (w, a, b) => (a === TICK ? tick(w) : a === FINISH ? finish(w, b) : offer(w, b)),
  underWay: jobsIn,
  ended(w, c, entry, clean) {
    const s = stateOf(w);
    const cut = s.executions.filter((e) => e.container === c.id);
    s.executions = s.executions.filter((e) => e.container !== c.id);
    for (const e of cut) {
      const due = dueOf(s, e.due);
      if (due === undefined) continue;
      due.running--;
      due.because = w.journal.add(w.now, 'job-cut', entry, c.id);
      const wait = clean ? 0 : (w.app.kinds.jobs?.visibilityMs ?? 0);
      if (due.queued >= 0) kindTimer(w, 'jobs', wait, AGAIN, due.id);
      settle(w, due);
    }
  },
  forgot(w, place, entry) {
    for (const due of stateOf(w).dues.slice()) {
      if (due.queued !== place) continue;
      due.queued = -1;
      due.because = entry;
      settle(w, due);
    }
  },
};
