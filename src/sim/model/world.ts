import type { Balancer } from '../balancers/balancer.ts';
import { Blocks } from '../engine/blocks.ts';
import { Deadlines } from '../engine/deadlines.ts';
import { EventQueue } from '../engine/event-queue.ts';
import { Journal } from '../engine/journal.ts';
import { Stream } from '../engine/random.ts';
import type { Sealed } from '../engine/pages.ts';
import { RunHash } from '../engine/run-hash.ts';
import { M } from '../metrics/columns.ts';
import { MetricsFold } from '../metrics/metrics.ts';
import type { ScalerState } from '../platforms/mechanisms/scaler.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Kind } from '../kinds/kind.ts';
import type { StateModel } from '../state-models/state-model.ts';
import type { StoreKind } from '../stores/store-kind.ts';
import { EV } from './events.ts';
import type { LegLog } from './legs.ts';
import { type CodeTables, newCodeTables } from './behaviour.ts';
import { type GitOps, inSync } from './gitops.ts';
import { differs } from './drift.ts';
import { type Images, noImages } from './images.ts';
import { type Container, alive, serving } from './container.ts';
import { Items } from './items.ts';
import type { Partition } from './network.ts';
import { type Bound, type Place, Places } from './places.ts';
import { Connections } from './connections.ts';
import { KeptConnections } from './kept.ts';
import { Requests, type RequestTable } from './requests.ts';
import {
  type AppService,
  type BalancerService,
  REQUEST_KINDS,
  type Scenario,
  type Service,
  STATE_KINDS,
  type Traffic,
} from './scenario.ts';
import { type Proxy, newProxy, type Server } from './server.ts';
import type { Store } from './store.ts';
import { Users } from './users.ts';

/** A service as the platform runs it now; changes under commands. */
export interface ServiceState {
  /** Changed by `World.define` only. */
  readonly def: Service;
  wanted: number;
  nextNumber: number;
  image: string;
  /** Build that its digest names, where the platform remembers one. */
  build: number;
  /** Counts changes that make containers out of date. */
  revision: number;
}

export const newService = (def: Service, wanted: number): ServiceState => ({
  def,
  wanted,
  nextNumber: 1,
  image: def.image,
  build: 0,
  revision: 0,
});

/** A machine. The one after the last of the scenario is where the balancer and the stores run, if not with the herd. */
export interface Host {
  readonly id: number;
  readonly name: string;
  /** Containers that are on it, or to be, and not removed. */
  load: number;
  up: boolean;
  /** Shutting down in order: nothing new is started on it. */
  stopping: boolean;
  /** Gone with its disks. */
  lost: boolean;
  /** When it went or came. */
  since: number;
  /** Cancels its timers. */
  inc: number;
  /** Journal entry of its present trouble. */
  entry: number;
}

export const newHost = (id: number, name: string): Host => ({
  id,
  name,
  load: 0,
  up: true,
  stopping: false,
  lost: false,
  since: 0,
  inc: 0,
  entry: -1,
});

/** Streams of random numbers, one a concern (design §3). */
export const STREAMS = [
  'arrivals',
  'choices',
  'work',
  'balancer',
  'checks',
  'faults',
  'streams',
  'stores',
  'gitops',
  'members',
] as const;

/** Containers, servers and places that nobody looks at any more. */
interface SpareRows {
  readonly containers: Container[];
  readonly servers: Server[];
  readonly places: Place[];
}

