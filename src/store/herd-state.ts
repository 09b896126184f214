/** What one simulator shows: the read model that components select from. Times are ms of virtual time. */
import type { Hit, Homes, Problem, RunFacts, RunView, WatchResults } from '../runtime/protocol.ts';
import type { Dial } from '../runtime/dial.ts';
import type { Settings } from '../runtime/settings-in-source.ts';
import type { Autopsy } from '../runtime/autopsy.ts';
import type { Stopping } from '../runtime/stopping.ts';
import type { Survival } from '../runtime/survival/survive.ts';
import type { JournalEntry } from '../sim/engine/journal-entry.ts';
import type { Fault } from '../sim/faults.ts';
import type { LoggedCommand, Percentiles } from '../sim/run.ts';
import type { Inspection } from '../sim/inspection.ts';
import type { UnderWay } from '../sim/under-way.ts';
import type { Span } from './span.ts';
import type { Topic } from './topics.ts';

export type {
  Camera,
  ChosenKind,
  Hit,
  Problem,
  RunFacts,
  RunView,
  StateChoice,
  ThemeName,
} from '../runtime/protocol.ts';
export type { Stopping, StopSettings } from '../runtime/stopping.ts';
export { OWNERS, type Dial, type Owner } from '../runtime/dial.ts';
export type { Fate, Survival } from '../runtime/survival/survive.ts';
export { ORDEALS, type Ordeal } from '../runtime/survival/ordeals.ts';
export type { Span } from './span.ts';
export { TOPICS, type Topic } from './topics.ts';
export { SPEEDS } from '../runtime/playback.ts';

export type Drawer = 'instruments' | 'journal' | 'console' | 'inspect';

/** What the inspector looks at. */
export type Inspecting = 'why' | 'container' | 'request' | 'stopping' | 'survival' | 'lifecycle';

/** What can be explained: every number that is shown falls under one of these. */
export type Explained = 'failed' | 'lost' | 'missed' | 'drift' | 'containers' | 'slow' | 'stores' | 'faults';

/** A console line and what its tool said. */
export interface Answered {
  readonly at: number;
  readonly line: string;
  readonly ok: boolean;
  readonly text: string;
}

export interface Sentence {
  readonly id: number;
  readonly text: string;
}

/** Counts on the time axis, in `bins` equal bins of [fromMs, toMs). */
export interface AxisCounts {
  readonly fromMs: number;
  readonly toMs: number;
  readonly failed: Float64Array;
  readonly lost: Float64Array;
  readonly missed: Float64Array;
}

/** What the instruments show, in equal bins of [fromMs, toMs). */
export interface InstrumentReadings {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
  /** By metric name. */
  readonly series: Readonly<Record<string, Float64Array>>;
  readonly latency: Percentiles;
  /** What befell the stores, oldest first. */
  readonly storeEntries: readonly JournalEntry[];
}

export interface HerdState {
  /** `problem`: the scenario cannot be read. `failed`: the simulation broke. */
  readonly phase: 'loading' | 'ready' | 'problem' | 'failed';
  readonly problems: readonly Problem[];
  readonly failure: string;
  readonly facts: RunFacts | null;
  /** Homes that the learner chose. */
  readonly homes: Homes;
  /** Keys of the file that the learner set otherwise from the beginning. */
  readonly settings: Settings;
  /** What may be turned; empty until somebody looks. */
  readonly dials: readonly Dial[];

  readonly t: number;
  readonly playing: boolean;
  readonly speed: number;
  /** Time stands still, and everything shown is of this instant. */
  readonly settled: boolean;
  /** Run hash of the settled instant. */
  readonly hash: string;

  readonly view: RunView | null;
  /** The view since which nobody came, went or changed phase: for what follows from who is there alone. */
  readonly cast: RunView | null;
  readonly hits: readonly Hit[];
  readonly commands: readonly LoggedCommand[];
  /** The latest entries of the journal, oldest first. */
  readonly entries: readonly JournalEntry[];
  /** What went wrong by itself, oldest first: the latest of it. */
  readonly faults: readonly Fault[];
  /** The topic that the journal is open on; null = everything. */
  readonly topic: Topic | null;
  /** The latest entries on that topic, oldest first. */
  readonly onTopic: readonly JournalEntry[];
  /** One entry and what led to it; null = none was asked for. */
  readonly traced: readonly JournalEntry[] | null;
  readonly answers: readonly Answered[];
  /** The latest sentences for those who listen, in batches. */
  readonly announced: readonly Sentence[];
  readonly axis: AxisCounts | null;
  /** The part of time that every axis shows; null = all of it. */
  readonly span: Span | null;
  /** Null until the instruments are open. */
  readonly readings: InstrumentReadings | null;
  readonly watched: WatchResults;

  /** Name of the container that the verbs act on, if the learner chose one. */
  readonly selected: string | null;
  /** The controls wait: a prediction comes first. */
  readonly locked: boolean;
  readonly hover: Hit | null;
  readonly highlight: string | null;
  readonly drawer: Drawer | null;
  readonly inspecting: Inspecting;
  /** The request that is looked at: null = none was asked for. `found` null = not there (yet). */
  readonly autopsy: {
    readonly request: number;
    readonly found: Autopsy | null;
    readonly busy: boolean;
  } | null;
  readonly underWay: readonly UnderWay[];
  /** The container that is looked at closely; null = not asked yet, or gone. */
  readonly inspection: Inspection | null;
  /** A planned stop as last tried; null = not tried yet. `nobody` = no container was running to try it on. */
  readonly stopping: Stopping | 'nobody' | null;
  /** What would survive what, as last tried; likewise. */
  readonly survival: Survival | 'nobody' | null;
  /** The trial is under way. */
  readonly trying: boolean;
  readonly explained: Explained;
  /** Only what happened in this part of time is explained; null = everything. */
  readonly explainedIn: Span | null;
  /** Chains of causes, newest first; the entry itself leads each chain. */
  readonly explanation: readonly (readonly JournalEntry[])[] | null;
}

export const EMPTY_HERD: Omit<HerdState, 'homes' | 'settings' | 'speed'> = {
  phase: 'loading',
  problems: [],
  failure: '',
  facts: null,
  dials: [],
  t: 0,
  playing: false,
  settled: false,
  hash: '',
  view: null,
  cast: null,
  hits: [],
  commands: [],
  entries: [],
  faults: [],
  topic: null,
  onTopic: [],
  traced: null,
  answers: [],
  announced: [],
  axis: null,
  span: null,
  readings: null,
  watched: { conditions: {}, measures: {} },
  selected: null,
  locked: false,
  hover: null,
  highlight: null,
  drawer: null,
  inspecting: 'why',
  autopsy: null,
  underWay: [],
  inspection: null,
  stopping: null,
  survival: null,
  trying: false,
  explained: 'failed',
  explainedIn: null,
  explanation: null,
};
