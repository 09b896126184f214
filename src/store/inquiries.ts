/** What a simulator keeps asking its run: journal, axis counts, explanations. One question of each kind is out at a time. */
import type { RunClient } from '../runtime/run-client.ts';
import type { EntryKind, JournalEntry } from '../sim/engine/journal-entry.ts';
import { axisEnd } from './axis-end.ts';
import type { Fault } from '../sim/faults.ts';
import type { AxisCounts, Explained, InstrumentReadings, Span } from './herd-state.ts';
import { askReadings } from './readings.ts';
import { kindsOf, type Topic } from './topics.ts';

/** Bins of the axis; at the first length each is 250 ms. */
const AXIS_BINS = 240;
/** The run counts no finer than this. */
const FINEST_MS = 100;
const KEPT_ENTRIES = 200;
const EXPLAINED_ENTRIES = 40;
const KEPT_FAULTS = 1000;

/** Faults are known by themselves, not by the kind of their entries. */
const KINDS: Readonly<Record<Exclude<Explained, 'faults'>, readonly EntryKind[]>> = {
  failed: ['request-failed'],
  lost: ['session-lost', 'upload-lost', 'record-lost'],
  missed: ['session-missed', 'upload-not-found'],
  drift: ['drift'],
  // Those of the beginning are created only: nothing led to them.
  containers: ['container-exited', 'container-removed', 'container-started'],
  slow: [
    'fault',
    'container-frozen',
    'container-exited',
    'server-down',
    'store-paused',
    'store-down',
    'partition-began',
  ],
  stores: ['store-down', 'store-paused', 'store-up', 'store-resumed'],
};

export interface Inquiries {
  /** Brings everything up to an instant. */
  refresh(wanted: Wanted): void;
  /** True while an answer is awaited. */
  readonly busy: boolean;
  /** Forgets what was heard: the run begins anew. Answers under way are dropped. */
  restart(): void;
}

/** What to ask for. */
export interface Wanted {
  readonly t: number;
  readonly journalLength: number;
  /** What every axis shows; null = all of time. */
  readonly span: Span | null;
  /** Null = no explanation is open; `span` null = of all time. */
  readonly explained: { readonly what: Explained; readonly span: Span | null } | null;
  /** Null = the journal is not open on one topic. */
  readonly topic: Topic | null;
  /** The instruments are open. */
  readonly instruments: boolean;
}

export interface InquiryResults {
  readonly axis?: AxisCounts;
  readonly entries?: readonly JournalEntry[];
  readonly faults?: readonly Fault[];
  readonly explanation?: readonly (readonly JournalEntry[])[];
  readonly readings?: InstrumentReadings;
  /** The latest entries on the topic, oldest first. */
  readonly onTopic?: readonly JournalEntry[];
}

/** `tell` is called with what is new, and with nothing new when the last answer came in. */
export function createInquiries(client: RunClient, tell: (results: InquiryResults) => void): Inquiries {
  let busy = false;
  let again: Wanted | null = null;
  let era = 0;
  let entries: readonly JournalEntry[] = [];
  let faults: readonly Fault[] = [];
  let heardTo = 0;

  /** What led to each of these faults, the newest first. */
  const chainsOf = (found: readonly Fault[]): Promise<(readonly JournalEntry[])[]> =>
    Promise.all(
      found
        .slice(-EXPLAINED_ENTRIES)
        .toReversed()
        .map(({ id }) => client.ask<'chain'>({ kind: 'chain', entry: id })),
    );

  function explain({
    what,
    span,
  }: NonNullable<Wanted['explained']>): Promise<readonly (readonly JournalEntry[])[]> {
    if (what === 'faults')
      return chainsOf(faults.filter(({ t }) => span === null || (t >= span.fromMs && t < span.toMs)));
    return client.ask<'explain'>({ kind: 'explain', kinds: KINDS[what], limit: EXPLAINED_ENTRIES, ...span });
  }

  async function ask({
    t,
    journalLength,
    span,
    explained,
    topic,
    instruments,
  }: Wanted): Promise<InquiryResults> {
    const shown = span ?? { fromMs: 0, toMs: axisEnd(t) };
    const bins = Math.min(AXIS_BINS, Math.max(1, Math.round((shown.toMs - shown.fromMs) / FINEST_MS)));
    const from = Math.max(heardTo, journalLength - KEPT_ENTRIES);
    const names = ['requests.failed', 'sessions.lost', 'sessions.missed'];
    const isNew = journalLength > heardTo;
    const [series, fresh, wrong, explanation, readings, onTopic] = await Promise.all([
      client.ask<'series'>({ kind: 'series', names, ...shown, bins }),
      isNew ? client.ask<'journal'>({ kind: 'journal', from, to: journalLength }) : [],
      isNew ? client.ask<'faults'>({ kind: 'faults', from: heardTo, to: journalLength }) : [],
      explained && explain(explained),
      instruments ? askReadings(client, shown) : null,
      topic && client.ask<'entries'>({ kind: 'entries', kinds: kindsOf(topic), limit: KEPT_ENTRIES }),
    ]);
    const [failed, lost, missed] = series;
    return {
      ...(failed && lost && missed ? { axis: { ...shown, failed, lost, missed } } : {}),
      ...(fresh.length > 0 ? { entries: fresh } : {}),
      ...(wrong.length > 0 ? { faults: wrong } : {}),
      ...(explanation ? { explanation } : {}),
      ...(readings ? { readings } : {}),
      ...(onTopic ? { onTopic } : {}),
    };
  }

  function refresh(wanted: Wanted): void {
    if (busy) {
      again = wanted;
      return;
    }
    busy = true;
    const asked = era;
    void ask(wanted).then((results) => {
      if (asked !== era) return;
      busy = false;
      heardTo = wanted.journalLength;
      if (results.entries) entries = [...entries, ...results.entries].slice(-KEPT_ENTRIES);
      if (results.faults) faults = [...faults, ...results.faults].slice(-KEPT_FAULTS);
      const waiting = again;
      again = null;
      if (waiting) refresh(waiting);
      tell({ ...results, ...(results.entries ? { entries } : {}), ...(results.faults ? { faults } : {}) });
    });
  }

  return {
    refresh,
    get busy() {
      return busy;
    },
    restart() {
      era++;
      busy = false;
      again = null;
      entries = [];
      faults = [];
      heardTo = 0;
    },
  };
}
