/** What a simulator keeps asking its run: journal, axis counts, explanations. One question of each kind is out at a time. */
import type { RunClient } from '../runtime/run-client.ts';
import type { EntryKind, JournalEntry } from '../sim/engine/journal-entry.ts';
import type { AxisCounts, Explained } from './herd-state.ts';

/** The axis is this long at first, and grows by whole steps. */
const AXIS_STEP_MS = 60_000;
/** Bins of the axis; at the first length each is 250 ms. */
const AXIS_BINS = 240;
const KEPT_ENTRIES = 200;
const EXPLAINED_ENTRIES = 40;

const KINDS: Readonly<Record<Explained, readonly EntryKind[]>> = {
  failed: ['request-failed'],
  lost: ['session-lost', 'upload-lost', 'record-lost'],
  missed: ['session-missed', 'request-unauthorized', 'upload-not-found'],
  drift: ['drift'],
};

export interface Inquiries {
  /** Brings everything up to the instant `t`, where the journal has this length. */
  refresh(t: number, journalLength: number, explained: Explained | null): void;
  /** True while an answer is awaited. */
  readonly busy: boolean;
  /** Forgets what was heard: the run begins anew. Answers under way are dropped. */
  restart(): void;
}

export interface InquiryResults {
  readonly axis?: AxisCounts;
  readonly entries?: readonly JournalEntry[];
  readonly explanation?: readonly (readonly JournalEntry[])[];
}

/** `tell` is called with what is new, and with nothing new when the last answer came in. */
export function createInquiries(client: RunClient, tell: (results: InquiryResults) => void): Inquiries {
  let busy = false;
  let again: [number, number, Explained | null] | null = null;
  let era = 0;
  let entries: readonly JournalEntry[] = [];
  let heardTo = 0;

  async function ask(t: number, journalLength: number, explained: Explained | null): Promise<InquiryResults> {
    const toMs = Math.max(1, Math.ceil((t + 1) / AXIS_STEP_MS)) * AXIS_STEP_MS;
    const from = Math.max(heardTo, journalLength - KEPT_ENTRIES);
    const names = ['requests.failed', 'sessions.lost', 'sessions.missed'];
    const [series, fresh, explanation] = await Promise.all([
      client.ask<'series'>({ kind: 'series', names, fromMs: 0, toMs, bins: AXIS_BINS }),
      journalLength > heardTo ? client.ask<'journal'>({ kind: 'journal', from, to: journalLength }) : [],
      explained &&
        client.ask<'explain'>({ kind: 'explain', kinds: KINDS[explained], limit: EXPLAINED_ENTRIES }),
    ]);
    const [failed, lost, missed] = series;
    return {
      ...(failed && lost && missed ? { axis: { fromMs: 0, toMs, failed, lost, missed } } : {}),
      ...(fresh.length > 0 ? { entries: fresh } : {}),
      ...(explanation ? { explanation } : {}),
    };
  }

  function refresh(t: number, journalLength: number, explained: Explained | null): void {
    if (busy) {
      again = [t, journalLength, explained];
      return;
    }
    busy = true;
    const asked = era;
    void ask(t, journalLength, explained).then((results) => {
      if (asked !== era) return;
      busy = false;
      heardTo = journalLength;
      if (results.entries) entries = [...entries, ...results.entries].slice(-KEPT_ENTRIES);
      const next = again;
      again = null;
      if (next) refresh(...next);
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
