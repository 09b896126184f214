/** What the timers of Kubernetes are for: the low four bits of the second word of `EV.platform`. */
export const TIMER = {
  /** The controllers look at a service (first word). */
  sync: 0,
  /** News of a ready pod (first word, as below) reaches the balancer. */
  admit: 1,
  /** The balancer has heard that a pod is gone. */
  gone: 2,
  /** A pod has been ready for `min-ready`. */
  minReady: 3,
  /** The deadline of a service's rollout, unless it came forward. */
  deadline: 4,
  /** A probe is due: startup, readiness, liveness, then the answers of these that never came. */
  probe: 5,
  /** A node (first word, as below) has been silent for its grace period; its pods have tolerated that for theirs. */
  nodeSilent: 11,
  nodeEvicted: 12,
  /** A drain asks again. */
  drain: 13,
  /** A drain looks whether what it evicted is gone. */
  drained: 14,
} as const;

const WIDTH = 16;

/** The second word: what for, and a number that goes with it. */
export const timerWord = (timer: number, n = 0): number => timer + WIDTH * n;
export const timerOf = (word: number): number => word % WIDTH;
export const numberOf = (word: number): number => (word - (word % WIDTH)) / WIDTH;
