/**
 * A scenario as the simulation reads it: every default filled in, every duration in ms of virtual time.
 * `src/scenario` makes one from a compose file; tests may write one by hand.
 */

import type { KindSettings } from '../kinds/settings.ts';
import type {
  DisruptionBudget,
  Healthcheck,
  Probe,
  Readiness,
  RestartPolicy,
  Scaler,
  UpdateConfig,
} from './upkeep.ts';

/** How long something takes. `fixed`, `exponential` (mean), `uniform` and `lognormal` (median, 95th percentile), all in ms. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly p95: number };

/** A console line at an instant. `at` is an integer number of ms. */
export interface TimedLine {
  readonly at: number;
  readonly do: string;
}

/** What a request asks for, in the order of the codes that the engine stores. */
export const REQUEST_KINDS = ['browse', 'sign-in', 'upload', 'view-upload', 'post', 'checkout'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export interface Traffic {
  readonly users: number;
  /** Open load: arrivals a second, Poisson, each for a random user. Null = closed load. */
  readonly rate: number | null;
  /** Closed load: mean (exponential) think time between an answer and the next request, in ms. */
  readonly thinkMs: number;
  /** Sinusoid-like (triangular) swing of the open rate, or of 1/think: amplitude 0..1 and period. */
  readonly wave: { readonly amplitude: number; readonly periodMs: number } | null;
  /** The rate is multiplied by `factor` in [atMs, atMs + forMs). */
  readonly spike: { readonly atMs: number; readonly forMs: number; readonly factor: number } | null;
  /** Weights, not shares. */
  readonly mix: Readonly<Record<RequestKind, number>>;
  /** Everyone holds a session at t = 0, where a sign-in through the balancer would have put it. */
  readonly signedIn: boolean;
  /** After a 401: sign in at once, or when the user next wants something. */
  readonly relogin: 'at-once' | 'next';
  /** Work of a sign-in beyond an ordinary request's service time, in ms (exponential mean). */
  readonly signInMs: number;
  readonly keepAlive: boolean;
  /** The client gives up after this long. */
  readonly timeoutMs: number;
  /**
   * Client retries after a failure, its own time-out included; attempts 0 = none. The back-off doubles up to `maxMs`;
   * `jitter` is the share of it that is random. The time-out counts anew for each attempt.
   */
  readonly retry: {
    readonly attempts: number;
    readonly backoffMs: number;
    readonly jitter: number;
    readonly maxMs: number;
  };
  /** A checkout carries a key; whoever finds an order under that key where it would store one stores no second (C-7). */
  readonly idempotency: boolean;
  /** The client resends a request whose kept-alive connection was closed without an answer, as browsers do. */
  readonly browserResend: boolean;
  /** Long-lived connections (SSE/WebSocket): how many clients, and when they reconnect. */
  readonly streams: {
    readonly clients: number;
    readonly retryMs: number;
    /** Each failed attempt in a row multiplies the wait by this, up to `maxMs`; 1 = the same wait every time. */
    readonly backoff: number;
    /** Share of the wait that is added at random. */
    readonly jitter: number;
    readonly maxMs: number;
  };
  /** Uploads already stored at t = 0, spread as the balancer would have spread them. */
  readonly storedUploads: number;
  /** Keys that uploads are stored under, each user always the same one; 0 = each upload has a key of its own. */
  readonly uploadKeys: number;
  /** Networks (/24) that the users come from, evenly; 0 = each from their own. What `ip_hash` goes by. */
  readonly networks: number;
  /** One hop, one way, in ms. */
  readonly hopMs: number;
}

/** Kinds of state an application has, each with a home. Order fixed: the engine stores the index. */
export const STATE_KINDS = [
  'sessions',
  'uploads',
  'records',
  'cache',
  'logs',
  'jobs',
  'config',
  'secrets',
  'counters',
  'membership',
  'identity',
] as const;
export type StateKind = (typeof STATE_KINDS)[number];

/** A mount of a service: an anonymous volume has no source. */
export interface Mount {
  readonly type: 'volume' | 'bind' | 'tmpfs' | 'network';
  readonly source: string | null;
  readonly target: string;
}

/** What `docker compose up` starts before a service; other platforms do not ask (S-41). */
export interface Dependency {
  /** Name of a service; one that takes no part in the run is no dependency. */
  readonly service: string;
  /** Every container of it has to be healthy first; else it only has to be started. */
  readonly healthy: boolean;
  /** An error if it never comes; else the service is started all the same. */
  readonly required: boolean;
}

interface ServiceBase {
  readonly name: string;
  /** Repository and tag, as written: `shop:1.0`. */
  readonly image: string;
  /** Compose `pull_policy`: fetch the image at every creation, or where there is none; null = as the platform does. */
  readonly pullPolicy: 'always' | 'missing' | null;
  readonly replicas: number;
  readonly containerName: string | null;
  readonly restart: RestartPolicy;
  /** on-failure:N; 0 = no limit. */
  readonly restartMax: number;
  /** Swarm `deploy.restart_policy`. */
  readonly restartCondition: 'any' | 'on-failure' | 'none';
  readonly restartDelayMs: number;
  /** Swarm: `restartMax` counts replacements within this time; 0 = all since the spec changed (S-45). */
  readonly restartWindowMs: number;
  readonly stopGraceMs: number;
  /** STOPSIGNAL of the image or Compose's `stop_signal`, without SIG: `QUIT`; null = not set, and a stop sends SIGTERM (S-5, S-12). */
  readonly stopSignal: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck: Healthcheck | null;
  /** Fixed ports of the machine; on Swarm those in `mode: host`, and only one task of a node can have each. */
  readonly hostPorts: readonly number[];
  readonly dependsOn: readonly Dependency[];
  readonly mounts: readonly Mount[];
  readonly readOnly: boolean;
  readonly update: UpdateConfig;
  /** Swarm `deploy.rollback_config`. */
  readonly rollback: UpdateConfig;
}

/** What differs between image tags. Unset fields fall back to the service's own. */
export interface Version {
  readonly bootMs?: number;
  /** Share of answers that are a 500 of the application's own. */
  readonly errorRate?: number;
  readonly serviceTime?: Distribution;
  /** Sessions written in one format are unreadable to a version with another. */
  readonly sessionFormat?: string;
  /** Database schema that its code is written for: the first start of a version with another one migrates. */
  readonly schema?: string;
  /** `compatible` = the code of the schema before goes on working (expand); else it fails (contract). */
  readonly migration?: 'destructive' | 'compatible';
  /** Build of the assets that its pages ask for; another build's container answers 404. */
  readonly assets?: string;
  readonly healthcheck?: 'ok' | 'wrong' | 'never';
  /** `boot` = its process never comes up; a number = it crashes that many ms after it did. */
  readonly crash?: 'boot' | number;
  /** `fails` = no host can get the image (a start needs it; what runs at t = 0 has it). */
  readonly pull?: 'ok' | 'fails';
  /** Compose: `fails` = the engine makes no container of it, for its image names no command (S-32). */
  readonly create?: 'ok' | 'fails';
  /** Names that the environment has to set, beyond the service's own. */
  readonly requires?: readonly string[];
}

export interface AppService extends ServiceBase {
  readonly role: 'app';
  /** Process start until it listens. */
  readonly bootMs: number;
  /** `early` listens at once and answers 503 until booted. */
  readonly startup: 'closed' | 'early';
  readonly serviceTime: Distribution;
  /** Requests worked on at once, FIFO beyond; Infinity = unlimited. */
  readonly concurrency: number;
  /** The work also blocks accepts and health answers. */
  readonly blocking: boolean;
  readonly pid1: 'exec' | 'shell' | 'init';
  readonly sigterm: 'drain' | 'exit' | 'none';
  /** Time to send an answer after its status, in ms; a death in between cuts it off. */
  readonly transferMs: number;
  /** The application closes a kept connection that was idle for this long, in ms; Infinity = never. */
  readonly keepAliveTimeoutMs: number;
  readonly streamsOnTerm: 'close' | 'keep';
  readonly prestopMs: number;
  /** When the balancer is told that a container leaves: before SIGTERM, together with it, or not at all. */
  readonly drain: 'before' | 'concurrent' | 'none';
  /** How late the balancer is told, of additions and removals. */
  readonly endpointDelayMs: number;
  readonly readiness: Readiness;
  /** `kubernetes` only: a failed one restarts the container; null = none. */
  readonly liveness: Probe | null;
  /** `kubernetes` only: the others wait until it has passed; a failed one restarts the container; null = none. */
  readonly startupProbe: Probe | null;
  readonly rollout: {
    readonly strategy: 'rolling' | 'recreate' | 'blue-green' | 'canary';
    /** A count, or a percentage of the replicas that the platform resolves (surge rounds up, unavailable down: S-58). */
    readonly maxSurge: number | { readonly percent: number };
    readonly maxUnavailable: number | { readonly percent: number };
    readonly minReadyMs: number;
    readonly deadlineMs: number;
    /** Blue-green: how long the herd before is kept, out of traffic. */
    readonly keepMs: number;
    readonly canary: {
      /** Shares of the traffic, 0..1, one after the other; after the last everything is rolled. */
      readonly steps: readonly number[];
      readonly intervalMs: number;
      /** Share of failed requests, 0..1, beyond which it is given up. */
      readonly maxErrorRate: number;
      /** Requests to it that an interval must have seen to be judged by. */
      readonly minRequests: number;
    };
  };
  /** `bare` only: what its supervisor does when a process ends. */
  readonly onExit: {
    readonly do: 'restart' | 'replace' | 'none';
    readonly delayMs: number;
    readonly layer: 'keep' | 'wipe';
  };
  /** Home of each kind of state: a name in the state-model registry. */
  readonly state: Readonly<Record<StateKind, string>>;
  /** Directory of a kind whose home is `volume`; unset = `/app/<kind>`. The mount that it lies in is its volume. */
  readonly paths: Readonly<Partial<Record<StateKind, string>>>;
  readonly storeClient: {
    /** Commands wait for a store that is away; else they fail at once. */
    readonly offlineQueue: boolean;
    /** A command unanswered for this long fails; Infinity = never. */
    readonly timeoutMs: number;
    /** Reconnection attempts after which waiting commands fail. */
    readonly attempts: number;
  };
  /** How long a session lasts from its last write, in ms; Infinity = as long as its home. Sliding = every use is a write (S-109). */
  readonly sessions: { readonly ttlMs: number; readonly sliding: boolean };
  /** Connections to a database that each container keeps open. */
  readonly dbPool: number;
  readonly versions: Readonly<Record<string, Version>>;
  /** What it does with the kinds of state beyond sessions, uploads and records. */
  readonly kinds: KindSettings;
  /** Limit of a container's cgroup in MB of 1024² bytes; null = none. */
  readonly memoryLimitMb: number | null;
  /** What a process uses of it. */
  readonly memory: {
    readonly baseMb: number;
    readonly leakPerRequestMb: number;
    readonly leakPerSecondMb: number;
    readonly perSessionMb: number;
    readonly perRequestMb: number;
  };
  /** Names that the environment has to set, or the process ends while it starts. */
  readonly requires: readonly string[];
  /** `kubernetes` only: pods that are alike, or numbered ones with volumes of their own (S-76). */
  readonly workload: 'deployment' | 'statefulset';
  /** `kubernetes` only: what a drain leaves running; null = nothing in particular. */
  readonly pdb: DisruptionBudget | null;
  /** Null = nobody scales the herd but people. */
  readonly scaler: Scaler | null;
}

export interface BalancerService extends ServiceBase {
  readonly role: 'balancer';
  /** A name in the balancer registry. */
  readonly kind: string;
  readonly balance: 'roundrobin' | 'leastconn' | 'random' | 'random(1)' | 'source' | 'hash-user';
  /** HAProxy: what a hash chooses from: the list of those that are up, or points on a circle (S-86). */
  readonly hashType: 'map-based' | 'consistent';
  /**
   * How it learns of containers: it is told; or it looks the name of their service up, at its start and at a reload only,
   * or again every so many ms (S-39, S-40).
   */
  readonly resolve: 'told' | 'once' | number;
  readonly sticky: 'none' | 'cookie';
  readonly check: {
    readonly interMs: number;
    readonly fastinterMs: number | null;
    readonly downinterMs: number | null;
    readonly fall: number;
    readonly rise: number;
    /** Null = `inter`. */
    readonly timeoutMs: number | null;
  } | null;
  readonly retries: number;
  /** false; true (last retry only, or at once where no cookie binds); or every k-th retry. */
  readonly redispatch: boolean | number;
  /** HAProxy's `option persist`: a cookie's server is tried even while it is DOWN (S-87). */
  readonly persist: boolean;
  /** HAProxy's words (`conn-failure`, `empty-response`, `503`, `all-retryable-errors`, …). */
  readonly retryOn: readonly string[];
  /** `http-request disable-l7-retry if METH_POST`. */
  readonly noPost: boolean;
  readonly connectTimeoutMs: number;
  readonly serverTimeoutMs: number;
  /** Null = connect timeout. */
  readonly queueTimeoutMs: number | null;
  /** Connections a server; 0 = unlimited. */
  readonly maxconn: number;
  readonly slowstartMs: number;
  readonly observe: 'layer4' | 'layer7' | null;
  readonly errorLimit: number;
  readonly onError: 'mark-down' | 'fastinter' | 'fail-check' | 'sudden-death';
  readonly onMarkedDown: 'shutdown-sessions' | 'none';
  /** Idle time of a worker when a queue held in the balancer hands over. */
  readonly handoverMs: number;
  /** Idle connections kept to servers; 0 = none. */
  readonly keepalive: number;
  /** How long the balancer itself keeps an idle one, in ms. */
  readonly idleTimeoutMs: number;
  /** nginx. */
  readonly maxFails: number;
  readonly failTimeoutMs: number;
  readonly nextUpstream: readonly string[];
  /** ALB: how long requests of a target that was deregistered may go on. */
  readonly deregistrationMs: number;
}

/** What a store does when it is full. */
export const EVICTION_POLICIES = [
  'noeviction',
  'allkeys-lru',
  'allkeys-random',
  'volatile-lru',
  'volatile-random',
  'volatile-ttl',
] as const;
export type EvictionPolicy = (typeof EVICTION_POLICIES)[number];

export interface StoreService extends ServiceBase {
  readonly role: 'store';
  /** A name in the store registry: `redis`, `s3`, … */
  readonly kind: string;
  readonly persistence: 'none' | 'rdb' | 'aof';
  /** Redis `save`: a snapshot once this long has passed since the last and so many changes have come (S-104). */
  readonly savePoints: readonly { readonly afterMs: number; readonly changes: number }[];
  /** How often the append-only file is flushed to disk. */
  readonly appendfsync: 'everysec' | 'always';
  /** Keys that fit; Infinity = no limit. */
  readonly maxmemory: number;
  readonly policy: EvictionPolicy;
  readonly latencyMs: number;
  readonly maxConnections: number;
  /** Who takes over: nobody; a replica that Sentinel promotes; a replica that only a command promotes (S-110, S-112). */
  readonly failover: 'none' | 'sentinel' | 'standby';
  /** How long a primary may be silent, how long it takes to agree on the replica, and how late that learns of writes, in ms. */
  readonly downAfterMs: number;
  readonly electionMs: number;
  readonly replicationLagMs: number;
  /** Commands a second for each prefix, and prefixes that keys are spread over (S-114). */
  readonly maxReads: number;
  readonly maxWrites: number;
  readonly prefixes: number;
}

export type Service = AppService | BalancerService | StoreService;

export interface Scenario {
  /** The Compose project name: containers are `<name>-<service>-<n>`. */
  readonly name: string;
  /** A name in the platform registry. */
  readonly platform: string;
  /** Machines that carry the apps. */
  readonly hosts: number;
  /** How long a host is away when it reboots, in ms. */
  readonly rebootMs: number;
  readonly seed: number;
  readonly script: readonly TimedLine[];
  /** Kubernetes: an agent that keeps the cluster as the file says (S-125); null = nobody does. */
  readonly gitops: { readonly pollMs: number; readonly jitterMs: number; readonly selfHeal: boolean } | null;
  readonly traffic: Traffic;
  /** In file order. */
  readonly services: readonly Service[];
  /** The app service that the balancer serves: the herd. */
  readonly backend: string;
}
