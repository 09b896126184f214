import type { Answer, Command } from '../model/command.ts';
import { pullError, pullFails } from '../model/boot.ts';
import { localBuild, pull, pullRule, tagOf } from '../model/images.ts';
import { alive, type Container, type Mounted } from '../model/container.ts';
import { createContainer, removeContainer } from '../model/lifecycle.ts';
import { stopGracefully } from '../model/stopping.ts';
import { removeServer } from '../model/pool.ts';
import type { Service } from '../model/scenario.ts';
import { inheritVolumes, namedVolumes, removeVolumes, takeVolumes } from '../model/volumes.ts';
import type { World } from '../model/world.ts';
import {
  pollDependencies,
  startServices,
  type StartPhase,
  type Step,
  withDependencies,
} from './mechanisms/compose-start.ts';
import {
  engineExited,
  engineHost,
  engineRestarted,
  engineStarted,
  noRollOut,
  notASwarm,
  nowhere,
} from './mechanisms/engine.ts';
import { membersOf, serviceNamed } from './mechanisms/members.ts';
import type { Platform } from './platform.ts';

/** An `up` under way: it starts nothing before every old container is gone (S-30, S-31). */
interface Up {
  /** Replicas that come back under their number, with the anonymous volumes that they inherit (S-38). */
  readonly recreate: readonly {
    readonly service: number;
    readonly number: number;
    readonly volumes: readonly Mounted[];
  }[];
  /** Journal entry of the roll-out, or of the command where nothing is recreated. */
  readonly entry: number;
  readonly startedAt: number;
  /** What could not be made: then nothing is started (S-32). */
  readonly error: string | null;
}

interface ComposeState {
  /** Until every old container is gone. */
  up: Up | null;
  /** From then on, until everything has been started or something could not be. */
  starting: { readonly up: Up; readonly phase: StartPhase } | null;
  /** Start phases so far. */
  starts: number;
  /** A `down` under way: what it leaves behind, or not. */
  down: { readonly volumes: boolean; readonly entry: number } | null;
  /** What the last start phase ended in: what could not be started, in the tool's words. */
  error: string | null;
  /** Further `up`s, typed while one of these was under way, each with its journal entry. */
  queue: readonly { readonly command: UpCommand; readonly cause: number }[];
}

type UpCommand = Extract<Command, { verb: 'compose-up' }>;

const stateOf = (w: World): ComposeState => w.platformState as ComposeState;

/**
 * Docker Compose on one machine: no reconcile loop; it acts when a command runs (S-29), and Docker's restart policies
 * do the rest (S-1 to S-7).
 */
