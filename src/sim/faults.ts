import type { EntryKind } from './engine/journal-entry.ts';
import type { RawEntry } from './engine/journal.ts';
import type { Run } from './run.ts';

/** What goes wrong by itself, as a person would sort it. */
export type FaultKind = 'oom' | 'crash' | 'host' | 'store' | 'check';

/** Something that went wrong though no command asked for it at that moment. */
export interface Fault {
  /** Its journal entry. */
  readonly id: number;
  /** ms of virtual time. */
  readonly t: number;
  readonly kind: FaultKind;
  readonly text: string;
  /** What led to it, as a sentence; '' = nothing that is known. */
  readonly because: string;
  /** Entry of the first fault of the crash loop that it is part of: itself, if it is none. */
  readonly loop: number;
}

const KINDS: Readonly<Partial<Record<EntryKind, FaultKind>>> = {
  'host-lost': 'host',
  'store-down': 'store',
  'store-failed-over': 'store',
  'store-full': 'store',
  'server-down': 'check',
  'container-unhealthy': 'check',
  'probe-failed': 'check',
};

const ENDINGS: Readonly<Record<string, FaultKind>> = { oom: 'oom', crashed: 'crash', 'no image': 'crash' };

const kindOf = (e: RawEntry): FaultKind | undefined =>
  e.kind === 'container-exited' ? ENDINGS[e.text] : KINDS[e.kind];

/** Between two ends of a crash loop there are at most so many entries: the wait, the start, what is said of it. */
const LOOP_STEPS = 8;

const causeOf = (run: Run, e: RawEntry): RawEntry | null =>
  e.cause >= 0 && e.cause < e.id ? run.entry(e.cause) : null;

/** A command did it, in that very instant. */
function isAsked(run: Run, e: RawEntry): boolean {
  for (let at: RawEntry | null = e; at !== null && at.t === e.t; at = causeOf(run, at))
    if (at.kind === 'command') return true;
  return false;
}

/** Who is dead, or not up yet, is bound to fail a check: that tells nothing new. */
const NOT_THERE: ReadonlySet<EntryKind | undefined> = new Set([
  'container-exited',
  'host-lost',
  'container-created',
  'container-started',
]);

const isExpected = (run: Run, e: RawEntry): boolean =>
  kindOf(e) === 'check' && NOT_THERE.has(causeOf(run, e)?.kind);

/** The end of the process before, where that ended the same way and this one was started because of it; else the fault itself. */
function before(run: Run, e: RawEntry): RawEntry {
  let at = causeOf(run, e);
  for (let steps = 0; at !== null && steps < LOOP_STEPS; steps++) {
    if (at.kind === 'container-exited') return at.text === e.text && !isAsked(run, at) ? at : e;
    at = causeOf(run, at);
  }
  return e;
}

/** The first of a crash loop. */
function firstOf(run: Run, e: RawEntry): number {
  if (e.kind !== 'container-exited') return e.id;
  let first = e;
  for (let at = before(run, e); at !== first; at = before(run, at)) first = at;
  return first.id;
}

/** Faults among the entries [from, to) of the journal, oldest first. */
export function faultsIn(run: Run, from: number, to: number): Fault[] {
  const sentence = (e: RawEntry): string => run.journal(e.id, e.id + 1)[0]?.text ?? '';
  const faults: Fault[] = [];
  for (let id = Math.max(0, from); id < Math.min(to, run.journalLength()); id++) {
    const e = run.entry(id);
    const kind = kindOf(e);
    if (kind === undefined || isAsked(run, e) || isExpected(run, e)) continue;
    const cause = causeOf(run, e);
    const because = cause === null ? '' : sentence(cause);
    faults.push({ id, t: e.t, kind, text: sentence(e), because, loop: firstOf(run, e) });
  }
  return faults;
}
