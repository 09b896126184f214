/** The journal as a few calm sentences: what happened one by one, what happened often as a count. */
import type { EntryKind, JournalEntry } from '../sim/engine/journal-entry.ts';
import type { Sentence } from './herd-state.ts';

/** Kinds that come in crowds, with how a crowd is told. */
const CROWDS: Partial<Record<EntryKind, (n: number) => string>> = {
  'request-failed': (n) => `${n} ${n === 1 ? 'request' : 'requests'} failed.`,
  'session-lost': (n) => `${n} ${n === 1 ? 'session' : 'sessions'} lost.`,
  'session-missed': (n) => `${n} ${n === 1 ? 'session' : 'sessions'} missed.`,
  'upload-lost': (n) => `${n} ${n === 1 ? 'upload' : 'uploads'} lost.`,
  'upload-not-found': (n) => `${n} ${n === 1 ? 'upload' : 'uploads'} not found.`,
};

/** Speaks at most once in this many ms of virtual time, at the speed of 1. */
const BATCH_MS = 1500;
const KEPT = 12;

export interface Announcer {
  /** What to have said by now, or null when nothing is added. `urgent` speaks at once. */
  hear(
    entries: readonly JournalEntry[],
    t: number,
    speed: number,
    urgent: boolean,
  ): readonly Sentence[] | null;
  restart(): void;
}

/** Gathers entries, and lets them out in batches. */
export function createAnnouncer(): Announcer {
  let toldTo = -1;
  let toldAt = -Infinity;
  let said: readonly Sentence[] = [];
  let nextId = 0;
  return {
    hear(entries, t, speed, urgent) {
      const fresh = entries.filter((entry) => entry.id > toldTo);
      const last = fresh.at(-1);
      if (!last || (!urgent && t - toldAt < BATCH_MS * speed)) return null;
      toldTo = last.id;
      toldAt = t;
      said = [...said, ...announce(fresh).map((text) => ({ id: nextId++, text }))].slice(-KEPT);
      return said;
    },
    restart() {
      toldTo = -1;
      toldAt = -Infinity;
      said = [];
    },
  };
}

/** Sentences in the order of the first entry of each kind. */
export function announce(entries: readonly JournalEntry[]): string[] {
  const crowds = new Map<EntryKind, number>();
  for (const { kind } of entries) crowds.set(kind, (crowds.get(kind) ?? 0) + 1);
  const told = new Set<EntryKind>();
  return entries.flatMap(({ kind, text }) => {
    const crowd = CROWDS[kind];
    if (!crowd) return [text];
    if (told.has(kind)) return [];
    told.add(kind);
    return [crowd(crowds.get(kind) ?? 0)];
  });
}
