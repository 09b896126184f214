/** What a simulator keeps asking its run: journal, axis counts, explanations. One question of each kind is out at a time. */
import type { RunClient } from '../runtime/run-client.ts';
import type { EntryKind, JournalEntry } from '../sim/engine/journal-entry.ts';
import { axisEnd } from './axis-end.ts';
import type { AxisCounts, Explained, InstrumentReadings, Span } from './herd-state.ts';
import { askReadings } from './readings.ts';
import { kindsOf, type Topic } from './topics.ts';

/** Bins of the axis; at the first length each is 250 ms. */
const AXIS_BINS = 240;
/** The run counts no finer than this. */
const FINEST_MS = 100;
const KEPT_ENTRIES = 200;
const EXPLAINED_ENTRIES = 40;

const KINDS: Readonly<Record<Explained, readonly EntryKind[]>> = {
  failed: ['request-failed'],
  lost: ['session-lost', 'upload-lost', 'record-lost'],
  missed: ['session-missed', 'request-unauthorized', 'upload-not-found'],
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
  let heardTo = 0;

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
    const [series, fresh, explanation, readings, onTopic] = await Promise.all([
      client.ask<'series'>({ kind: 'series', names, ...shown, bins }),
      journalLength > heardTo ? client.ask<'journal'>({ kind: 'journal', from, to: journalLength }) : [],
      explained &&
        client.ask<'explain'>({
          kind: 'explain',
          kinds: KINDS[explained.what],
          limit: EXPLAINED_ENTRIES,
          ...explained.span,
        }),
      instruments ? askReadings(client, shown) : null,
      topic && client.ask<'entries'>({ kind: 'entries', kinds: kindsOf(topic), limit: KEPT_ENTRIES }),
    ]);
    const [failed, lost, missed] = series;
    return {
      ...(failed && lost && missed ? { axis: { ...shown, failed, lost, missed } } : {}),
      ...(fresh.length > 0 ? { entries: fresh } : {}),
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
      const waiting = again;
      again = null;
      if (waiting) refresh(waiting);
      tell(results.entries ? { ...results, entries } : results);
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
      heardTo = 0;
    },
  };
}
