import type { StoreKind } from '../stores/store-kind.ts';
import type { StoreService } from './scenario.ts';

/** A store as its clients meet it. The process that runs it is a container; this is what the process keeps. */
export interface Store {
  readonly id: number;
  readonly service: number;
  name: string;
  /** What differs between Redis, S3 and the others. */
  readonly kind: StoreKind;
  /** Answers commands: its process runs and no fault keeps it away. */
  up: boolean;
  paused: boolean;
  slow: number;
  full: boolean;
  /** Place of everything it holds, in memory and on disk together. */
  place: number;
  /** Writes before this instant are in the last snapshot. */
  savedAt: number;
  changes: number;
  evicted: number;
  /** Cancels timers. */
  inc: number;
  /** Journal entry of its present trouble. */
  entry: number;
}

export function newStore(
  id: number,
  service: number,
  def: StoreService,
  kind: StoreKind,
  place: number,
): Store {
  return {
    id,
    service,
    name: def.name,
    kind,
    up: true,
    paused: false,
    slow: 1,
    full: false,
    place,
    savedAt: 0,
    changes: 0,
    evicted: 0,
    inc: 0,
    entry: -1,
  };
}
