import type { Answer, Command } from '../model/command.ts';
import { alive, type Container } from '../model/container.ts';
import { EV } from '../model/events.ts';
import { latestBuild } from '../model/images.ts';
import {
  accepts,
  createContainer,
  planStart,
  removeContainer,
  startProcess,
  type Template,
} from '../model/lifecycle.ts';
import { removeServer, tellAdded, tellLeaving } from '../model/pool.ts';
import { watchHealth } from '../model/probes.ts';
import type { UpdateConfig } from '../model/scenario.ts';
import type { Host, World } from '../model/world.ts';
import { membersOf, serviceNamed } from './mechanisms/members.ts';
import { finishRetired, retire } from './mechanisms/retire.ts';
import type { Platform } from './platform.ts';

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

interface SwarmState {
  update: Update | null;
  /** The spec before the last update, for `rollback` (once, S-51). */
  previous: (Template & { readonly service: number }) | null;
  /** Revisions given out so far: a rollback takes an old one again. */
  revisions: number;
}

const stateOf = (w: World): SwarmState => w.platformState as SwarmState;

/** Codes of the platform's timers. */
const NEXT_SLOT = 1;
const MONITORED = 2;
const REPLACE = 3;
const NODE_DOWN = 4;

/** Three heartbeats of 5 s are missed before a node is DOWN (S-54). */
const NODE_DOWN_MS = 15_000;

/** Planned stops leave the balancer first and give it 2 s to notice (S-52). */
const GOSSIP_MS = 2000;

/** Docker Swarm: a task that ends is replaced by a new one in its slot (S-44); health gates traffic (S-47). */
export const swarm: Platform = {
  name: 'swarm',
  // Configs and secrets cannot be changed, only exchanged for others by an update (S-120).
  mountedFiles: 'replaced',
  machines: 'many',
  detectors: ['docker diff', 'terraform plan'],
  keepsSpec: true,
  pulls: () => 'pinned',
  initialState: (): SwarmState => ({ update: null, previous: null, revisions: 0 }),
  copyState: (state) => ({ ...(state as SwarmState) }),
  alias: (w, c) =>
    c.slot > 0 && c.phase !== 'removed' && isCurrent(w, c)
      ? `${w.scenario.name}_${w.services[c.service].def.name}.${c.slot}`
      : null,

  onStarted(w, c) {
    watchHealth(w, c);
    if (c.health === null) becomeRunning(w, c);
  },
  onBooted() {},
  onAvailable() {},
  onRemoved: (w, c) => planReplacement(w, c),

  /** `healthy` lets traffic in, `unhealthy` shuts the task down and it is replaced (S-47). */
  onHealth(w, c) {
    if (c.health === 'healthy') {
      if (!c.ready) becomeRunning(w, c);
    } else if (!c.terminating) {
      // It may end on the spot: from the first moment on, its end is a failure (S-50).
      retire(w, c, {
        cause: c.entry,
        reason: 'unhealthy',
        after: 'stay',
        settleMs: GOSSIP_MS,
        planned: false,
      });
    }
  },

  onExit(w, c) {
    if (c.terminating) {
      if (c.afterStop === 'start') {
        c.terminating = false;
        c.afterStop = 'stay';
        startProcess(w, c, c.entry);
        return;
      }
      finishRetired(w, c, c.entry);
      startSuccessor(w, c);
      onSlotFreed(w, c);
      return;
    }
    noteFailure(w, c);
    // Its own virtual address forgets a task that died, without the notice of a planned stop (S-52).
    if (w.balancer.runsIn === 'platform') tellLeaving(w, c, w.app.endpointDelayMs, c.entry);
    const def = w.services[c.service].def;
    const condition = def.restartCondition;
    if (condition === 'none' || (condition === 'on-failure' && c.exitCode === 0)) return;
    planReplacement(w, c);
  },

  onTimer(w, a, b) {
    if (b === NEXT_SLOT) proceed(w);
    else if (b === MONITORED) conclude(w, a);
    else if (b === REPLACE) replace(w, w.containers[a]);
    else if (b === NODE_DOWN) nodeDown(w, w.hosts[a]);
    return b;
  },

  /** The manager misses heartbeats, or the node reports that its tasks do not run (S-54). */
  onHost(w, host) {
    if (!host.up) w.after(NODE_DOWN_MS, EV.platform, host.id, NODE_DOWN);
    else replaceTasksOf(w, host);
  },

  /** As a drained node: the task is shut down, and its successor starts there when it has stopped, without delay (S-54). */
  evict(w, c, host, cause) {
    if (c.slot === 0 || c.terminating) return { ok: false, text: `paddock: ${c.name} is no running task` };
    const next = createContainer(w, c.service, cause, undefined, host.id);
    next.slot = c.slot;
    next.replaces = c.id;
    retire(w, c, { cause, reason: 'evicted', after: 'remove', settleMs: GOSSIP_MS });
    startSuccessor(w, c);
    return { ok: true, text: `${c.name} evicted: ${next.name} takes its slot on ${host.name}` };
  },

  command(w, command, cause): Answer | null {
    switch (command.verb) {
      case 'service-scale':
        return scale(w, command.service, command.replicas, cause);
      case 'service-update':
        return update(w, command, cause);
      case 'service-rollback':
        return rollback(w, command.service, cause);
      case 'deploy':
        return control(w, command, cause);
      case 'compose-up':
        return {
          ok: false,
          text: 'unsupported on Swarm: this stack is run by services\nOn Swarm: docker service scale SERVICE=N, docker service update [--image IMAGE] SERVICE',
        };
      case 'compose-down':
        return {
          ok: false,
          text: 'unsupported on Swarm: this stack is run by services\nOn Swarm: docker service scale SERVICE=0',
        };
      case 'update':
        if (command.restart === null) return null;
        return {
          ok: false,
          text: 'paddock: Swarm replaces tasks by deploy.restart_policy of their service; the restart policy of a container is not asked',
        };
      default:
        return null;
    }
  },

  redeploy(w, service, cause) {
    const s = w.services[service];
    return update(w, { verb: 'service-update', service: s.def.name, image: s.image, force: true }, cause);
  },
  rescale: (w, service, n, cause) => scale(w, w.services[service].def.name, n, cause),
};