export const compose: Platform = {
  name: 'compose',
  notInSpec: ['pullPolicy'],
  fileChanged: (w, service) => void w.services[service].revision++,
  machines: 'one',
  detectors: ['docker diff', 'docker compose up', 'terraform plan'],
  initialState: (): ComposeState => ({
    up: null,
    starting: null,
    starts: 0,
    down: null,
    error: null,
    queue: [],
  }),
  copyState: (state) => ({ ...(state as ComposeState) }),
  alias: () => null,

  onStarted: engineStarted,
  onBooted: goOn,
  /** No reconcile loop: it stays gone until the next `up` (S-29). */
  onRemoved: goOn,

  onExit(w, c) {
    if (c.terminating) {
      if (engineRestarted(w, c)) {
        goOn(w);
        return;
      }
      // `docker rm -f` has its own way with it.
      if (c.afterStop === 'stay') return;
      removeServer(w, c, c.entry);
      removeContainer(w, c, c.entry, stateOf(w).down?.volumes === true);
      goOn(w);
      return;
    }
    engineExited(w, c);
    goOn(w);
  },

  /** A service of an `up` under way looks at what it depends on (S-41). */
  onTimer(w, service, stamp) {
    const { starting } = stateOf(w);
    if (starting?.phase.stamp !== stamp) return 1;
    follow(w, starting.up, pollDependencies(w, starting.phase, service));
    goOn(w);
    return 0;
  },
  evict: nowhere,

  onHost(w, host) {
    // Whatever `up` or `down` was about is over: the client that ran it is gone with the engine it talked to.
    const { starts } = stateOf(w);
    if (!host.up) w.platformState = { ...(this.initialState() as ComposeState), starts };
    engineHost(w, host);
  },

  command(w, command, cause): Answer | null {
    switch (command.verb) {
      case 'compose-up':
        return upFromFile(w, command, cause);
      case 'compose-down':
        return down(w, command.volumes, cause);
      case 'start':
        return command.tool === 'compose' ? start(w, command, cause) : null;
      case 'service-scale':
      case 'service-update':
      case 'service-rollback':
        return notASwarm('On Compose: docker compose up -d [--scale SERVICE=N]');
      case 'deploy':
        return noRollOut(w, 'docker compose up');
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

/** `docker compose up`: as many as the file says where no `--scale` says otherwise, whatever was asked for before (S-35). */
function upFromFile(w: World, command: UpCommand, cause: number): Answer {
  const own = w.services.filter(({ def }) => serviceNamed(w, def.name) >= 0);
  const inFile = Object.fromEntries(own.map(({ def }) => [def.name, def.replicas]));
  const answer = up(w, { ...command, scale: { ...inFile, ...command.scale } }, cause);
  if (command.attached !== true || !answer.ok) return answer;
  const names = w.services.flatMap((_, service) => membersOf(w, service).map((c) => c.name));
  const attached = `Attaching to ${names.join(', ')}\n(Ctrl-C would stop all of them; with -d they are left alone)`;
  return { ...answer, text: `${answer.text}\n${attached}` };
}

const PLAIN_UP = { scale: {}, forceRecreate: false, renewAnonVolumes: false } as const;

function up(w: World, command: UpCommand, cause: number): Answer {
  for (const name of Object.keys(command.scale))
    if (serviceNamed(w, name) < 0) return { ok: false, text: `no such service: ${name}` };
  const lines: string[] = [];
  w.services.forEach((s) => {
    const n = command.scale[s.def.name];
    if (n !== undefined && n > 1 && s.def.containerName !== null) {
      lines.push(
        `WARNING: The "${s.def.name}" service is using the custom container name "${s.def.containerName}". Docker requires each container to have a unique name. Remove the custom name to scale the service`,
      );
    }
  });
  if (lines.length > 0) return { ok: false, text: lines.join('\n') };
  const missing = notPulled(w, command.forceRecreate);
  if (missing !== null) return { ok: false, text: missing };
  const state = stateOf(w);
  if (state.down !== null || state.up !== null || state.starting !== null) {
    state.queue = [...state.queue, { command, cause }];
    return {
      ok: true,
      text: `waits for the docker compose ${state.down === null ? 'up' : 'down'} under way`,
    };
  }
  state.error = null;
  const running = create(w, command, cause, lines);
  goOn(w);
  // Where every old container ended at once, the start phase is over before the command answers.
  const { error } = state;
  return {
    ok: error === null,
    text: [...running, ...lines, ...(error === null ? [] : [error])].join('\n'),
  };
}

/**
 * The create phase: what is out of date or too much stops, all of it at once; what is missing is made. `goOn` is to follow.
 * `lines` gets what is done; what stays as it is, is returned.
 */
function create(w: World, command: UpCommand, cause: number, lines: string[]): string[] {
  const running: string[] = [];
  const leaving: Container[] = [];
  const stale: Container[] = [];
  let error: string | null = null;
  w.services.forEach((s, service) => {
    s.wanted = command.scale[s.def.name] ?? s.wanted;
    const members = membersOf(w, service).filter((c) => !c.terminating);
    const pulls = command.pull === 'always' || pullRule(w, service) === 'always';
    const held = pulls ? pull(w, 0, s.image) : localBuild(w, 0, s.image);
    // The hash of its configuration, or the digest of its image, is not what the file gives now (S-33); its layer is not asked.
    const isOld = (c: Container): boolean =>
      command.forceRecreate || c.revision !== s.revision || (held !== undefined && c.build !== held);
    const old = command.noRecreate === true ? [] : members.filter(isOld);
    // Scaling down removes what is out of date first, then the highest numbers (S-35).
    const surplus = [...members]
      .sort((a, b) => Number(old.includes(b)) - Number(old.includes(a)) || b.number - a.number)
      .slice(0, Math.max(0, members.length - s.wanted));
    if (notMade(s.def, tagOf(s.image)) && (old.length > 0 || members.length < s.wanted)) {
      // A successor is made before the old one is stopped, so these stay; other services are under way (S-32).
      error = 'Error response from daemon: no command specified';
      return;
    }
    leaving.push(...surplus);
    stale.push(...old.filter((c) => !surplus.includes(c)));
    for (const c of members) {
      if (surplus.includes(c)) lines.push(`Container ${c.name}  Removed`);
      else if (old.includes(c)) lines.push(`Container ${c.name}  Recreated`);
      // Unchanged containers that do not run are started as they are (S-37).
      else if (!alive(c)) lines.push(`Container ${c.name}  Started`);
      else running.push(`Container ${c.name}  Running`);
    }
    s.nextNumber = Math.max(0, ...membersOf(w, service).map((c) => c.number)) + 1;
    for (let k = members.length - surplus.length; k < s.wanted; k++)
      lines.push(`Container ${createContainer(w, service, cause).name}  Started`);
  });
  const rollout = stale.find((c) => c.service === w.herd) ?? stale[0];
  const s = rollout === undefined ? null : w.services[rollout.service];
  const entry =
    s === null ? cause : w.journal.add(w.now, 'deploy-started', cause, -1, -1, -1, s.revision, s.image);
  const recreate = stale.map((c) => ({
    service: c.service,
    number: c.number,
    volumes: command.renewAnonVolumes ? [] : takeVolumes(c),
  }));
  stateOf(w).up = { recreate, entry, startedAt: w.now, error };
  // All of them are on their way out before the first may be gone: the start phase waits for the last.
  for (const c of [...leaving, ...stale]) c.terminating = true;
  for (const c of leaving) takeAway(w, c, cause);
  for (const c of stale) takeAway(w, c, entry);
  return running;
}

/** Whether the engine refuses to make a container of an image. */
const notMade = (def: Service, tag: string): boolean =>
  def.role === 'app' && def.versions[tag]?.create === 'fails';

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

/** When every old container is gone, an `up` goes on and a `down` is done. */
function goOn(w: World): void {
  const state = stateOf(w);
  if (state.starting !== null) return;
  if (w.containers.some((c) => c.terminating && c.phase !== 'removed')) return;
  const plan = state.up;
  if (state.down !== null) {
    if (state.down.volumes) removeVolumes(w, state.down.entry);
    state.down = null;
  }
  state.up = null;
  if (plan !== null) startPhase(w, plan);
  if (stateOf(w).starting !== null) return;
  const [next, ...queue] = state.queue;
  if (next === undefined) return;
  state.queue = queue;
  create(w, next.command, next.cause, []);
  goOn(w);
}

/** What was recreated takes its old number, and what does not run is started. */
function startPhase(w: World, plan: Up): void {
  for (const { service, number, volumes } of plan.recreate)
    inheritVolumes(w, createContainer(w, service, plan.entry, number), volumes);
  if (plan.error !== null) {
    follow(w, plan, { phase: null, error: plan.error });
    return;
  }
  startInOrder(w, plan, [...w.services.keys()]);
}

/** Begins a start phase of these services. */
function startInOrder(w: World, plan: Up, todo: readonly number[]): void {
  const stamp = ++stateOf(w).starts;
  follow(w, plan, startServices(w, { todo, waiting: [], stamp, entry: plan.entry }));
}

/**
 * `docker compose start`: the containers that exist and do not run, in the order of `depends_on` and with what it names (S-41). Null while an `up` or a `down` is under way: then it starts what it can, as Docker would.
 */
function start(w: World, command: Extract<Command, { verb: 'start' }>, cause: number): Answer | null {
  const state = stateOf(w);
  if (state.down !== null || state.up !== null || state.starting !== null) return null;
  const names = command.targets.kind === 'names' ? command.targets.names : [];
  const unknown = names.find((name) => serviceNamed(w, name) < 0);
  if (unknown !== undefined) return { ok: false, text: `no such service: ${unknown}` };
  const wanted = names.length === 0 ? [...w.services.keys()] : names.map((name) => serviceNamed(w, name));
  const todo = withDependencies(w, wanted);
  const idle = todo.flatMap((k) => membersOf(w, k)).filter((c) => !alive(c) && !c.terminating);
  startInOrder(w, { recreate: [], entry: cause, startedAt: w.now, error: null }, todo);
  const { error } = stateOf(w);
  const lines = idle.filter((c) => error === null || alive(c)).map((c) => `Container ${c.name}  Started`);
  return { ok: error === null, text: [...lines, ...(error === null ? [] : [error])].join('\n') };
}

/** A step of the start phase has been done: it goes on, or its end is told. */
function follow(w: World, plan: Up, { phase, error }: Step): void {
  const state = stateOf(w);
  state.starting = phase === null ? null : { up: plan, phase };
  state.error = error;
  if (phase !== null) return;
  // The command may have been answered long ago: what went wrong is told here too.
  if (error !== null) w.journal.add(w.now, 'deploy-failed', plan.entry, -1, -1, -1, 0, error);
  else if (plan.recreate.length > 0)
    w.journal.add(w.now, 'deploy-done', plan.entry, -1, -1, -1, w.now - plan.startedAt);
}

/** `docker compose down`: every container goes; volumes only with `-v`, and anonymous ones stay behind without it (S-38). */
function down(w: World, volumes: boolean, cause: number): Answer {
  const state = stateOf(w);
  const lines: string[] = [];
  state.up = null;
  state.starting = null;
  state.queue = [];
  state.down = { volumes, entry: cause };
  const there = w.containers.filter((c) => c.phase !== 'removed');
  for (const c of there) c.terminating = true;
  for (const c of there) {
    takeAway(w, c, cause);
    lines.push(`Container ${c.name}  Removed`);
  }
  if (volumes) for (const name of namedVolumes(w)) lines.push(`Volume ${w.scenario.name}_${name}  Removed`);
  goOn(w);
  return { ok: true, text: lines.join('\n') };
}
