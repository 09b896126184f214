/**
 * What a run shows to those who draw it: plain data, no methods, cheap to make, safe to send between threads.
 * Nothing here is read back by the simulation.
 */

/** Where a container is in its life. */
export type Phase =
  | 'created' //    exists, never started
  | 'waiting' //    its platform waits before it starts (restart delay, back-off); see `dueAt`
  | 'booting' //    process started, does not serve yet; see `dueAt`
  | 'running' //    serves
  | 'prestop' //    leaving: told to wait before SIGTERM; see `dueAt` (the SIGKILL)
  | 'stopping' //   got SIGTERM; see `dueAt` (the SIGKILL)
  | 'exited' //     process ended; the container and its layer remain
  | 'removed'; //   gone; kept in the view for a while so that its end can be drawn

/** What the balancer believes about one server. */
export type ServerState = 'up' | 'down' | 'drain' | 'maint' | 'absent';

/** What one member of a cluster believes, beside what is. */
export interface PeersView {
  readonly known: number;
  /** Of these: the ones whose process is gone. */
  readonly dead: number;
  /** Members that are there and that it does not know. */
  readonly unknown: number;
  /** Ids of the dead that it believes in, and of the living that it does not know; empty in a cluster of more than 40. */
  readonly ghosts: readonly number[];
  readonly strangers: readonly number[];
}

export interface ContainerView {
  readonly id: number;
  readonly name: string;
  /** The number on the ear tag: the `n` of `<project>-<service>-<n>`. */
  readonly number: number;
  readonly service: string;
  readonly role: 'app' | 'balancer' | 'store';
  readonly host: number;
  /** Image tag: `1.0`. */
  readonly tag: string;
  /** Index of the tag among the tags this run has seen, in order of appearance: draws hue and shape. */
  readonly version: number;
  readonly phase: Phase;
  /** Why it ended or waits, as a word: `killed`, `crashed`, `stopped`, `oom`, `replaced`, `scaled in`, or ''. */
  readonly reason: string;
  /** What its platform's own tool calls its condition, where it has a word of its own for it: `CrashLoopBackOff`; else ''. */
  readonly status: string;
  /** Id of the container that it takes the place of, or null. */
  readonly replaces: number | null;
  readonly exitCode: number | null;
  readonly frozen: boolean;
  /** Processes requests this many times slower than it should; 1 = as configured. */
  readonly slow: number;
  /** Share of its memory limit that its process uses, from 0; null = no limit, or no process. */
  readonly memory: number | null;
  /** The disk under its layer is full. */
  readonly diskFull: boolean;
  /** Packets between it and the balancer vanish. */
  readonly cutOff: boolean;
  /** HEALTHCHECK state, or null where none is defined. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | null;
  readonly server: ServerState;
  /** Sessions held in this container (memory, layer or tmpfs); for those on a volume see `volumes`. */
  readonly sessions: number;
  /** Sessions that were lost when it last ended. */
  readonly lostSessions: number;
  readonly uploads: number;
  /** Executions of the scheduled job that are under way in it. */
  readonly jobs: number;
  /** Share of the keys that its own cache holds, 0..1; null = it has none of its own. */
  readonly cached: number | null;
  /** Hand edits: paths in `docker diff` beyond the image's own runtime files. */
  readonly edits: number;
  /** Which code it runs, beside its version: 0 = as its image was built; equal numbers answer alike. */
  readonly variant: number;
  /** Whom it takes for its peers (itself not counted), where it keeps a list of them; null = it does not, or has no process. */
  readonly peers: PeersView | null;
  readonly inFlight: number;
  /** How many requests it may work on at once: its own limit or the balancer's for a server; null = no limit. */
  readonly slots: number | null;
  /** It takes new connections. */
  readonly listening: boolean;
  readonly queued: number;
  readonly streams: number;
  readonly restarts: number;
  /** ms of virtual time; null = never. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** When the present phase ends by itself (ready, SIGKILL, restart), or null. */
  readonly dueAt: number | null;
  /** When the present phase began. */
  readonly since: number;
  /** Time of the last health check that the balancer or platform made of it, and whether it passed. */
  readonly checkedAt: number | null;
  readonly checkOk: boolean;
}

export interface StoreView {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly state: 'up' | 'down' | 'paused' | 'slow' | 'full';
  readonly persistence: string;
  readonly sessions: number;
  readonly uploads: number;
  readonly records: number;
  readonly evicted: number;
  /** Keys held, what others have filled it with included, and how many fit; null = no limit. */
  readonly keys: number;
  readonly maxKeys: number | null;
  /** Connections that clients hold, and how many there are for them; null = no limit. */
  readonly connections: number;
  readonly maxConnections: number | null;
  /** When its last snapshot was taken, or its disk last read, in ms; null = never. */
  readonly savedAt: number | null;
  /** Writes since then. */
  readonly unsaved: number;
  /** A replica of it stands by and would take over; null = none is kept. */
  readonly standby: boolean | null;
  /** When the replica takes over by itself, in ms, while its primary does not answer; null = it will not. */
  readonly takeoverAt: number | null;
  /** Share of the keys of a cache that it holds, 0..1; null = it is nobody's cache. */
  readonly cached: number | null;
  /** Commands waiting for it. */
  readonly waiting: number;
  /** Ids of the containers whose packets to it vanish. */
  readonly cutOff: readonly number[];
}

