import type { Page } from './engine/pages.ts';
import type { RawEntry } from './engine/journal.ts';
import type { JournalEntry } from './engine/journal-entry.ts';
import type { Metrics } from './metrics/names.ts';
import type { Answer, Command } from './model/command.ts';
import type { Scenario } from './model/scenario.ts';
import type { Inspection } from './inspection.ts';
import type { RequestTrace } from './trace.ts';
import type { UnderWay } from './under-way.ts';
import type { HerdView, Legs } from './view.ts';

/** A carried-out or refused command, as the command log keeps it. */
export interface LoggedCommand {
  readonly at: number;
  readonly line: string;
  readonly ok: boolean;
  readonly answer: string;
}

/** One run of a scenario. Never reads a clock; never throws on a command. */
export interface Run {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Virtual time in ms. */
  readonly now: number;
  /** Carries out a command now (an integer ms >= the last event). `line` is what was typed, for the journal. */
  apply(command: Command, line: string): Answer;
  /** Runs every event with time < toMs. */
  advance(toMs: number): void;
  /** Runs exactly the next event; returns its time, or null when nothing is pending. */
  step(): number | null;
  /** 16 hex digits over everything executed so far. */
  hash(): string;
  readonly events: number;
  checkpoint(): Checkpoint;
  /** Throws on one that was given back. */
  restore(checkpoint: Checkpoint): void;
  /** A checkpoint that no run will be put back to any more: its memory is the next one's. */
  recycle(checkpoint: Checkpoint): void;
  /**
   * Another run that goes on from here by itself. With a scenario of the same services and platform its settings hold
   * from here on, as if they had always been written there: nothing is redeployed. Throws on another cast.
   */
  fork(scenario?: Scenario): Run;
  /**
   * Follows one request by its number from here on (`advance` gets slower, nothing else changes). A request that is
   * already under way is followed from where it is.
   */
  trace(request: number): void;
  /** What has been seen of it so far; null = nothing is traced. */
  traced(): RequestTrace | null;
  /** Requests that are under way, the latest first. */
  underWay(limit: number): UnderWay[];
  /** One container, looked at closely; null = there is none of that name. */
  inspect(name: string): Inspection | null;
  view(): HerdView;
  /** Off by default; does not change the hash. */
  recordLegs(on: boolean): void;
  /** Legs whose drawn interval [t0, max(t1, t0 + stretchMs)] holds t. */
  legs(t: number, stretchMs: number): Legs;
  journalLength(): number;
  /** Entries [from, to). */
  journal(from: number, to: number): JournalEntry[];
  /** From an entry back to what began it, the entry itself first. */
  chain(id: number): JournalEntry[];
  /** One entry as it is kept; the ids are those of `journal`. */
  entry(id: number): RawEntry;
  commands(): readonly LoggedCommand[];
  metrics(fromMs: number, toMs: number): Metrics;
  /** Sums (counters) or last values (gauges) of `name` in `bins` equal bins of [from, to). */
  series(name: string, fromMs: number, toMs: number, bins: number): Float64Array;
  /** Client-seen latency of good answers in `bins` equal bins, in ms; NaN in a bin without one. */
  percentiles(fromMs: number, toMs: number, bins: number): Percentiles;
}

/** A column a percentile, a row a bin. */
export interface Percentiles {
  readonly p50: Float64Array;
  readonly p95: Float64Array;
  readonly p99: Float64Array;
}

/** Opaque: everything a run needs to go on from an instant. */
export interface Checkpoint {
  readonly now: number;
  /** What it keeps alive by itself, and lists of pages of tables that it shares with other checkpoints. */
  readonly bytes: number;
  readonly shared: readonly (readonly Page[])[];
  readonly journalLength: number;
  /** Number of the last request that had been sent, 0 = none. */
  readonly sent: number;
  readonly state: unknown;
}

/** Starts a run at t = 0 (design §3 "Start of a run"). */
export type CreateRun = (scenario: Scenario, seed?: number) => Run;