const isCurrent = (w: World, c: Container): boolean =>
  !w.containers.some(
    (k) => k.service === c.service && k.slot === c.slot && k.id > c.id && k.phase !== 'removed',
  );

/** RUNNING: the task is in the VIP and in DNS. Without HEALTHCHECK that is as soon as its process exists. */
function becomeRunning(w: World, c: Container): void {
  c.ready = true;
  c.readySince = w.now;
  if (c.service === w.herd) {
    if (c.replaces >= 0) removeServer(w, w.containers[c.replaces], c.entry);
    tellAdded(w, c, w.app.endpointDelayMs);
  }
  const u = stateOf(w).update;
  if (u !== null && u.service === c.service && c.revision === u.revision && u.doing.includes(c.slot)) {
    const elder = membersOf(w, u.service).find((k) => k.slot === c.slot && k !== c && !k.terminating);
    if (configOf(w, u).order === 'start-first' && elder !== undefined) {
      retire(w, elder, { cause: u.entry, reason: 'replaced', after: 'remove', settleMs: GOSSIP_MS });
      return;
    }
    slotDone(w, c.slot);
  }
}

/** A new task for a slot: it waits its restart delay before it starts (S-44, S-45). */
function planReplacement(w: World, old: Container): void {
  const s = w.services[old.service];
  const inSlot = membersOf(w, old.service).some(
    (c) => c.slot === old.slot && c !== old && !c.terminating && c.phase !== 'exited',
  );
  if (inSlot || old.slot > s.wanted) return;
  const c = createContainer(w, old.service, old.entry);
  c.slot = old.slot;
  c.replaces = old.id;
  planStart(w, c, s.def.restartDelayMs);
  if (old.phase === 'exited') w.after(s.def.restartDelayMs, EV.platform, old.id, REPLACE);
}

/** An evicted task has stopped: the one that takes its place starts. */
function startSuccessor(w: World, old: Container): void {
  if (alive(old)) return;
  const next = w.containers.find((c) => c.replaces === old.id && c.phase === 'created');
  if (next !== undefined && accepts(w.hosts[next.host])) startProcess(w, next, old.entry);
}

/** Still silent after three heartbeats: the node's tasks are given up. */
function nodeDown(w: World, host: Host): void {
  if (!host.up && w.now >= host.since + NODE_DOWN_MS) replaceTasksOf(w, host);
}

/** Every task of a node that should run and does not gets a successor elsewhere, a restart delay later (S-54). */
function replaceTasksOf(w: World, host: Host): void {
  for (const c of w.containers) {
    if (c.host !== host.id || c.slot === 0 || (c.phase !== 'exited' && c.phase !== 'created')) continue;
    if (c.phase === 'created' && host.up) {
      startProcess(w, c, host.entry);
      continue;
    }
    removeServer(w, c, host.entry);
    if (c.terminating) {
      finishRetired(w, c, host.entry);
      startSuccessor(w, c);
      onSlotFreed(w, c);
    } else if (w.services[c.service].def.restartCondition !== 'none') {
      planReplacement(w, c);
      if (c.phase === 'created') removeContainer(w, c, host.entry, true);
    }
  }
}

/** The dead task's container is cleared away when its successor starts. */
function replace(w: World, old: Container): void {
  if (old.phase === 'exited') removeContainer(w, old, old.entry, true);
}

