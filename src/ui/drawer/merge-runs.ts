/** The journal in lines: what happened many times over for one reason is one line. */
import type { JournalEntry } from '../../sim/engine/journal-entry.ts';

export interface JournalLine {
  readonly entry: JournalEntry;
  /** How many entries the line stands for. */
  readonly times: number;
}

/** Neighbours of one kind with one cause become one line, told by the first of them. */
export function mergeRuns(entries: readonly JournalEntry[]): JournalLine[] {
  const lines: JournalLine[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    const isSame =
      last && last.entry.kind === entry.kind && last.entry.cause === entry.cause && entry.cause >= 0;
    if (isSame) lines[lines.length - 1] = { entry: last.entry, times: last.times + 1 };
    else lines.push({ entry, times: 1 });
  }
  return lines;
}