/** Everything that a run is made of. Modules of the model are functions over it; they meet through events. */
export class World {
  now = 0;
  /** Executed events. */
  events = 0;
  readonly queue = new EventQueue();
  /** Room for copies of its tables: not part of the run. */
  readonly blocks = new Blocks();
  /** Rows of a checkpoint that was given back: they are written over for the next one. Not part of the run. */
  spare: SpareRows | null = null;
  readonly hash = new RunHash();
  readonly journal = new Journal();
  readonly metrics = new MetricsFold();
  readonly requests: RequestTable = new Requests();
  readonly connections = new Connections();
  readonly kept = new KeptConnections();
  readonly items: Sealed<Items> = new Items();
  readonly places = new Places();
  readonly clientDeadlines = new Deadlines(this.queue, EV.clientDeadline);
  readonly serverDeadlines = new Deadlines(this.queue, EV.serverDeadline);
  /** Of requests that wait in the balancer. */
  readonly queueDeadlines = new Deadlines(this.queue, EV.queueTimeout);
  readonly random: Record<(typeof STREAMS)[number], Stream>;
  readonly users: Sealed<Users>;
  /** Attempts of each long-lived client to connect since it last was connected, 255 at most. */
  readonly streamTries: Uint8Array;
  readonly containers: Container[] = [];
  readonly services: ServiceState[] = [];
  readonly stores: Store[] = [];
  readonly hosts: Host[] = [];
  /** Cuts in the network, and how many things stand in the way of packets: those and hosts that are down. */
  partitions: readonly Partition[] = [];
  silent = 0;
  readonly proxy: Proxy = newProxy();
  /** Rows of uploads ever stored, for "an earlier upload of anybody". */
  readonly uploads: number[] = [];
  /** Rows of uploads under keys that may be written over, by place and key (uploads.ts). */
  objects = new Map<number, number>();
  /** Image tags in order of appearance. */
  readonly tags: string[] = [];
  readonly formats: string[] = [''];
  code: CodeTables = newCodeTables();
  images: Images = noImages();
  gitops: GitOps = inSync();
  /** Pages ask for assets of their own version: a browse is then two exchanges. */
  hasAssets = false;
  /** Containers of the herd that differ from their definition; those with edits in their layer, and how many edits. */
  differing = 0;
  driftContainers = 0;
  driftChanges = 0;
  /** Number of the request that is being traced, -1 = none; and how it ended. Not part of the run. */
  traced = -1;
  ended: { request: number; container: number; status: number; cause: number; because: number } | null = null;
  /** Requests sent since t = 0, and those not yet ended. */
  sent = 0;
  inFlight = 0;
  sessionsHeld = 0;
  running = 0;
  capacity = 0;
  /** The balancer's own process serves; else the entry that says why not. */
  frontUp = true;
  frontEntry = -1;
  /** The balancer's container; -1 = none. */
  frontContainer = -1;
  /** Named volumes by `host/name`, and further tables that platforms keep; values are plain data. */
  readonly volumes = new Map<string, number>();
  /** Plain data of the platform (slots, rollouts). */
  platformState: unknown = null;
  /** What the herd's scaler remembers; null = there is none. */
  scaler: ScalerState | null = null;
  /** Plain data of the kinds of state, by index of STATE_KINDS. */
  kindState: unknown[];
  /** Kinds that are active, as bits; and of those the ones with a say before and after a request's work. */
  kindsOn = 0;
  askers = 0;
  finishers = 0;
  /** The scenario, and of it what every request reads: its traffic, and the ms that a hop takes one way. */
  scenario: Scenario;
  traffic: Traffic;
  hop: number;
  /** The herd's definition, and the balancer's settings; without one those of a bare published port. */
  app: AppService;
  lb: BalancerService;
  readonly seed: number;
  readonly platform: Platform;
  readonly balancer: Balancer;
  /** `balancer.perConnection`: client connections are bound to containers. */
  readonly pinned: boolean;
  private readonly directService: BalancerService;
  readonly stateModels: Readonly<Record<string, StateModel>>;
  readonly storeKinds: Readonly<Record<string, StoreKind>>;
  readonly kinds: readonly Kind[];
  readonly legs: LegLog;

  // Read off the scenario once, and again when it is another.
  private mixSeen: unknown = null;
  private readonly mixSums = new Float64Array(REQUEST_KINDS.length);

  /** Index of the herd, and of the balancer (-1 = none), among the services. */
  readonly herd: number;
  readonly front: number;

  constructor(
    scenario: Scenario,
    seed: number,
    parts: {
      platform: Platform;
      balancer: Balancer;
      directService: BalancerService;
      stateModels: Readonly<Record<string, StateModel>>;
      storeKinds: Readonly<Record<string, StoreKind>>;
      kinds: readonly Kind[];
      legs: LegLog;
    },
  ) {
    this.scenario = scenario;
    this.traffic = scenario.traffic;
    this.hop = scenario.traffic.hopMs;
    this.seed = seed;
    this.platform = parts.platform;
    this.balancer = parts.balancer;
    this.pinned = parts.balancer.perConnection;
    this.directService = parts.directService;
    this.herd = scenario.services.findIndex((s) => s.name === scenario.backend);
    this.front = scenario.services.findIndex((s) => s.role === 'balancer');
    this.app = scenario.services[this.herd] as AppService;
    this.lb = this.front < 0 ? this.directService : (scenario.services[this.front] as BalancerService);
    this.stateModels = parts.stateModels;
    this.storeKinds = parts.storeKinds;
    this.kinds = parts.kinds;
    this.kindState = STATE_KINDS.map((name) => parts.kinds.find((kind) => kind.kind === name)?.initial());
    this.legs = parts.legs;
    this.users = new Users(scenario.traffic.users, seed);
    this.streamTries = new Uint8Array(scenario.traffic.streams.clients);
    const streams = {} as Record<(typeof STREAMS)[number], Stream>;
    STREAMS.forEach((name, i) => (streams[name] = new Stream(seed, i)));
    this.random = streams;
  }

