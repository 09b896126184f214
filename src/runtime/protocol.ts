/**
 * What the page and the thread that simulates say to each other. Every message names its run; one thread holds several.
 * What is said with every frame goes as numbers in one buffer that changes hands (see tray/tray.ts); all else as objects.
 * Times are ms of virtual time, sizes CSS px. Only the page that made the thread can talk to it, so nothing is validated here:
 * what comes from strangers (links, frames) is checked where it enters.
 */
import type { Evaluation } from '../lesson/condition/evaluate.ts';
import type { Condition, Measure } from '../lesson/condition/condition.ts';
import type { JournalEntry, EntryKind } from '../sim/engine/journal-entry.ts';
import type { Fault } from '../sim/faults.ts';
import type { Metrics } from '../sim/metrics/names.ts';
import type { Scenario, TimedLine } from '../sim/model/scenario.ts';
import type { LoggedCommand, Percentiles } from '../sim/run.ts';
import type { Inspection } from '../sim/inspection.ts';
import type { UnderWay } from '../sim/under-way.ts';
import type { HerdView } from '../sim/view.ts';
import type { Autopsy } from './autopsy.ts';
import type { Dial } from './dial.ts';
import type { Settings } from './settings-in-source.ts';
import type { Stopping, StopSettings } from './stopping.ts';
import type { Survival } from './survival/survive.ts';

