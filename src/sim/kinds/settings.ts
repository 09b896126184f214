/** What an application does with each kind of state beyond sessions, uploads and records; null = nothing. Times in ms. */

export interface CacheSettings {
  /** Different things that are read (1..1000). */
  readonly keys: number;
  /** `zipf`: every doubling of the rank takes an equal share of the reads. */
  readonly popularity: 'zipf' | 'equal';
  /** An entry is used for this long after it was read; Infinity = for ever. */
  readonly ttlMs: number;
  /** Work of a miss beyond an ordinary request's. */
  readonly missMs: number;
  /** Name of the store that a miss reads from; null = none is modelled. */
  readonly source: string | null;
  /** Whoever changes the source deletes the entries of a shared cache. */
  readonly invalidate: boolean;
}

export interface LogSettings {
  /** How often lines are shipped to the collector, where there is one. */
  readonly shipMs: number;
  /** Lines that wait for a collector that is away, a container; more are dropped. */
  readonly buffer: number;
}

export interface CounterSettings {
  /** Requests let through in a window; null = it only counts, visits for example. */
  readonly limit: number | null;
  readonly windowMs: number;
  /** Whose requests are counted together. */
  readonly per: 'user' | 'all';
}

export interface JobSettings {
  /** Due at every multiple of this. */
  readonly everyMs: number;
  /** Length of an execution. */
  readonly takesMs: number;
  /** A queue gives a message out again this long after its worker died. */
  readonly visibilityMs: number;
}

export interface ConfigSettings {
  /** How often a process reads its value again; Infinity = only when it starts. */
  readonly rereadMs: number;
  /** `subpath`: the one file is mounted, not its directory, so that it stays as it was (S-80). */
  readonly mount: 'directory' | 'subpath';
}

export interface SecretSettings extends ConfigSettings {
  /** How long a secret manager's credential is good; Infinity = for ever. */
  readonly leaseMs: number;
  /** Processes renew their lease in time. */
  readonly renew: boolean;
}

export interface IdentitySettings {
  /** Identities that the licence allows at once. */
  readonly seats: number;
  /** A seat is free for another identity this long after its holder has ended. */
  readonly releaseMs: number;
}

export interface MembershipSettings {
  /** How often a member tells its peers that it lives, writes its key, or looks its peers up. */
  readonly heartbeatMs: number;
  /** A member that nothing was heard of for this long is taken for dead; of a key in a store the time to live. */
  readonly suspectAfterMs: number;
  /** Peers that a member tells at each heartbeat. */
  readonly fanout: number;
  /** Length of the static list of members that a process joins through: the first of the herd. */
  readonly seeds: number;
  /** `address`: that of the container that was there at first; `name`: whoever bears the name now. */
  readonly seedBy: 'address' | 'name';
  /** How often a member of a cluster asks the seeds again for peers that it does not know; Infinity = never. */
  readonly rejoinMs: number;
  /** Each user's data has an owner among the members, and a request that comes to another is sent on to it. */
  readonly owners: boolean;
  /** How long a member waits for the owner. */
  readonly callTimeoutMs: number;
}

export interface KindSettings {
  readonly cache: CacheSettings | null;
  readonly logs: LogSettings;
  readonly jobs: JobSettings | null;
  readonly config: ConfigSettings | null;
  readonly secrets: SecretSettings | null;
  readonly identity: IdentitySettings | null;
  readonly counters: CounterSettings | null;
  readonly membership: MembershipSettings | null;
}
