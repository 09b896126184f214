import { describe, expect, it } from 'vitest';
import type { EntryKind, JournalEntry } from '../../sim/engine/journal-entry.ts';
import { groupByCause } from '../inspect/group-by-cause.ts';
import { mergeRuns } from './merge-runs.ts';

const entry = (id: number, kind: EntryKind, cause: number): JournalEntry => ({
  id,
  t: id,
  kind,
  subject: '',
  text: `${kind} ${id}`,
  cause,
  container: -1,
  user: -1,
  request: -1,
});

describe('mergeRuns', () => {
  it('makes one line of neighbours with one kind and one cause', () => {
    const entries = [
      entry(0, 'command', -1),
      entry(1, 'session-lost', 0),
      entry(2, 'session-lost', 0),
      entry(3, 'container-exited', 0),
      entry(4, 'session-lost', 0),
    ];
    expect(mergeRuns(entries).map(({ entry: { id }, times }) => [id, times])).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
      [4, 1],
    ]);
  });

  it('keeps beginnings apart: they have no cause to share', () => {
    expect(mergeRuns([entry(0, 'command', -1), entry(1, 'command', -1)])).toHaveLength(2);
  });
});

describe('groupByCause', () => {
  it('gathers entries of one kind and cause, each group with its chain', () => {
    const kill = entry(0, 'command', -1);
    const exit = entry(1, 'container-exited', 0);
    const groups = groupByCause([
      [entry(5, 'session-lost', 1), exit, kill],
      [entry(4, 'session-lost', 1), exit, kill],
      [entry(3, 'upload-lost', 1), exit, kill],
    ]);
    expect(groups.map(({ entries }) => entries.map(({ id }) => id))).toEqual([[5, 4], [3]]);
    expect(groups[0]?.causes).toEqual([exit, kill]);
  });
});