/** A directory of the herd that outlives processes: on a host's disk, or on the network. Disks of stores are in `StoreView`. */
export interface VolumeView {
  readonly id: number;
  /** The volume's name, the bound path, or ''. */
  readonly name: string;
  readonly kind: 'anonymous' | 'named' | 'bind' | 'network';
  /** Whose disk it is on; -1 = on the network. */
  readonly host: number;
  /** Ids of the containers that mount it, those that stand still included. */
  readonly mountedBy: readonly number[];
  /** Nothing mounts it any more, nor ever will: what is in it is out of reach. */
  readonly orphaned: boolean;
  readonly sessions: number;
  readonly uploads: number;
  readonly records: number;
}

export interface BalancerView {
  readonly name: string;
  readonly kind: string;
  readonly balance: string;
  readonly sticky: boolean;
  readonly redispatch: boolean;
  readonly up: boolean;
  readonly queued: number;
}

export interface HostView {
  readonly id: number;
  readonly name: string;
  /** Packets reach it. */
  readonly up: boolean;
  /** `stopping` = shutting down in order; `down` = silent, and coming back; `lost` = gone with its disks. */
  readonly state: 'up' | 'stopping' | 'down' | 'lost';
}

/** One user: 0 no session (never signed in, or it expired), 1 holds a session, 2 the session was lost, 3 the last request missed the session. */
export type UserState = 0 | 1 | 2 | 3;

export interface HerdView {
  readonly t: number;
  readonly project: string;
  readonly platform: string;
  readonly hosts: readonly HostView[];
  /** UserState per user. */
  readonly users: Uint8Array;
  readonly usersSignedIn: number;
  /** Users on their way to sign in again. */
  readonly usersAtDoor: number;
  /** Sign-ins since t = 0 by users whose session had been lost. */
  readonly usersReturned: number;
  readonly balancer: BalancerView | null;
  /** Live ones first by number, then those that ended in the last seconds. App role only; stores are in `stores`. */
  readonly containers: readonly ContainerView[];
  readonly wanted: number;
  readonly stores: readonly StoreView[];
  readonly volumes: readonly VolumeView[];
  /** Home of sessions, uploads, … as in the scenario. */
  readonly state: Readonly<Record<string, string>>;
  /** What cannot reach what, in words: `users and balancer`. */
  readonly partitions: readonly string[];
  /** Packets between the users and the balancer (the container, without one) vanish. */
  readonly usersCutOff: boolean;
  readonly totals: Totals;
}

/** Exact counts since t = 0. */
export interface Totals {
  readonly requests: number;
  readonly ok: number;
  readonly failed: number;
  readonly unauthorized: number;
  readonly notFound: number;
  readonly inFlight: number;
  /** Of these: requests whose users have waited for longer than a second by now. */
  readonly waiting: number;
  readonly sessionsLost: number;
  readonly sessionsMissed: number;
  readonly sessionsHeld: number;
  /** Changed paths over all live containers (metric `drift.changes`). */
  readonly drift: number;
  readonly containersRunning: number;
  readonly attemptsDuplicated: number;
}

/** How a leg ended. */
export const LEG_OUTCOMES = [
  'travelling',
  'ok',
  'failed',
  'unauthorized',
  'not-found',
  'retried',
  'too-many',
] as const;
export type LegOutcome = (typeof LEG_OUTCOMES)[number];

/**
 * Legs that the picture may need: columns of equal length, in order of `t0`.
 * Node numbers: 0 = the users' side (see `user`), 1 = the balancer, 2 + id = container, 1e6 + id = store.
 */
export interface Legs {
  readonly length: number;
  /**
   * Where too much travels to keep it all: a power of two, and only the legs of those users are here whose number plus
   * one it divides (and those of nobody, as health checks). 1 = all are here.
   */
  readonly every: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly t0: Float64Array;
  readonly t1: Float64Array;
  readonly user: Int32Array;
  /** Index into LEG_OUTCOMES: of the leg itself, e.g. `failed` where the request ends visibly at `to`. */
  readonly outcome: Uint8Array;
  /** Index into FAILURE_CAUSES when it failed, else -1. */
  readonly cause: Int8Array;
  /** Bits: 1 = on the way back, 2 = store command, 4 = health check, 8 = sign-in, 16 = upload, 32 = stream, 64 = its status is 503. */
  readonly flags: Uint8Array;
}
