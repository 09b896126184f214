/** What happened, newest first. A topic narrows it, a line leads back to what began it and to its container. */
import { TOPICS, type Topic } from '../../store/herd-state.ts';
import type { JournalEntry } from '../../sim/engine/journal-entry.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { DrawerTop } from './drawer-top.tsx';
import { mergeRuns, type JournalLine } from './merge-runs.ts';

const MARKS: Readonly<Record<string, string>> = {
  'request-failed': 'text-red',
  'session-lost': 'text-red',
  'upload-lost': 'text-red',
  'record-lost': 'text-red',
  command: 'font-semibold',
};

const LABELS: Readonly<Record<Topic, string>> = {
  commands: 'Commands',
  containers: 'Containers',
  balancer: 'Balancer',
  failures: 'Failures',
  losses: 'Losses',
  stores: 'Stores',
  deploys: 'Deploys',
  drift: 'Drift',
};

export function Journal() {
  const simulator = useSimulator();
  const topic = useHerd((state) => state.topic);
  const all = useHerd((state) => state.entries);
  const some = useHerd((state) => state.onTopic);
  const entries = topic === null ? all : some;
  return (
    <>
      <DrawerTop>
        <fieldset className="tabs" aria-label="What to read about">
          <TopicButton label="Everything" on={topic === null} choose={() => simulator.readAbout(null)} />
          {TOPICS.map((name) => (
            <TopicButton
              key={name}
              label={LABELS[name]}
              on={topic === name}
              choose={() => simulator.readAbout(name)}
            />
          ))}
        </fieldset>
      </DrawerTop>
      {entries.length === 0 ? (
        <p className="text-ink2">
          {topic === null
            ? 'Nothing out of the ordinary has happened yet.'
            : 'Nothing of the kind has happened yet.'}
        </p>
      ) : (
        <ol aria-label="Journal entries" className="grid gap-0.5">
          {mergeRuns(entries)
            .toReversed()
            .map((line) => (
              <Line key={line.entry.id} line={line} />
            ))}
        </ol>
      )}
    </>
  );
}

function TopicButton({ label, on, choose }: { label: string; on: boolean; choose(): void }) {
  return (
    <button type="button" className="btn btn-quiet h-8! text-[14px]" aria-pressed={on} onClick={choose}>
      {label}
    </button>
  );
}

function Line({ line: { entry, times } }: { line: JournalLine }) {
  const simulator = useSimulator();
  const traced = useHerd((state) => (state.traced?.[0]?.id === entry.id ? state.traced : null));
  const name = useHerd((state) => state.view?.containers.find(({ id }) => id === entry.container)?.name);
  return (
    <li className="grid grid-cols-[72px_1fr] gap-3 leading-6">
      <span className="text-right text-ink2 tabular-nums">{seconds(entry.t)}</span>
      <div>
        <button
          type="button"
          className={`w-full rounded text-left hover:bg-ink/5 ${MARKS[entry.kind] ?? ''}`}
          aria-expanded={traced !== null}
          onClick={() => {
            simulator.traceBack(traced ? null : entry.id);
            if (!traced && name) simulator.select(name);
          }}
        >
          {entry.text}
          {times > 1 && <span className="text-ink2"> and {times - 1} more</span>}
        </button>
        {traced && <Causes chain={traced} />}
      </div>
    </li>
  );
}

function Causes({ chain: [entry, ...causes] }: { chain: readonly JournalEntry[] }) {
  const simulator = useSimulator();
  return (
    <div className="mb-1 border-l-2 border-hair pl-3">
      {causes.length === 0 && <p className="text-ink2">Nothing led to it but the herd itself.</p>}
      {causes.map((cause) => (
        <p key={cause.id}>
          <span className="text-ink2">because at {seconds(cause.t)}:</span> {cause.text}
        </p>
      ))}
      {entry && entry.request >= 0 && (
        <button type="button" className="btn btn-quiet h-8!" onClick={() => simulator.follow(entry.request)}>
          Follow request {entry.request}
        </button>
      )}
    </div>
  );
}
