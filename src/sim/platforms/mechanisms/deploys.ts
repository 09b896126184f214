import type { Answer } from '../../model/command.ts';
import type { Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { setShare } from '../../model/pool.ts';
import type { World } from '../../model/world.ts';
import type { Template } from '../../model/lifecycle.ts';
import { type Deploy, type Strategy, target } from './deploy.ts';
import { inPlace } from './in-place.ts';
import { membersOf, staying } from './members.ts';
import { retire } from './retire.ts';
import { available } from './rolling.ts';
import { STRATEGIES } from './strategies.ts';
import { DEADLINE } from './timers.ts';

/** What a platform remembers of the deploys of one service. Plain data; lanes are replaced, never changed in place. */
export interface Lane {
  readonly deploy: Deploy | null;
  /** What the last complete deploy left, and the one before it: what an undo goes back to. */
  readonly current: Template;
  readonly previous: Template | null;
  readonly revisions: number;
}

/** Part of a platform's state: lanes by service, made when first needed. */
export interface Deploys {
  lanes: readonly (Lane | undefined)[];
  /** A step is under way (a process may end on the spot and ask for the next one), and another was asked for. */
  busy: boolean;
  again: boolean;
}

export const noDeploys = (): Deploys => ({ lanes: [], busy: false, again: false });

const laneOf = (w: World, state: Deploys, service: number): Lane =>
  state.lanes[service] ?? {
    deploy: null,
    current: runningTemplate(w, service),
    previous: null,
    revisions: 0,
  };

/** What the containers that there are were made from: the definition may have changed since. */
function runningTemplate(w: World, service: number): Template {
  const c = membersOf(w, service)[0];
  return c === undefined
    ? templateOf(w, service)
    : { revision: c.revision, image: c.image, environment: c.environment };
}

function templateOf(w: World, service: number): Template {
  const s = w.services[service];
  return { revision: s.revision, image: s.image, environment: s.def.environment };
}

function put(w: World, state: Deploys, service: number, change: Partial<Lane>): void {
  const lanes = w.services.map((_, i) => state.lanes[i]);
  lanes[service] = { ...laneOf(w, state, service), ...change };
  state.lanes = lanes;
}

/** Containers of this service that are being exchanged: in hand of which strategy, or null. */
const deployOf = (state: Deploys, service: number): Deploy | null => state.lanes[service]?.deploy ?? null;
const strategyOf = (d: Deploy): Strategy => (d.aborted ? inPlace : STRATEGIES[d.strategy]);

/** Whether a container that became available gets traffic now. */
export function admits(state: Deploys, c: Container): boolean {
  const d = deployOf(state, c.service);
  return d === null || strategyOf(d).admits(d, c);
}

/** Whose containers make up the wanted number of a service now; null = all of them. */
export function carries(state: Deploys, service: number): Template | null {
  const d = deployOf(state, service);
  return d === null ? null : strategyOf(d).carries(d);
}

/** Begins a deploy of what the service's definition says now. One that is under way is overtaken. */
export function begin(w: World, state: Deploys, service: number, image: string | null, cause: number): void {
  const s = w.services[service];
  if (image !== null) s.image = image;
  start(w, state, service, cause, false);
}

function start(w: World, state: Deploys, service: number, cause: number, back: boolean): void {
  const s = w.services[service];
  const lane = laneOf(w, state, service);
  if (lane.deploy !== null) overtake(w, lane.deploy, cause);
  s.revision = Math.max(s.revision, lane.revisions) + 1;
  const to = templateOf(w, service);
  const kind = back ? 'deploy-rolled-back' : 'deploy-started';
  const entry = w.journal.add(w.now, kind, cause, -1, -1, -1, s.revision, s.image);
  const wanted = s.def.role === 'app' ? s.def.rollout.strategy : 'recreate';
  // What serves no users has no traffic to share or to switch; and the version before has been proved already.
  const strategy =
    wanted === 'recreate' ? wanted : service !== w.herd || (back && wanted === 'canary') ? 'rolling' : wanted;
  put(w, state, service, {
    revisions: s.revision,
    deploy: {
      service,
      strategy,
      from: lane.current,
      to,
      entry,
      startedAt: w.now,
      paused: false,
      aborted: false,
      late: false,
      stage: 0,
      stageAt: -1,
      progress: -1,
      progressAt: w.now,
    },
  });
  advance(w, state);
}

/** The newer deploy takes over: what the older one had beside the herd goes at once. */
function overtake(w: World, d: Deploy, cause: number): void {
  const entry = w.journal.add(w.now, 'deploy-superseded', cause, -1, -1, -1, 0, target(d).image);
  if (w.proxy.canary !== null) setShare(w, null);
  const carrying = strategyOf(d).carries(d);
  if (carrying === null) return;
  for (const c of membersOf(w, d.service))
    if (c.revision !== carrying.revision && !c.terminating)
      retire(w, c, { cause: entry, reason: 'replaced', after: 'remove' });
}

/** Takes every deploy one step further, if it may go on. Call whenever a container changed, and from the timers. */
export function advance(w: World, state: Deploys): void {
  if (state.busy) {
    state.again = true;
    return;
  }
  state.busy = true;
  // Every step is towards the end, so this ends; the bound is for a fault of a strategy.
  for (let rounds = 0; rounds < 100; rounds++) {
    state.again = false;
    for (let service = 0; service < state.lanes.length; service++) step(w, state, service);
    if (!state.again) break;
  }
  state.busy = false;
}

function step(w: World, state: Deploys, service: number): void {
  const d = deployOf(state, service);
  if (d === null || d.paused) return;
  const next = strategyOf(d).step(w, d);
  if (next === null) {
    finish(w, state, d);
    return;
  }
  put(w, state, service, { deploy: noteProgress(w, next) });
  if (next.aborted && !d.aborted) goBack(w, state, service, d, next.entry);
  // A stage that is over may open the next.
  else if (next !== d) state.again = true;
}

function finish(w: World, state: Deploys, d: Deploy): void {
  const lane = laneOf(w, state, d.service);
  put(
    w,
    state,
    d.service,
    d.aborted ? { deploy: null } : { deploy: null, current: d.to, previous: lane.current },
  );
  w.journal.add(w.now, 'deploy-done', d.entry, -1, -1, -1, w.now - d.startedAt);
}

/** Remembers when something last moved; the deadline counts from there. */
function noteProgress(w: World, d: Deploy): Deploy {
  const members = membersOf(w, d.service);
  const news = members.filter((c) => c.revision === target(d).revision && available(w, c)).length;
  const olds = members.filter((c) => c.revision !== target(d).revision).length;
  const progress = news * 1e6 + (1000 - olds) * 1000 + d.stage;
  if (progress === d.progress) return d;
  armDeadline(w, d);
  return { ...d, progress, progressAt: w.now, late: false };
}

function armDeadline(w: World, d: Deploy): void {
  const def = w.services[d.service].def;
  const ms = def.role === 'app' ? def.rollout.deadlineMs : Infinity;
  if (ms < Infinity) w.after(ms, EV.platform, d.service, DEADLINE);
}

/** Nothing has moved for `deadline`: it is said, and a deploy whose old herd still serves is given up. */
export function onDeadline(w: World, state: Deploys, service: number): void {
  const d = deployOf(state, service);
  const def = w.services[service].def;
  if (d === null || d.paused || d.late || def.role !== 'app') return;
  if (w.now - d.progressAt < def.rollout.deadlineMs || !isWaiting(w, d)) return;
  const entry = w.journal.add(
    w.now,
    'deploy-failed',
    d.entry,
    -1,
    -1,
    -1,
    0,
    'nothing moved until its deadline',
  );
  put(w, state, service, { deploy: { ...d, late: true } });
  if (strategyOf(d).impatient) {
    goBack(w, state, service, d, entry);
    advance(w, state);
  }
}

/** It waits for containers to become available, and not for its own time to pass. */
function isWaiting(w: World, d: Deploy): boolean {
  const news = membersOf(w, d.service).filter((c) => c.revision === target(d).revision && staying(c));
  return news.length === 0 || !news.every((c) => available(w, c));
}

/** Back to what served before: containers of that revision that are still there stay, the others go. */
function goBack(w: World, state: Deploys, service: number, d: Deploy, cause: number): void {
  const entry = w.journal.add(w.now, 'deploy-rolled-back', cause, -1, -1, -1, d.from.revision, d.from.image);
  const s = w.services[service];
  s.image = d.from.image;
  s.revision = d.from.revision;
  if (s.def.environment !== d.from.environment) w.define(s, { ...s.def, environment: d.from.environment });
  w.recount();
  STRATEGIES[d.strategy].abandon(w, { ...d, entry });
  put(w, state, service, {
    deploy: {
      ...d,
      strategy: d.strategy === 'recreate' ? 'recreate' : 'rolling',
      entry,
      paused: false,
      aborted: true,
      progressAt: w.now,
    },
  });
  state.again = true;
}

const NONE = 'paddock: no roll-out is under way';

/** `paddock deploy pause|resume|abort|undo`. `name` is the service's. */
export function control(
  w: World,
  state: Deploys,
  service: number,
  action: 'pause' | 'resume' | 'abort' | 'undo',
  cause: number,
): Answer {
  const name = w.services[service].def.name;
  const d = deployOf(state, service);
  switch (action) {
    case 'pause':
      if (d === null) return { ok: false, text: NONE };
      if (d.paused) return { ok: false, text: `paddock: the roll-out of ${name} is paused already` };
      w.journal.add(w.now, 'deploy-paused', cause, -1, -1, -1, 0);
      put(w, state, service, { deploy: { ...d, paused: true } });
      return { ok: true, text: `${name}: roll-out of ${target(d).image} paused` };
    case 'resume':
      if (d === null) return { ok: false, text: NONE };
      if (!d.paused) return { ok: false, text: `paddock: the roll-out of ${name} is not paused` };
      w.journal.add(w.now, 'deploy-resumed', cause, -1);
      armDeadline(w, d);
      put(w, state, service, { deploy: { ...d, paused: false, progressAt: w.now } });
      advance(w, state);
      return { ok: true, text: `${name}: roll-out of ${target(d).image} goes on` };
    case 'abort':
      if (d === null) return { ok: false, text: NONE };
      if (d.aborted) return { ok: false, text: `paddock: ${name} is going back to ${d.from.image} already` };
      goBack(w, state, service, d, cause);
      advance(w, state);
      return { ok: true, text: `${name}: going back to ${d.from.image}` };
    case 'undo': {
      if (d !== null) return control(w, state, service, 'abort', cause);
      const previous = laneOf(w, state, service).previous;
      if (previous === null)
        return { ok: false, text: `service ${w.scenario.name}_${name} does not have a previous spec` };
      const s = w.services[service];
      s.image = previous.image;
      if (s.def.environment !== previous.environment)
        w.define(s, { ...s.def, environment: previous.environment });
      start(w, state, service, cause, true);
      return { ok: true, text: `${name}: going back to ${previous.image}` };
    }
  }
}
