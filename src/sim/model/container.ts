import type { Writable } from '../engine/refill.ts';
import { LIFECYCLE, type LifecycleEvent, type Phase } from '../charts/container-lifecycle.ts';
import { type Behaviour, PLAIN } from './behaviour.ts';
import type { Link } from './links.ts';
import { copyList, emptyList, type RequestList } from './requests.ts';
import { STATE_KINDS } from './scenario.ts';
import type { RestartPolicy } from './upkeep.ts';

/** A path in the writable layer that differs from the image: added, changed, deleted (S-24). */
export interface LayerEdit {
  readonly letter: 'A' | 'C' | 'D';
  readonly content: string;
  /** Its journal entry. */
  readonly entry: number;
}

/** A volume as one container has it mounted. */
export interface Mounted {
  /** Path in the container, without a slash at its end. */
  readonly target: string;
  /** Serial of the place. */
  readonly place: number;
  /** Made for this container, and gone with it under `-v` (S-23). */
  readonly anonymous: boolean;
}

/** A container: primitive fields, lists of request rows, and values that are never changed in place; so a shallow copy is a copy. */
export interface Container {
  readonly id: number;
  /** Index into the scenario's services. */
  readonly service: number;
  readonly number: number;
  name: string;
  host: number;
  /** Its address among the containers of the herd, while it runs; -1 = none yet, or nobody asks (names.ts). */
  address: number;
  /** As its definition named it when it was created; and the tag of that. */
  image: string;
  tag: string;
  /** Which build of that image: 0 = the one of t = 0 (see images.ts). */
  build: number;
  /** Index of the tag in order of appearance. */
  version: number;
  phase: Phase;
  /** Cancels timers: they carry the value they were set under. */
  inc: number;
  /** Counts starts and ends of its process: cancels what belongs to one life. */
  life: number;
  reason: string;
  exitCode: number;
  /** Accepts connections. */
  listening: boolean;
  /** Finished booting since its last start. */
  booted: boolean;
  frozen: boolean;
  slow: number;
  /** Journal entry of the fault that filled the disk under its layer; -1 = there is room. Stays until it is replaced. */
  diskEntry: number;
  /** Limit of its cgroup in MB, fixed when it was made but for `docker update` (S-27), 0 = none. */
  memoryMb: number;
  /** Limit of its process in MB, 0 = none; and requests worked on since its start, which a leak is counted in. */
  limitMb: number;
  served: number;
  /** Being taken away on purpose: its exit is no surprise to the platform. */
  terminating: boolean;
  /** When the balancer knows that it has come, or that it leaves. */
  toldAt: number;
  /** What follows a planned stop. */
  afterStop: 'stay' | 'remove' | 'start';
  /** Fixed when it was made, but for `docker update` (S-27). `restartMax` is the N of on-failure:N; 0 = no limit. */
  restart: RestartPolicy;
  restartMax: number;
  /** Stopped, killed or signalled by hand; and whether that cancelled its restart manager (S-4, S-5). */
  manualStop: boolean;
  disarmed: boolean;
  restarts: number;
  /** Swarm: when tasks of its slot were replaced since its spec changed; and whether no node takes it yet. */
  attempts: readonly number[];
  pending: boolean;
  /** Restart back-off: exponent of the next delay. */
  backoff: number;
  createdAt: number;
  startedAt: number;
  readyAt: number;
  endedAt: number;
  since: number;
  /** When the phase ends by itself; -1 = open. */
  dueAt: number;
  /** The platform counts it as available (its readiness, not the balancer's). */
  ready: boolean;
  /** Since when it is ready. */
  readySince: number;
  /** Successful or failed readiness probes in a row (positive or negative). */
  streak: number;
  health: 'starting' | 'healthy' | 'unhealthy' | null;
  healthStreak: number;
  /** Index at the balancer, -1 = not one of its servers. */
  server: number;
  /** Requests being worked on (and those whose user is gone), and those that wait for a turn. */
  work: RequestList;
  backlog: RequestList;
  /** Of `work`: those that take one of the `concurrency` places. */
  active: number;
  streams: number;
  /** Place that each kind of state is read from and written to, by index of STATE_KINDS; -1 = none. */
  homes: readonly number[];
  /** Places that end with the process, and with the container. */
  processPlaces: readonly number[];
  layerPlaces: readonly number[];
  /** Volumes, fixed when it was created; tmpfs mounts are of the process. */
  mounts: readonly Mounted[];
  /** Variables, fixed when it was created (S-27, S-118). */
  environment: Readonly<Record<string, string>>;
  edits: ReadonlyMap<string, LayerEdit>;
  /** What its code makes of a request. */
  behaviour: Behaviour;
  /** Its code, image or environment is not what its definition says now. */
  differs: boolean;
  /** What it is counted as in the totals of the herd, as bits, and with how many edits (World.recount). */
  counted: number;
  countedEdits: number;
  /** Place of what it wrote to standard output; -1 = none. It goes with the container, not with its layer. */
  logPlace: number;
  lostSessions: number;
  /** Log lines that its process has written and that are not yet counted in their place. */
  lines: number;
  /** Its client of each store, by the store's number; none while no process runs. */
  links: readonly Link[];
  /** Journal entry of what became of it last; of the beginning of its process; of the fault (a hang, slowness) that it suffers from, -1 = none; and of the end of the last one. */
  entry: number;
  lifeEntry: number;
  faultEntry: number;
  clearedEntry: number;
  checkedAt: number;
  checkOk: boolean;
  /** Container that this one replaces; -1 = none. */
  replaces: number;
  /** Swarm slot; 0 = none. */
  slot: number;
  /** Revision of the service definition it was made from. */
  revision: number;
  /** Meters that only go up: work begun, in ms, and requests taken to it. */
  workMs: number;
  taken: number;
  /** The scaler read them here; and requests in flight, summed over its looks since. */
  readAt: number;
  readWorkMs: number;
  readTaken: number;
  load: number;
  /** Kubernetes: its startup probe has passed (or it has none), and the streaks of its startup and liveness probes. */
  started: boolean;
  startupStreak: number;
  livenessStreak: number;
  /** Where the work blocks the event loop: when the last probe was asked that it has come round to, and when it did; -1 = none. */
  probeAsked: number;
  probeAnswered: number;
}

