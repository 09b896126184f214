import type { Answer, Command } from '../model/command.ts';
import { pullError, pullFails } from '../model/boot.ts';
import { localBuild, pull, pullRule, tagOf } from '../model/images.ts';
import { alive, type Container, type Mounted } from '../model/container.ts';
import { createContainer, removeContainer, startProcess, stopGracefully } from '../model/lifecycle.ts';
import { removeServer } from '../model/pool.ts';
import { inheritVolumes, namedVolumes, removeVolumes, takeVolumes } from '../model/volumes.ts';
import type { World } from '../model/world.ts';
import {
  engineExited,
  engineHost,
  engineRestarted,
  engineStarted,
  notASwarm,
  nowhere,
} from './mechanisms/engine.ts';
import { membersOf, serviceNamed } from './mechanisms/members.ts';
import type { Platform } from './platform.ts';

/** A recreation under way: `up` starts nothing before every old container is gone (S-30, S-31). */
interface Recreation {
  readonly service: number;
  /** Numbers of the replicas, and the anonymous volumes that their successors inherit (S-38). */
  readonly left: readonly { readonly number: number; readonly volumes: readonly Mounted[] }[];
  readonly entry: number;
  readonly startedAt: number;
}

interface ComposeState {
  recreate: readonly Recreation[];
  /** A `down` under way: what it leaves behind, or not. */
  down: { readonly volumes: boolean; readonly entry: number } | null;
}

const stateOf = (w: World): ComposeState => w.platformState as ComposeState;

/**
 * Docker Compose on one machine: no reconcile loop; it acts when a command runs (S-29), and Docker's restart policies
 * do the rest (S-1 to S-7).
 */
export const compose: Platform = {
  name: 'compose',
  fileChanged: (w, service) => void w.services[service].revision++,
  machines: 'one',
  detectors: ['docker diff', 'docker compose up', 'terraform plan'],
  initialState: (): ComposeState => ({ recreate: [], down: null }),
  copyState: (state) => ({ ...(state as ComposeState) }),
  alias: () => null,

  onStarted: engineStarted,
  onBooted() {},
  onAvailable() {},
  /** No reconcile loop: it stays gone until the next `up` (S-29). */
  onRemoved() {},
  /** `unhealthy` is a label and nothing more (S-19). */
  onHealth() {},

  onExit(w, c) {
    if (c.terminating) {
      if (engineRestarted(w, c)) return;
      c.terminating = false;
      if (c.afterStop === 'remove') {
        removeServer(w, c, c.entry);
        removeContainer(w, c, c.entry, stateOf(w).down?.volumes === true);
      }
      goOn(w);
      return;
    }
    engineExited(w, c);
    goOn(w);
  },

  onTimer: () => 0,
  evict: nowhere,

  onHost(w, host) {
    // Whatever `up` or `down` was about is over: the client that ran it is gone with the engine it talked to.
    if (!host.up) w.platformState = this.initialState();
    engineHost(w, host);
  },

  command(w, command, cause): Answer | null {
    switch (command.verb) {
      case 'compose-up':
        return up(w, command, cause);
      case 'compose-down':
        return down(w, command.volumes, cause);
      case 'service-scale':
      case 'service-update':
      case 'service-rollback':
        return notASwarm('On Compose: docker compose up -d [--scale SERVICE=N]');
      default:
        return null;
    }
  },

  redeploy(w, service, cause) {
    w.services[service].revision++;
    return up(w, { verb: 'compose-up', ...PLAIN_UP }, cause);
  },
  rescale: (w, service, n, cause) =>
    up(w, { verb: 'compose-up', ...PLAIN_UP, scale: { [w.services[service].def.name]: n } }, cause),
};

const PLAIN_UP = { scale: {}, forceRecreate: false, renewAnonVolumes: false } as const;

