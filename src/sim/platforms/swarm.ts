import type { Answer } from '../model/command.ts';
import { alive, type Container } from '../model/container.ts';
import { EV } from '../model/events.ts';
import { accepts, planStart, removeContainer, startProcess } from '../model/lifecycle.ts';
import { removeServer, tellAdded, tellLeaving } from '../model/pool.ts';
import { portTaken } from '../model/ports.ts';
import { watchHealth } from '../model/probes.ts';
import type { Host, World } from '../model/world.ts';
import { membersOf } from './mechanisms/members.ts';
import { finishRetired, retire } from './mechanisms/retire.ts';
import { GOSSIP_MS } from './mechanisms/swarm-slots.ts';
import { createTask, mayReplace, noSuitableNode, startPending } from './mechanisms/swarm-tasks.ts';
import {
  type SwarmState,
  MONITORED,
  NEXT_SLOT,
  conclude,
  control,
  moveAllOn,
  noteFailure,
  onSlot,
  proceed,
  rollback,
  scale,
  update,
} from './mechanisms/swarm-updates.ts';
import type { Platform } from './platform.ts';

/** Codes of the platform's timers. */
const REPLACE = 3;
const NODE_DOWN = 4;

/** Three heartbeats of 5 s are missed before a node is DOWN (S-54). */
const NODE_DOWN_MS = 15_000;

/** Docker Swarm: a task that ends is replaced by a new one in its slot (S-44); health gates traffic (S-47). */
export const swarm: Platform = {
  name: 'swarm',
  notInSpec: ['update', 'rollback', 'pullPolicy'],
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
  onRemoved(w, c) {
    planReplacement(w, c);
    startPending(w);
  },

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
      onSlot(w, c);
      startPending(w);
      return;
    }
    noteFailure(w, c);
    // Its own virtual address forgets a task that died, without the notice of a planned stop (S-52).
    if (w.balancer.runsIn === 'platform') tellLeaving(w, c, w.app.endpointDelayMs, c.entry);
    const def = w.services[c.service].def;
    const condition = def.restartCondition;
    if (condition === 'any' || (condition === 'on-failure' && c.exitCode !== 0)) planReplacement(w, c);
    startPending(w);
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
    else {
      replaceTasksOf(w, host);
      startPending(w);
      goOn(w, host);
    }
  },

  onHostEmpty: replaceTasksOf,

  /** As a drained node: the task is shut down, and its successor starts there when it has stopped, without delay (S-54). */
  evict(w, c, host, cause) {
    if (c.slot === 0 || c.terminating) return { ok: false, text: `paddock: ${c.name} is no running task` };
    if (portTaken(w, c.service, host)) return { ok: false, text: `paddock: ${noSuitableNode(w)}` };
    const next = createTask(w, c.service, c.slot, cause, host.id);
    next.attempts = c.attempts;
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
  onSlot(w, c);
}

/** A new task for a slot: it waits its restart delay before it starts (S-44, S-45). */
function planReplacement(w: World, old: Container): void {
  // Its slot was given up (S-55).
  if (old.slot === 0) return;
  const s = w.services[old.service];
  const inSlot = membersOf(w, old.service).some(
    (c) => c.slot === old.slot && c !== old && !c.terminating && c.phase !== 'exited',
  );
  if (inSlot) return;
  if (!mayReplace(w, old)) {
    if (s.def.restartMax > 0 && s.def.restartCondition !== 'none')
      w.journal.add(
        w.now,
        'note',
        old.entry,
        old.id,
        -1,
        -1,
        0,
        `${old.name} gets no successor: restart_policy.max_attempts (${s.def.restartMax}) are used up`,
      );
    return;
  }
  const c = createTask(w, old.service, old.slot, old.entry);
  c.attempts = c.revision === old.revision ? [...old.attempts, w.now] : [];
  c.replaces = old.id;
  if (!c.pending) planStart(w, c, s.def.restartDelayMs);
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
  if (host.up || w.now < host.since + NODE_DOWN_MS) return;
  replaceTasksOf(w, host);
  goOn(w, host);
}

/** What waited for the end of tasks on this node goes on: their successors, and an update. */
function goOn(w: World, host: Host): void {
  for (const c of w.containers) {
    const old = c.replaces >= 0 ? w.containers[c.replaces] : undefined;
    if (old !== undefined && old.host === host.id && old.slot === c.slot) startSuccessor(w, old);
  }
  moveAllOn(w);
}

/** Every task of a node that should run and does not gets a successor elsewhere, a restart delay later (S-54). */
function replaceTasksOf(w: World, host: Host): void {
  for (const c of w.containers) {
    if (c.host !== host.id || c.pending || (c.phase !== 'exited' && c.phase !== 'created')) continue;
    if (c.slot === 0 && !c.terminating) continue;
    if (c.phase === 'created' && host.up) {
      startProcess(w, c, host.entry);
      continue;
    }
    removeServer(w, c, host.entry);
    if (c.terminating) {
      finishRetired(w, c, host.entry);
      startSuccessor(w, c);
      onSlot(w, c);
    } else if (mayReplace(w, c)) {
      planReplacement(w, c);
      if (c.phase === 'created') removeContainer(w, c, host.entry, true);
    }
  }
}

/** The dead task's container is cleared away when its successor starts. */
function replace(w: World, old: Container): void {
  if (old.phase === 'exited') removeContainer(w, old, old.entry, true);
}