/** One as it is made, to be written over with what the given one is. */
export const blankContainer = ({ id, service, number, name }: Container): Container =>
  newContainer(id, service, number, name, 0);

export function newContainer(
  id: number,
  service: number,
  number: number,
  name: string,
  now: number,
): Container {
  return {
    id,
    // What every request reads lies side by side, in few lines of the memory.
    server: -1,
    listening: false,
    booted: false,
    frozen: false,
    active: 0,
    work: emptyList(),
    backlog: emptyList(),
    homes: STATE_KINDS.map(() => -1),
    behaviour: PLAIN,
    limitMb: 0,
    slow: 1,
    workMs: 0,
    taken: 0,
    diskEntry: -1,
    lines: 0,
    life: 0,
    phase: 'created',
    links: [],
    entry: -1,
    lifeEntry: -1,
    faultEntry: -1,
    clearedEntry: -1,
    differs: false,
    checkedAt: -1,
    checkOk: false,
    streams: 0,
    service,
    number,
    name,
    host: 0,
    image: '',
    tag: '',
    build: 0,
    version: 0,
    inc: 0,
    reason: '',
    exitCode: -1,
    memoryMb: 0,
    served: 0,
    terminating: false,
    toldAt: -1,
    afterStop: 'stay',
    restart: 'no',
    restartMax: 0,
    manualStop: false,
    disarmed: false,
    restarts: 0,
    address: -1,
    attempts: [],
    pending: false,
    backoff: 0,
    createdAt: now,
    startedAt: -1,
    readyAt: -1,
    endedAt: -1,
    since: now,
    dueAt: -1,
    ready: false,
    readySince: 0,
    streak: 0,
    health: null,
    healthStreak: 0,
    processPlaces: [],
    layerPlaces: [],
    mounts: [],
    environment: {},
    edits: new Map(),
    counted: 0,
    countedEdits: 0,
    lostSessions: 0,
    logPlace: -1,
    replaces: -1,
    slot: 0,
    revision: 0,
    readAt: -1,
    readWorkMs: 0,
    readTaken: 0,
    load: 0,
    started: false,
    startupStreak: 0,
    livenessStreak: 0,
    probeAsked: -1,
    probeAnswered: -1,
  };
}