function up(w: World, command: Extract<Command, { verb: 'compose-up' }>, cause: number): Answer {
  for (const name of Object.keys(command.scale))
    if (serviceNamed(w, name) < 0) return { ok: false, text: `no such service: ${name}` };
  const lines: string[] = [];
  w.services.forEach((s) => {
    const n = command.scale[s.def.name];
    if (n === undefined) return;
    if (n > 1 && s.def.containerName !== null) {
      lines.push(
        `WARNING: The "${s.def.name}" service is using the custom container name "${s.def.containerName}". Docker requires each container to have a unique name. Remove the custom name to scale the service`,
      );
    } else s.wanted = n;
  });
  if (lines.length > 0) return { ok: false, text: lines.join('\n') };
  const missing = notPulled(w, command.forceRecreate);
  if (missing !== null) return { ok: false, text: missing };
  const running: string[] = [];
  w.services.forEach((s, service) => {
    const members = membersOf(w, service).filter((c) => !c.terminating);
    const pulls = command.pull === 'always' || pullRule(w, service) === 'always';
    const held = pulls ? pull(w, 0, s.image) : localBuild(w, 0, s.image);
    // The hash of its configuration, or the digest of its image, is not what the file gives now (S-33); its layer is not asked.
    const stale = members.filter(
      (c) =>
        c.revision !== s.revision ||
        (held !== undefined && c.build !== held) ||
        (command.forceRecreate && c.service === w.herd),
    );
    // Scaling down removes what is out of date first, then the highest numbers (S-35).
    const surplus = [...members]
      .sort((a, b) => Number(stale.includes(b)) - Number(stale.includes(a)) || b.number - a.number)
      .slice(0, Math.max(0, members.length - s.wanted));
    for (const c of surplus) {
      takeAway(w, c, cause);
      lines.push(`Container ${c.name}  Removed`);
    }
    const kept = members.filter((c) => !surplus.includes(c));
    const recreate = kept.filter((c) => stale.includes(c));
    if (recreate.length > 0) {
      beginRecreate(w, service, recreate, command.renewAnonVolumes, cause);
      for (const c of recreate) lines.push(`Container ${c.name}  Recreated`);
    }
    // Unchanged containers that do not run are started as they are (S-37).
    for (const c of kept) {
      if (recreate.includes(c)) continue;
      if (alive(c)) {
        running.push(`Container ${c.name}  Running`);
        continue;
      }
      c.manualStop = false;
      c.restarts = 0;
      c.backoff = 0;
      if (c.phase === 'waiting' || c.phase === 'exited' || c.phase === 'created') startProcess(w, c, cause);
      lines.push(`Container ${c.name}  Started`);
    }
    // Those that an `up` before this one is about to start are on their way already.
    const planned = stateOf(w).recreate.filter((plan) => plan.service === service && recreate.length === 0);
    const coming = planned.reduce((n, plan) => n + plan.left.length, 0);
    for (let k = kept.length + coming; k < s.wanted; k++) {
      const c = createContainer(w, service, cause);
      startProcess(w, c, cause);
      lines.push(`Container ${c.name}  Started`);
    }
  });
  goOn(w);
  return {
    ok: true,
    text: [...running, ...lines].join('\n'),
  };
}

/** Images are pulled before anything is touched: the tool's words if one that is needed cannot be had, else null. */
function notPulled(w: World, force: boolean): string | null {
  for (const [service, { def, image, wanted }] of w.services.entries()) {
    const tag = tagOf(image);
    if (def.role !== 'app' || !pullFails(def, tag)) continue;
    const members = membersOf(w, service);
    if (force || members.length < wanted || members.some((c) => c.tag !== tag)) return pullError(image);
  }
  return null;
}

function takeAway(w: World, c: Container, cause: number): void {
  c.afterStop = 'remove';
  if (alive(c)) {
    if (c.phase !== 'stopping') {
      stopGracefully(w, c, {
        cause,
        prestopMs: 0,
        graceMs: w.services[c.service].def.stopGraceMs,
        graceFromNow: true,
        reason: 'removed',
      });
    }
    return;
  }
  removeServer(w, c, cause);
  removeContainer(w, c, cause, stateOf(w).down?.volumes === true);
}

/** All replicas stop at once; a container keeps its number (S-31). */
function beginRecreate(
  w: World,
  service: number,
  old: readonly Container[],
  renewVolumes: boolean,
  cause: number,
): void {
  const entry = w.journal.add(
    w.now,
    'deploy-started',
    cause,
    -1,
    -1,
    -1,
    w.services[service].revision,
    w.services[service].image,
  );
  const left = old.map((c) => ({ number: c.number, volumes: renewVolumes ? [] : takeVolumes(c) }));
  const state = stateOf(w);
  state.recreate = [...state.recreate, { service, left, entry, startedAt: w.now }];
  // All of them are on their way out before the first may be gone: the start phase waits for the last.
  for (const c of old) c.terminating = true;
  for (const c of old) takeAway(w, c, entry);
}

/** The start phase: one after the other, without waiting for health (S-31). */
function goOn(w: World): void {
  const state = stateOf(w);
  if (state.down !== null && w.containers.every((c) => c.phase === 'removed')) {
    if (state.down.volumes) removeVolumes(w, state.down.entry);
    state.down = null;
  }
  const ready = state.recreate.filter((plan) => membersOf(w, plan.service).every((c) => !c.terminating));
  if (ready.length === 0) return;
  state.recreate = state.recreate.filter((plan) => !ready.includes(plan));
  for (const plan of ready) startAgain(w, plan);
}

function startAgain(w: World, plan: Recreation): void {
  for (const { number, volumes } of plan.left) {
    // Somebody may have asked for fewer meanwhile.
    if (membersOf(w, plan.service).length >= w.services[plan.service].wanted) break;
    const c = createContainer(w, plan.service, plan.entry, number);
    inheritVolumes(w, c, volumes);
    startProcess(w, c, plan.entry);
  }
  w.journal.add(w.now, 'deploy-done', plan.entry, -1, -1, -1, w.now - plan.startedAt);
}

/** `docker compose down`: every container goes; volumes only with `-v`, and anonymous ones stay behind without it (S-38). */
function down(w: World, volumes: boolean, cause: number): Answer {
  const state = stateOf(w);
  const lines: string[] = [];
  state.recreate = [];
  state.down = { volumes, entry: cause };
  for (const c of w.containers) {
    if (c.phase === 'removed') continue;
    takeAway(w, c, cause);
    lines.push(`Container ${c.name}  Removed`);
  }
  if (volumes) for (const name of namedVolumes(w)) lines.push(`Volume ${w.scenario.name}_${name}  Removed`);
  goOn(w);
  return { ok: true, text: lines.join('\n') };
}
