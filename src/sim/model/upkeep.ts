/** What a platform is told to do for a service: check it, start it again, renew it, scale it, leave enough of it. */

export interface Healthcheck {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number;
  /** Whether the probe can succeed at all: `wrong` = the command is missing in the image (C-22). */
  readonly works: boolean;
}

export type RestartPolicy = 'no' | 'always' | 'unless-stopped' | 'on-failure';

export interface UpdateConfig {
  readonly parallelism: number;
  readonly delayMs: number;
  readonly order: 'stop-first' | 'start-first';
  readonly failureAction: 'pause' | 'continue' | 'rollback';
  readonly monitorMs: number;
  readonly maxFailureRatio: number;
}

/** A probe that a platform makes of a container. */
export interface Probe {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Successes, failures in a row that change anything. */
  readonly rise: number;
  readonly fall: number;
  /** Wait after the process starts before the first one; 0 unless given. */
  readonly initialDelayMs?: number;
  /** The answer needs the stores that the application keeps its state in; false unless given. */
  readonly deep?: boolean;
}

/** Platform readiness probe. `none` = available when the process exists; `balancer` = its own checks decide. */
export type Readiness =
  ({ readonly kind: 'probe' } & Probe) | { readonly kind: 'none' } | { readonly kind: 'balancer' };

/** How many pods an eviction has to leave, or may take (S-77): a count, or a percentage of the wanted ones. */
export interface DisruptionBudget {
  readonly kind: 'min-available' | 'max-unavailable';
  readonly value: number | { readonly percent: number };
}

/** Changes the wanted number of containers as the load asks (S-72 to S-74). */
export interface Scaler {
  readonly min: number;
  readonly max: number;
  /** cpu: share of a container's capacity; rps: requests a second and container; in-flight: requests in a container. */
  readonly metric: 'cpu' | 'rps' | 'in-flight';
  readonly target: number;
  /** Between two decisions. */
  readonly intervalMs: number;
  /** Scaling down follows the highest proposal of this long. */
  readonly windowMs: number;
  /** Share by which usage may differ from the target without a consequence. */
  readonly tolerance: number;
  /** Requests worked on at once that make a container busy (cpu); null = its concurrency, or 8 where that is unlimited. */
  readonly capacity: number | null;
  /** The scaling rates of `spec.behavior` instead of those without it (S-73). */
  readonly behavior: boolean;
}