/** A place on the stage that can be pointed at, in CSS px of the stage as it is seen whole. */
export interface Hit {
  readonly kind: 'container' | 'store' | 'balancer' | 'users' | 'host';
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type ThemeName = 'day' | 'dusk';

export interface StageSize {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  /** The herd only, in strong lines and without a word: a picture too small to read. */
  readonly plain?: boolean;
}

/** The part of the stage that is seen: everything `z` times (1 to 8) as large, less what lies `x`, `y` CSS px before the corner. */
export interface Camera {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** How the stage is to be drawn, beside what is on it. */
export interface StageLook {
  readonly theme: ThemeName;
  readonly reducedMotion: boolean;
  /** A container's or store's name, `balancer`, `users`, or null. */
  readonly highlight: string | null;
  readonly hover: Hit | null;
  /** Absent = all of it is seen. */
  readonly camera?: Camera | undefined;
}

/** Something the page wants to know the truth of, again and again, as the run goes on. */
export interface Watch {
  readonly conditions: Readonly<Record<string, Condition>>;
  readonly measures: Readonly<Record<string, Measure>>;
}

/** Answers to a watch: only decided or changed ones are sent. */
export interface WatchResults {
  readonly conditions: Readonly<Record<string, Evaluation>>;
  readonly measures: Readonly<Record<string, number | null>>;
}

/** Kinds of state whose home is the learner's to choose. */
export type ChosenKind = 'sessions' | 'uploads' | 'jobs' | 'membership';

export type Homes = Readonly<Partial<Record<ChosenKind, string>>>;

/** Where one kind of state may live in the file at hand. */
export interface StateChoice {
  readonly kind: ChosenKind;
  /** The home in force. `sticky` = process memory behind a sticky cookie. */
  readonly home: string;
  readonly homes: readonly Home[];
}

export interface Home {
  readonly name: string;
  readonly label: string;
}

/** A scenario that was read before, with what was inferred. */
export interface ReadyScenario {
  readonly scenario: Scenario;
  readonly notes: readonly string[];
}

export interface OpenRun {
  readonly kind: 'open';
  readonly run: string;
  /** What the run goes by in trays. */
  readonly number: number;
  /** The compose text, and the name to report problems under. */
  readonly source: string;
  readonly file: string;
  /** What `source` says, where it was read before (at build time): saves the reader for the first running frame. */
  readonly ready?: ReadyScenario | undefined;
  /** Null = the scenario's own. */
  readonly seed: number | null;
  /** Homes to give sessions and uploads, whatever the file says. */
  readonly homes: Homes;
  /** Keys of the file to set otherwise. */
  readonly settings: Settings;
  /** Commands to play beside the scenario's script. */
  readonly log: readonly TimedLine[];
}

/** A question with an answer; `id` pairs the two. */
export type Question =
  | {
      readonly kind: 'series';
      readonly names: readonly string[];
      readonly fromMs: number;
      readonly toMs: number;
      readonly bins: number;
    }
  | { readonly kind: 'journal'; readonly from: number; readonly to: number }
  /** The latest entries of these kinds, of all time or of [fromMs, toMs), newest first, each with what led to it. */
  | {
      readonly kind: 'explain';
      readonly kinds: readonly EntryKind[];
      readonly limit: number;
      readonly fromMs?: number;
      readonly toMs?: number;
    }
  /** What went wrong by itself, of the entries [from, to), oldest first. */
  | { readonly kind: 'faults'; readonly from: number; readonly to: number }
  | { readonly kind: 'metrics'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'percentiles'; readonly fromMs: number; readonly toMs: number; readonly bins: number }
  /** The way of one request, re-simulated with tracing on, and what led to its end. */
  | { readonly kind: 'autopsy'; readonly request: number }
  /** Requests whose users wait now, the latest first. */
  | { readonly kind: 'underWay'; readonly limit: number }
  /** One container, looked at closely. */
  | { readonly kind: 'inspect'; readonly name: string }
  /** The settings that may be turned, with their present values. */
  | { readonly kind: 'dials' }
  /** A planned stop on a fork, as the settings are (null) or would have it. */
  | { readonly kind: 'stopping'; readonly settings: StopSettings | null }
  /** What would survive what, tried on forks of the run as it stands. `victim` = a container's name, or null. */
  | { readonly kind: 'survival'; readonly victim: string | null }
  /** From one entry back to what began it, the entry itself first. */
  | { readonly kind: 'chain'; readonly entry: number }
  /** The latest entries of these kinds, oldest first. */
  | { readonly kind: 'entries'; readonly kinds: readonly EntryKind[]; readonly limit: number };

export interface Replies {
  readonly series: readonly Float64Array[];
  readonly journal: readonly JournalEntry[];
  readonly explain: readonly (readonly JournalEntry[])[];
  readonly faults: readonly Fault[];
  readonly metrics: Metrics;
  readonly percentiles: Percentiles;
  readonly entries: readonly JournalEntry[];
  readonly survival: Survival | null;
  readonly autopsy: Autopsy | null;
  readonly chain: readonly JournalEntry[];
  readonly dials: readonly Dial[];
  readonly inspect: Inspection | null;
  readonly stopping: Stopping | null;
  readonly underWay: readonly UnderWay[];
}

export type ToHost =
  | OpenRun
  /** Advance to the next thing a person can see, and settle. */
  | { readonly kind: 'step'; readonly run: string; readonly speed: number }
  | { readonly kind: 'command'; readonly run: string; readonly line: string; readonly settle: boolean }
  | { readonly kind: 'watch'; readonly run: string; readonly watch: Watch }
  | { readonly kind: 'ask'; readonly run: string; readonly id: number; readonly question: Question }
  | {
      readonly kind: 'attach';
      readonly run: string;
      readonly canvas: OffscreenCanvas | HTMLCanvasElement;
      readonly size: StageSize;
      readonly look: StageLook;
    }
  | { readonly kind: 'detach'; readonly run: string }
  | { readonly kind: 'resize'; readonly run: string; readonly size: StageSize }
  | { readonly kind: 'look'; readonly run: string; readonly look: StageLook }
  | { readonly kind: 'close'; readonly run: string };

/** The herd's view without the bulk that only the painter needs. */
export interface RunView extends Omit<HerdView, 'users'> {
  readonly userCount: number;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What the controls need to know of a scenario. */
export interface RunFacts {
  readonly name: string;
  readonly platform: string;
  readonly seed: number;
  /** The app service that the balancer serves. */
  readonly backend: string;
  readonly image: string;
  /** What runs it where a platform tells the two apart. */
  readonly workload: 'deployment' | 'statefulset';
  /** Image tags that the scenario knows something about. */
  readonly tags: readonly string[];
  readonly choices: readonly StateChoice[];
  /** What was inferred from the file. */
  readonly notes: readonly string[];
}

/** What came of a tick, a step or a change, as the page takes it from the tray and the news before it. */
export interface Frame {
  readonly kind: 'frame';
  readonly t: number;
  /** True when time stands still and this is what it looks like. */
  readonly settled: boolean;
  /** Absent when nothing worth showing has changed. */
  readonly view?: RunView;
  readonly hits?: readonly Hit[];
  readonly journalLength: number;
  /** With `settled` only. */
  readonly hash?: string;
  readonly commands?: readonly LoggedCommand[];
  readonly watched?: WatchResults;
}

/** What is rarely new; it belongs to the tray that follows. */
export interface News extends Pick<Frame, 'hash' | 'commands' | 'watched'> {
  readonly kind: 'news';
  readonly run: string;
  /** Words that the tray is the first to use. */
  readonly words?: readonly string[];
}

export type FromHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly run: string; readonly facts: RunFacts }
  | { readonly kind: 'problem'; readonly run: string; readonly problems: readonly Problem[] }
  | News
  | {
      readonly kind: 'answer';
      readonly run: string;
      readonly at: number;
      readonly line: string;
      readonly ok: boolean;
      readonly text: string;
    }
  | {
      readonly kind: 'reply';
      readonly run: string;
      readonly id: number;
      readonly value: Replies[keyof Replies];
    }
  /** The run broke: a fault of ours. */
  | { readonly kind: 'failed'; readonly run: string; readonly message: string };
