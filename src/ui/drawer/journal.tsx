/** What happened, newest first. */
import { useHerd } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { mergeRuns } from './merge-runs.ts';

const MARKS: Readonly<Record<string, string>> = {
  'request-failed': 'text-red',
  'session-lost': 'text-red',
  'upload-lost': 'text-red',
  'record-lost': 'text-red',
  command: 'font-semibold',
};

export function Journal() {
  const entries = useHerd((state) => state.entries);
  if (entries.length === 0) return <p className="text-ink2">Nothing out of the ordinary has happened yet.</p>;
  return (
    <ol aria-label="Journal entries" className="grid gap-0.5">
      {mergeRuns(entries)
        .toReversed()
        .map(({ entry, times }) => (
          <li key={entry.id} className="grid grid-cols-[72px_1fr] gap-3 leading-6">
            <span className="text-right tabular-nums text-ink2">{seconds(entry.t)}</span>
            <span className={MARKS[entry.kind] ?? ''}>
              {entry.text}
              {times > 1 && <span className="text-ink2"> and {times - 1} more</span>}
            </span>
          </li>
        ))}
    </ol>
  );
}
