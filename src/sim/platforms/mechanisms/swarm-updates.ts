import type { Answer, Command } from '../../model/command.ts';
import { alive, type Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { latestBuild } from '../../model/images.ts';
import type { Template } from '../../model/lifecycle.ts';
import type { UpdateConfig } from '../../model/upkeep.ts';
import type { World } from '../../model/world.ts';
import { membersOf, serviceNamed } from './members.ts';
import { retire } from './retire.ts';
import { GOSSIP_MS, leaves, missingSlots, setSlots, slotsOf } from './swarm-slots.ts';
import { createTask, noSuitableNode, startTask } from './swarm-tasks.ts';

/** An update under way (S-45 to S-51). */
interface Update {
  readonly service: number;
  readonly revision: number;
  readonly image: string;
  readonly entry: number;
  readonly startedAt: number;
  /** Slots still to do, slots being done, and when the next may begin. */
  readonly todo: readonly number[];
  readonly doing: readonly number[];
  readonly done: number;
  readonly failures: number;
  readonly notBefore: number;
  readonly rollingBack: boolean;
  readonly state: 'updating' | 'paused' | 'monitoring' | 'completed';
}

export interface SwarmState {
  update: Update | null;
  /** The spec before the last change of it, for `rollback` (once, S-51). */
  previous: (Template & { readonly service: number; readonly wanted: number }) | null;
  /** Revisions given out so far: a rollback takes an old one again. */
  revisions: number;
}

const stateOf = (w: World): SwarmState => w.platformState as SwarmState;

/** Codes of the platform's timers that belong to an update. */
export const NEXT_SLOT = 1;
export const MONITORED = 2;

/** `docker service update`: the tasks are replaced slot by slot. */
export function update(
  w: World,
  command: Extract<Command, { verb: 'service-update' }>,
  cause: number,
): Answer {
  const service = serviceNamed(w, command.service);
  if (service < 0) return { ok: false, text: `Error: No such service: ${command.service}` };
  const s = w.services[service];
  // A paused update goes on with the next `update` of its service, whatever that changes.
  if (command.image === null && !command.force) {
    const u = stateOf(w).update;
    if (u === null || u.service !== service || u.state !== 'paused')
      return { ok: true, text: command.service };
    return proceedAgain(w, u, cause);
  }
  keepSpec(w, service);
  // The name is looked up once, here; from then on the spec says the digest.
  if (command.image !== null) {
    s.image = command.image;
    s.build = latestBuild(w, command.image);
  }
  begin(w, service, nextRevision(w, service), cause, false);
  return { ok: true, text: `${command.service}\nupdating ${s.image}` };
}

/**
 * `docker service scale`: another number of slots. It is a new spec: a rollback undoes it (S-51), and a paused update goes
 * on with it (S-50).
 */
export function scale(w: World, name: string, n: number, cause: number): Answer {
  const service = serviceNamed(w, name);
  if (service < 0) return { ok: false, text: `Error: No such service: ${name}` };
  keepSpec(w, service);
  resize(w, service, n, cause);
  const u = stateOf(w).update;
  if (u !== null && u.service === service && u.state === 'paused') proceedAgain(w, u, cause);
  const pending = membersOf(w, service).filter((c) => c.pending && !c.terminating);
  return {
    ok: true,
    text: [
      `${name} scaled to ${n}`,
      `overall progress: ${n - pending.length} out of ${n} tasks`,
      ...pending.map((c) => `${c.slot}/${n}: ${noSuitableNode(w)}`),
    ].join('\n'),
  };
}

/** Another number of slots; those that are gone need no update any more. */
function resize(w: World, service: number, n: number, cause: number): void {
  const gone = setSlots(w, service, n, slotsUnderWay(w, service), cause);
  const state = stateOf(w);
  const u = state.update;
  if (gone.length === 0 || u === null || u.service !== service) return;
  const stays = (slot: number): boolean => !gone.includes(slot);
  state.update = { ...u, todo: u.todo.filter(stays), doing: u.doing.filter(stays) };
  proceed(w);
}

/** Slots of the update under way: one of them may have no task at the moment. */
function slotsUnderWay(w: World, service: number): readonly number[] {
  const u = stateOf(w).update;
  return u !== null && u.service === service ? [...u.todo, ...u.doing] : [];
}

/** `docker service rollback`: the previous spec, once (S-51). */
export function rollback(w: World, name: string, cause: number): Answer {
  const service = serviceNamed(w, name);
  if (service < 0) return { ok: false, text: `Error: No such service: ${name}` };
  const state = stateOf(w);
  // The previous spec is kept once, and cleared by a rollback (S-51).
  if (state.previous === null || state.previous.service !== service) {
    return {
      ok: false,
      text: `Error response from daemon: rpc error: code = FailedPrecondition desc = service ${name} does not have a previous spec`,
    };
  }
  goBack(w, state.previous, cause);
  return { ok: true, text: `${name}\nrollback: manually requested rollback` };
}

/** `paddock deploy`, as far as Swarm has it: an update cannot be paused by hand. */
export function control(w: World, command: Extract<Command, { verb: 'deploy' }>, cause: number): Answer {
  const name = command.service ?? w.app.name;
  const service = serviceNamed(w, name);
  if (service < 0) return { ok: false, text: `paddock: no service is called ${name}` };
  const u = stateOf(w).update;
  const paused = u !== null && u.service === service && u.state === 'paused';
  if (command.action === 'abort' || command.action === 'undo') return rollback(w, name, cause);
  if (command.action === 'resume' && paused) return proceedAgain(w, u, cause);
  return {
    ok: false,
    text:
      command.action === 'resume'
        ? 'paddock: no update is paused\nOn Swarm: docker service update SERVICE goes on with a paused one'
        : 'paddock: Swarm pauses an update by itself only (update_config failure_action: pause)\nOn Swarm: docker service rollback SERVICE',
  };
}

/** The spec is about to change: what a rollback brings back is what the tasks were made from, and their number (S-51). */
function keepSpec(w: World, service: number): void {
  const s = w.services[service];
  const made = membersOf(w, service).find((k) => k.revision === s.revision);
  const { revision, image, environment, build } = made ?? {
    revision: s.revision,
    image: s.image,
    environment: s.def.environment,
    build: s.build,
  };
  stateOf(w).previous = { service, wanted: s.wanted, revision, image, environment, build };
}

function nextRevision(w: World, service: number): number {
  const state = stateOf(w);
  state.revisions = Math.max(state.revisions, w.services[service].revision) + 1;
  return state.revisions;
}

/** The previous spec again, and then none: a rollback is not rolled back (S-51). Tasks that have it already stay. */
function goBack(w: World, spec: NonNullable<SwarmState['previous']>, cause: number): void {
  stateOf(w).previous = null;
  const s = w.services[spec.service];
  s.image = spec.image;
  s.build = spec.build ?? s.build;
  if (s.def.environment !== spec.environment) w.define(s, { ...s.def, environment: spec.environment });
  w.recount();
  if (s.wanted !== spec.wanted) resize(w, spec.service, spec.wanted, cause);
  begin(w, spec.service, spec.revision, cause, true);
}

/** What an update goes by: a rollback has settings of its own (S-51). */
const configOf = (w: World, u: Update): UpdateConfig => {
  const def = w.services[u.service].def;
  return u.rollingBack ? def.rollback : def.update;
};

/** Slots without the one task that the spec asks for. */
function dirtySlots(w: World, service: number, revision: number): number[] {
  const slots = slotsOf(w, service, slotsUnderWay(w, service));
  return [...slots, ...missingSlots(slots, w.services[service].wanted)].filter((slot) => {
    const tasks = tasksIn(w, service, slot).filter((c) => !leaves(c) && c.phase !== 'exited');
    return tasks.length !== 1 || tasks[0].revision !== revision;
  });
}

/** A paused update goes on where it stopped. */
function proceedAgain(w: World, u: Update, cause: number): Answer {
  w.journal.add(w.now, 'deploy-resumed', cause, -1);
  stateOf(w).update = {
    ...u,
    todo: dirtySlots(w, u.service, u.revision),
    doing: [],
    failures: 0,
    notBefore: w.now,
    state: 'updating',
  };
  proceed(w);
  return { ok: true, text: `${w.services[u.service].def.name}\nupdating ${u.image}` };
}

function begin(w: World, service: number, revision: number, cause: number, rollingBack: boolean): void {
  const s = w.services[service];
  const image = s.image;
  s.revision = revision;
  const entry = w.journal.add(
    w.now,
    rollingBack ? 'deploy-rolled-back' : 'deploy-started',
    cause,
    -1,
    -1,
    -1,
    s.revision,
    image,
  );
  // One of an earlier update that no node took yet is not waited for.
  for (const c of membersOf(w, service))
    if (c.pending && c.revision !== revision)
      retire(w, c, { cause: entry, reason: 'replaced', after: 'remove' });
  const todo = dirtySlots(w, service, revision);
  stateOf(w).update = {
    service,
    revision: s.revision,
    image,
    entry,
    startedAt: w.now,
    todo,
    doing: [],
    done: 0,
    failures: 0,
    notBefore: w.now,
    rollingBack,
    state: 'updating',
  };
  proceed(w);
}

/** Takes up as many slots as `parallelism` allows (0 = all, S-46). */
export function proceed(w: World): void {
  const state = stateOf(w);
  for (;;) {
    const u = state.update;
    if (u === null || u.state !== 'updating') return;
    const config = configOf(w, u);
    if (u.todo.length === 0) {
      if (u.doing.length === 0) {
        state.update = { ...u, state: 'monitoring' };
        // It watches for one more monitor period, or a second longer than a delay that exceeds it (S-50).
        const watch = config.delayMs >= config.monitorMs ? config.delayMs + 1000 : config.monitorMs;
        w.after(watch, EV.platform, u.revision, MONITORED);
      }
      return;
    }
    if (w.now < u.notBefore || (config.parallelism > 0 && u.doing.length >= config.parallelism)) return;
    const [slot, ...todo] = u.todo;
    state.update = { ...u, todo, doing: [...u.doing, slot] };
    takeUp(w, u, slot);
  }
}

function takeUp(w: World, u: Update, slot: number): void {
  const there = tasksIn(w, u.service, slot).find((c) => !leaves(c));
  w.journal.add(w.now, 'deploy-step', u.entry, there?.id ?? -1, -1, -1, slot);
  moveOn(w, slot);
}

/**
 * What is next for a slot, until a task of the spec runs in it and no other: stop-first starts one when everybody before
 * it is gone (S-48), start-first takes them away when it runs, and is done when they are gone (S-49).
 */
function moveOn(w: World, slot: number): void {
  const u = stateOf(w).update;
  if (u === null || !u.doing.includes(slot)) return;
  const startFirst = configOf(w, u).order === 'start-first';
  if (startFirst && wantedIn(w, u, slot) === undefined) launch(w, u, slot);
  const stays = wantedIn(w, u, slot);
  for (const c of tasksIn(w, u.service, slot)) {
    const inTheWay = !startFirst || stays?.ready === true || fits(c, u.revision);
    if (inTheWay && c !== stays && !leaves(c))
      retire(w, c, { cause: u.entry, reason: 'replaced', after: 'remove', settleMs: GOSSIP_MS });
  }
  // One that ends at once has moved the slot on by itself.
  const now = stateOf(w).update;
  if (now === null || now.entry !== u.entry || !now.doing.includes(slot)) return;
  const task = wantedIn(w, u, slot);
  const others = tasksIn(w, u.service, slot).some((c) => alive(c) && c !== task);
  if (task?.ready === true && !(startFirst && others)) slotDone(w, slot);
  else if (task === undefined && !others) launch(w, u, slot);
}

const tasksIn = (w: World, service: number, slot: number): Container[] =>
  membersOf(w, service).filter((c) => c.slot === slot);

/** The task of a slot that is to stay: one that runs, where an eviction has made a second one. */
function wantedIn(w: World, u: Update, slot: number): Container | undefined {
  const fit = tasksIn(w, u.service, slot).filter((c) => fits(c, u.revision));
  return fit.find((c) => c.ready) ?? fit[0];
}

/** A task that the spec of this revision asks for, and that runs or is going to. */
const fits = (c: Container, revision: number): boolean =>
  c.revision === revision && !leaves(c) && c.phase !== 'exited';

function launch(w: World, u: Update, slot: number): void {
  startTask(w, createTask(w, u.service, slot, u.entry), u.entry);
}

/** Every slot that is being updated: a node has come or gone. */
export function moveAllOn(w: World): void {
  for (const slot of stateOf(w).update?.doing ?? []) moveOn(w, slot);
}

/** A task is RUNNING, or one that was taken away is gone: the update may go on with its slot. */
export function onSlot(w: World, c: Container): void {
  const u = stateOf(w).update;
  if (u !== null && u.service === c.service) moveOn(w, c.slot);
}

function slotDone(w: World, slot: number): void {
  const state = stateOf(w);
  const u = state.update;
  if (u === null) return;
  const delay = configOf(w, u).delayMs;
  state.update = {
    ...u,
    doing: u.doing.filter((s) => s !== slot),
    done: u.done + 1,
    notBefore: w.now + delay,
  };
  if (delay > 0) w.after(delay, EV.platform, u.revision, NEXT_SLOT);
  else proceed(w);
}

/** A new task that ends before RUNNING or within `monitor` of it counts as a failure (S-50). */
export function noteFailure(w: World, c: Container): void {
  const state = stateOf(w);
  const u = state.update;
  if (
    u === null ||
    u.state === 'completed' ||
    u.state === 'paused' ||
    u.service !== c.service ||
    c.revision !== u.revision
  )
    return;
  const config = configOf(w, u);
  // It has been RUNNING in this life (an exit takes its readiness back before the platform hears of it).
  if (c.readySince >= c.startedAt && w.now - c.readySince > config.monitorMs) return;
  const failures = u.failures + 1;
  const total = u.todo.length + u.doing.length + u.done;
  state.update = { ...u, failures };
  if (failures / total <= config.maxFailureRatio || config.failureAction === 'continue') return;
  // A rollback that fails is not rolled back: it pauses (S-51).
  if (config.failureAction === 'rollback' && !u.rollingBack && state.previous !== null) {
    goBack(w, state.previous, c.entry);
    return;
  }
  state.update = { ...u, failures, state: 'paused' };
  w.journal.add(w.now, 'deploy-paused', c.entry, c.id, -1, -1, failures);
}

/** The last slot's monitor period is over. */
export function conclude(w: World, revision: number): void {
  const state = stateOf(w);
  const u = state.update;
  if (u === null || u.state !== 'monitoring' || u.revision !== revision) return;
  state.update = { ...u, state: 'completed' };
  w.journal.add(w.now, 'deploy-done', u.entry, -1, -1, -1, w.now - u.startedAt);
}
