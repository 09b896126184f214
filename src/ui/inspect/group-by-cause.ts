/** Entries of one kind with the same causes are one thing to explain. */
import type { JournalEntry } from '../../sim/engine/journal-entry.ts';

export interface Group {
  /** In the order given. */
  readonly entries: readonly JournalEntry[];
  /** From the nearest cause back to what began it. */
  readonly causes: readonly JournalEntry[];
}

/** `chains` as `Run.chain` makes them: the entry itself first. */
export function groupByCause(chains: readonly (readonly JournalEntry[])[]): Group[] {
  const groups = new Map<string, { entries: JournalEntry[]; causes: readonly JournalEntry[] }>();
  for (const [entry, ...causes] of chains) {
    if (!entry) continue;
    const key = `${entry.kind} ${causes[0]?.id ?? `alone ${entry.id}`}`;
    const group = groups.get(key);
    if (group) group.entries.push(entry);
    else groups.set(key, { entries: [entry], causes });
  }
  return [...groups.values()];
}