  /** Schedules an event `delay` ms from now. */
  after(delay: number, kind: number, a: number, b = 0): void {
    this.queue.push(this.now + delay, kind, a, b);
  }
  /** The same one hop from now: the most usual delay, and no float on the way that may need a box. */
  afterHop(kind: number, a: number, b: number): void {
    this.queue.push(this.now + this.hop, kind, a, b);
  }
  at(time: number, kind: number, a: number, b = 0): void {
    this.queue.push(time < this.now ? this.now : time, kind, a, b);
  }

  /** The definition that a service runs by from now on. */
  define(s: ServiceState, def: Service): void {
    (s as { def: Service }).def = def;
    this.readDefinitions();
  }

  /** Looks up what every request asks of the definitions; call when `services` or what runs them has changed otherwise. */
  readDefinitions(): void {
    this.app = this.services[this.herd].def as AppService;
    this.lb = this.front < 0 ? this.directService : (this.services[this.front].def as BalancerService);
  }

  /** Plays by the settings of another scenario from now on; its services' definitions are told by `define`. */
  follow(scenario: Scenario): void {
    this.scenario = scenario;
    this.traffic = scenario.traffic;
    this.hop = scenario.traffic.hopMs;
  }

  /** Sums of the shares of the request mix up to each kind. */
  mixUpTo(): Float64Array {
    const mix = this.scenario.traffic.mix;
    if (mix !== this.mixSeen) {
      this.mixSeen = mix;
      let sum = 0;
      REQUEST_KINDS.forEach((kind, i) => (this.mixSums[i] = sum += mix[kind]));
    }
    return this.mixSums;
  }

  /** The one place of this name for all containers, opened on first use; on a host it ends with that, -1 = it is on none. */
  sharedPlace(bound: Bound, label: string, host = -1): number {
    for (const place of this.places.all.values())
      if (place.bound === bound && place.label === label && place.host === host) return place.serial;
    return this.places.open(bound, -1, label, host);
  }

  /** The place of the first store of a kind, or -1. */
  storePlace(kind: string): number {
    return this.stores.find((s) => s.kind.name === kind)?.place ?? -1;
  }

  /** So many more sessions exist. */
  holdSessions(more: number): void {
    this.sessionsHeld += more;
    this.metrics.gauge(M.held, this.sessionsHeld);
  }

  /** Recounts what follows from the phases and definitions of all containers. */
  recount(): void {
    this.running = 0;
    this.capacity = 0;
    this.differing = 0;
    this.driftContainers = 0;
    this.driftChanges = 0;
    this.frontContainer = -1;
    for (const c of this.containers) {
      if (c.service === this.front && c.phase !== 'removed') this.frontContainer = c.id;
      c.counted = 0;
      c.countedEdits = 0;
      this.count(c);
    }
    this.tellCounts();
  }

  /** The same when only this container has changed: a herd of thousands starts one by one. */
  recountOne(c: Container): void {
    if (c.service === this.front) {
      this.recount();
      return;
    }
    this.count(c);
    this.tellCounts();
  }

  /** Replaces what a container was counted as by what it is. */
  private count(c: Container): void {
    const is = c.service === this.herd && c.phase !== 'removed';
    if (is) c.differs = differs(this, c);
    const edits = is ? c.edits.size : 0;
    const now = is ? (alive(c) ? 1 : 0) | (serving(c) ? 2 : 0) | (c.differs ? 4 : 0) : 0;
    const was = c.counted;
    this.running += (now & 1) - (was & 1);
    this.capacity += ((now & 2) - (was & 2)) >> 1;
    this.differing += ((now & 4) - (was & 4)) >> 2;
    this.driftContainers += (edits > 0 ? 1 : 0) - (c.countedEdits > 0 ? 1 : 0);
    this.driftChanges += edits - c.countedEdits;
    c.counted = now;
    c.countedEdits = edits;
  }

  private tellCounts(): void {
    this.frontUp = this.balancer.runsIn !== 'container';
    if (this.frontContainer >= 0) {
      const c = this.containers[this.frontContainer];
      this.frontUp = c.phase === 'running' && !c.frozen;
      this.frontEntry = c.faultEntry >= 0 ? c.faultEntry : c.entry;
    }
    this.metrics.gauge(M.running, this.running);
    this.metrics.gauge(M.capacity, this.capacity);
    this.metrics.gauge(M.driftContainers, this.driftContainers);
    this.metrics.gauge(M.driftChanges, this.driftChanges);
  }
}