function scale(w: World, name: string, n: number, cause: number): Answer {
  const service = serviceNamed(w, name);
  if (service < 0) return { ok: false, text: `Error: No such service: ${name}` };
  const s = w.services[service];
  s.wanted = n;
  const slots = new Set<number>();
  for (const c of membersOf(w, service)) {
    if (c.terminating) continue;
    // Tasks that do not run go first, then the newest slots (S-55).
    if (c.slot > n) {
      if (alive(c)) retire(w, c, { cause, reason: 'scaled in', after: 'remove', settleMs: GOSSIP_MS });
      else {
        c.terminating = true;
        removeServer(w, c, cause);
        removeContainer(w, c, cause, true);
      }
    } else slots.add(c.slot);
  }
  for (let slot = 1; slot <= n; slot++) {
    if (slots.has(slot)) continue;
    const c = createContainer(w, service, cause);
    c.slot = slot;
    startProcess(w, c, cause);
  }
  w.version++;
  return { ok: true, text: `${name} scaled to ${n}\noverall progress: ${n} out of ${n} tasks` };
}

function update(w: World, command: Extract<Command, { verb: 'service-update' }>, cause: number): Answer {
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
  stateOf(w).previous = { service, ...specOf(w, service) };
  // The name is looked up once, here; from then on the spec says the digest.
  if (command.image !== null) {
    s.image = command.image;
    s.build = latestBuild(w, command.image);
  }
  begin(w, service, nextRevision(w, service), cause, false);
  return { ok: true, text: `${command.service}\nupdating ${s.image}` };
}

function rollback(w: World, name: string, cause: number): Answer {
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
function control(w: World, command: Extract<Command, { verb: 'deploy' }>, cause: number): Answer {
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

/** The spec that a rollback would bring back: what most of the tasks were made from. */
function specOf(w: World, service: number): Template {
  const c = membersOf(w, service).find((k) => k.revision === w.services[service].revision);
  const s = w.services[service];
  return c ?? { revision: s.revision, image: s.image, environment: s.def.environment, build: s.build };
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
  if (s.def.environment !== spec.environment) s.def = { ...s.def, environment: spec.environment };
  begin(w, spec.service, spec.revision, cause, true);
}

/** What an update goes by: a rollback has settings of its own (S-51). */
const configOf = (w: World, u: Update): UpdateConfig => {
  const def = w.services[u.service].def;
  return u.rollingBack ? def.rollback : def.update;
};

/** Slots whose task is not what the spec asks for. */
function dirtySlots(w: World, service: number, revision: number): number[] {
  const todo: number[] = [];
  for (let slot = 1; slot <= w.services[service].wanted; slot++) {
    const clean = membersOf(w, service).some(
      (c) => c.slot === slot && c.revision === revision && !c.terminating && c.phase !== 'exited',
    );
    if (!clean) todo.push(slot);
  }
  return todo;
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
function proceed(w: World): void {
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
    takeUp(w, u, slot, config.order === 'start-first');
  }
}

function takeUp(w: World, u: Update, slot: number, startFirst: boolean): void {
  const old = membersOf(w, u.service).find((c) => c.slot === slot && !c.terminating);
  w.journal.add(w.now, 'deploy-step', u.entry, old?.id ?? -1, -1, -1, slot);
  // One that an earlier update is taking away makes room first.
  const leaving = membersOf(w, u.service).some((c) => c.slot === slot && c.terminating);
  if (startFirst || old === undefined) {
    if (startFirst || !leaving) launch(w, u, slot);
    return;
  }
  retire(w, old, { cause: u.entry, reason: 'replaced', after: 'remove', settleMs: GOSSIP_MS });
}

function launch(w: World, u: Update, slot: number): void {
  const c = createContainer(w, u.service, u.entry);
  c.slot = slot;
  startProcess(w, c, u.entry);
}

/** A retired task of an update is gone: stop-first starts its successor, start-first is done with the slot. */
function onSlotFreed(w: World, c: Container): void {
  const u = stateOf(w).update;
  if (u === null || u.service !== c.service || !u.doing.includes(c.slot) || c.revision === u.revision) return;
  if (configOf(w, u).order === 'start-first') slotDone(w, c.slot);
  else if (!membersOf(w, u.service).some((k) => k.slot === c.slot && k.revision === u.revision))
    launch(w, u, c.slot);
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
function noteFailure(w: World, c: Container): void {
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

function conclude(w: World, revision: number): void {
  const state = stateOf(w);
  const u = state.update;
  if (u === null || u.state !== 'monitoring' || u.revision !== revision) return;
  state.update = { ...u, state: 'completed' };
  w.journal.add(w.now, 'deploy-done', u.entry, -1, -1, -1, w.now - u.startedAt);
}
