/** Why: the latest failures, losses, misses or edits, each crowd with the chain of causes that led to it. */
import { useRef } from 'react';
import type { JournalEntry } from '../../sim/engine/journal-entry.ts';
import type { Explained, Span } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { RuleLine } from '../request/rule-line.tsx';
import { ruleOfEntry } from '../request/rules.ts';
import { Scrolled } from '../scrolled.tsx';
import { groupByCause } from './group-by-cause.ts';

const TABS: readonly { readonly name: Explained; readonly label: string; readonly none: string }[] = [
  { name: 'failed', label: 'Failed', none: 'No request has failed.' },
  { name: 'lost', label: 'Lost', none: 'Nothing has been lost.' },
  { name: 'missed', label: 'Missed', none: 'No request has missed its session or upload.' },
  { name: 'drift', label: 'Drift', none: 'No container differs from its image.' },
  { name: 'containers', label: 'Containers', none: 'No container has come or gone.' },
  { name: 'slow', label: 'Slow', none: 'Nothing made answers slow but the load itself.' },
  { name: 'stores', label: 'Stores', none: 'No store has been in trouble.' },
  { name: 'faults', label: 'By itself', none: 'Nothing has gone wrong by itself.' },
];

export function Why() {
  const simulator = useSimulator();
  const tabs = useRef<HTMLFieldSetElement>(null);
  const explained = useHerd((state) => state.explained);
  const span = useHerd((state) => state.explainedIn);
  const chains = useHerd((state) => state.explanation);
  return (
    <>
      <fieldset ref={tabs} className="tabs mb-2" aria-label="What to explain">
        {TABS.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            className="btn"
            aria-pressed={name === explained}
            onClick={() => simulator.explain(name, span)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {span && (
        <p className="mb-2 leading-6">
          {inWords(span)} only.{' '}
          <button
            type="button"
            className="rounded underline decoration-2 underline-offset-4"
            onClick={() => {
              simulator.explain(explained);
              // This button goes; the keyboard goes on from what is explained.
              tabs.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
            }}
          >
            All of it
          </button>
        </p>
      )}
      {chains?.length === 0 && (
        <p className="text-ink2">
          {span ? 'Nothing of the kind in this time.' : TABS.find(({ name }) => name === explained)?.none}
        </p>
      )}
      <ol className="grid gap-4" aria-label="Explanations">
        {groupByCause(chains ?? []).map(({ entries, causes }) => (
          <li key={entries[0]?.id} className="border-l-2 border-hair pl-4">
            <Crowd entries={entries} />
            <Follow entries={entries} />
            {causes.map((cause) => (
              <p key={cause.id} className="leading-6">
                <span className="text-ink2">because at {seconds(cause.t)}:</span> {cause.text}
              </p>
            ))}
            <Lesson entry={entries[0]} causes={causes} />
          </li>
        ))}
      </ol>
    </>
  );
}

const inWords = ({ fromMs, toMs }: Span): string =>
  seconds(fromMs) === seconds(toMs) ? `At ${seconds(fromMs)}` : `From ${seconds(fromMs)} to ${seconds(toMs)}`;

/** Failures have theirs where they are followed, each by its cause. */
function Lesson({ entry, causes }: { entry: JournalEntry | undefined; causes: readonly JournalEntry[] }) {
  const balancer = useHerd((state) => state.view?.balancer?.kind ?? null);
  const rule = entry ? ruleOfEntry(entry.kind, { chain: causes, balancer }) : null;
  return rule && <RuleLine rule={rule} />;
}

/** A failure can be followed from its user to its end. */
function Follow({ entries: [first] }: { entries: readonly JournalEntry[] }) {
  const simulator = useSimulator();
  if (!first || first.request < 0) return null;
  return (
    <button
      type="button"
      className="btn btn-quiet float-right"
      aria-label={`Follow request ${first.request}`}
      onClick={() => simulator.follow(first.request)}
    >
      Follow it
    </button>
  );
}

function Crowd({ entries }: { entries: readonly JournalEntry[] }) {
  const [first] = entries;
  if (!first) return null;
  if (entries.length === 1)
    return (
      <p className="font-semibold leading-6">
        {seconds(first.t)}: {first.text}
      </p>
    );
  return (
    <details>
      <summary className="font-semibold leading-6">
        {seconds(first.t)}: {first.text}{' '}
        <span className="text-ink2">and {entries.length - 1} more for the same reason</span>
      </summary>
      <Scrolled label="The others" className="max-h-40 overflow-y-auto">
        <ul className="text-ink2">
          {entries.slice(1).map((entry) => (
            <li key={entry.id}>
              {seconds(entry.t)}: {entry.text}
            </li>
          ))}
        </ul>
      </Scrolled>
    </details>
  );
}