/** Makes one container like another; it keeps its lists. */
export function copyContainer(to: Writable<Container>, from: Container): void {
  to.id = from.id;
  to.server = from.server;
  to.listening = from.listening;
  to.booted = from.booted;
  to.frozen = from.frozen;
  to.active = from.active;
  copyList(to.work, from.work);
  copyList(to.backlog, from.backlog);
  to.homes = from.homes;
  to.behaviour = from.behaviour;
  to.limitMb = from.limitMb;
  to.slow = from.slow;
  to.workMs = from.workMs;
  to.taken = from.taken;
  to.diskEntry = from.diskEntry;
  to.lines = from.lines;
  to.life = from.life;
  to.phase = from.phase;
  to.links = from.links;
  to.entry = from.entry;
  to.lifeEntry = from.lifeEntry;
  to.faultEntry = from.faultEntry;
  to.clearedEntry = from.clearedEntry;
  to.differs = from.differs;
  to.checkedAt = from.checkedAt;
  to.checkOk = from.checkOk;
  to.streams = from.streams;
  to.service = from.service;
  to.number = from.number;
  to.name = from.name;
  to.host = from.host;
  to.image = from.image;
  to.tag = from.tag;
  to.build = from.build;
  to.version = from.version;
  to.inc = from.inc;
  to.reason = from.reason;
  to.exitCode = from.exitCode;
  to.memoryMb = from.memoryMb;
  to.served = from.served;
  to.terminating = from.terminating;
  to.toldAt = from.toldAt;
  to.afterStop = from.afterStop;
  to.restart = from.restart;
  to.restartMax = from.restartMax;
  to.manualStop = from.manualStop;
  to.disarmed = from.disarmed;
  to.restarts = from.restarts;
  to.address = from.address;
  to.attempts = from.attempts;
  to.pending = from.pending;
  to.backoff = from.backoff;
  to.createdAt = from.createdAt;
  to.startedAt = from.startedAt;
  to.readyAt = from.readyAt;
  to.endedAt = from.endedAt;
  to.since = from.since;
  to.dueAt = from.dueAt;
  to.ready = from.ready;
  to.readySince = from.readySince;
  to.streak = from.streak;
  to.health = from.health;
  to.healthStreak = from.healthStreak;
  to.processPlaces = from.processPlaces;
  to.layerPlaces = from.layerPlaces;
  to.mounts = from.mounts;
  to.environment = from.environment;
  to.edits = from.edits;
  to.counted = from.counted;
  to.countedEdits = from.countedEdits;
  to.lostSessions = from.lostSessions;
  to.logPlace = from.logPlace;
  to.replaces = from.replaces;
  to.slot = from.slot;
  to.revision = from.revision;
  to.readAt = from.readAt;
  to.readWorkMs = from.readWorkMs;
  to.readTaken = from.readTaken;
  to.load = from.load;
  to.started = from.started;
  to.startupStreak = from.startupStreak;
  to.livenessStreak = from.livenessStreak;
  to.probeAsked = from.probeAsked;
  to.probeAnswered = from.probeAnswered;
}

/** Moves along the lifecycle table; an event that does not apply is a fault of the engine, not of a command. */
export function move(c: Container, event: LifecycleEvent, now: number, dueAt = -1): void {
  const next = LIFECYCLE[c.phase][event];
  if (next === undefined)
    throw new Error(`lifecycle: '${event}' does not apply to ${c.name}, which is ${c.phase}`);
  c.phase = next;
  c.inc++;
  c.since = now;
  c.dueAt = dueAt;
}

/** A start by hand arms the restart manager again, and counts from nothing (S-6). */
export function arm(c: Container): void {
  c.manualStop = false;
  c.disarmed = false;
  c.restarts = 0;
  c.backoff = 0;
}

/** A process exists. */
export const alive = (c: Container): boolean =>
  c.phase === 'booting' || c.phase === 'running' || c.phase === 'prestop' || c.phase === 'stopping';

/** Serves requests: booted and not on its way out. */
export const serving = (c: Container): boolean =>
  c.phase === 'running' && c.listening && c.booted && !c.frozen;
