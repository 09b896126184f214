/** Beside the free herd: what it is, one thing to try, and other herds. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { targetOf } from '../herd/target.ts';
import { homeNow } from '../herd/home-now.ts';
import { count, platformWords } from '../herd/words.ts';
import type { ComposeFile } from './compose-editor.tsx';
import type { Done, HerdChoice, Task } from './herd-choice.ts';
import type { Stills } from './herd-gallery.tsx';
import type { OpenPreview } from './herd-preview.tsx';

const Dials = lazy(() => import('../dials/dials.tsx').then(({ Dials: dials }) => ({ default: dials })));

const HerdGallery = lazy(() =>
  import('./herd-gallery.tsx').then(({ HerdGallery: gallery }) => ({ default: gallery })),
);

const ComposeEditor = lazy(() =>
  import('./compose-editor.tsx').then(({ ComposeEditor: editor }) => ({ default: editor })),
);

interface SandboxPanelProps {
  herds: readonly HerdChoice[];
  /** '' = none of them: a file of the reader's own. */
  chosen: string;
  choose(name: string): void;
  /** Small pictures of the herds; the same promise at every call. */
  stills(): Promise<Stills>;
  preview: OpenPreview;
  /** What the link asked for and did not get, and why. */
  refused: readonly string[];
  /** What the herd on the stage was made from. */
  compose: ComposeFile;
  /** Makes a herd from another file. */
  runFile(file: ComposeFile): void;
}

export function SandboxPanel(props: SandboxPanelProps) {
  const { herds, chosen, choose, stills, preview, refused, compose, runFile } = props;
  const herd = herds.find(({ name }) => name === chosen);
  const users = useHerd((state) => state.view?.userCount);
  const wanted = useHerd((state) => state.view?.wanted);
  const platform = useHerd((state) => state.facts?.platform);
  const isReadable = useHerd((state) => state.phase !== 'problem');
  const faulty = useHerd(useShallow((state) => state.problems.map(({ line }) => line)));
  const [isFileOpen, openFile] = useState(false);
  const notes = useHerd(useShallow((state) => state.facts?.notes ?? []));
  return (
    <article className="bench-text" aria-label="Sandbox">
      <p className="kicker">Sandbox</p>
      <h1 className="title mt-1 mb-4">
        {herd?.title ?? (isReadable ? 'A file of your own' : 'A file to mend')}
      </h1>
      <div className="prose">
        <p>
          {!isReadable
            ? 'It cannot be run as it stands. What is wrong, and on which line, is written where the herd would be.'
            : wanted === undefined || users === undefined
              ? 'The herd is on its way.'
              : `${count(wanted, 'container')} on ${platformWords(platform ?? '')} ${wanted === 1 ? 'serves' : 'serve'} ${count(users, 'user')}. Each blue dot is a session, drawn in the place that holds it.`}
        </p>
      </div>
      {refused.length > 0 && (
        <div role="alert" className="mb-4 border-l-4 border-red pl-3 text-[15px] leading-5">
          <p className="font-semibold">
            This link asks for something that is not there; the rest of it holds.
          </p>
          <ul className="mt-1 grid gap-1">
            {refused.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      {herd && <Suggestion task={herd.task} />}
      <details
        className="mt-5 border-t border-hair pt-3"
        onToggle={({ currentTarget }) => openFile(currentTarget.open)}
      >
        <summary className="text-ink2">Its compose file, or one of your own</summary>
        {isFileOpen && (
          <Suspense fallback={null}>
            <ComposeEditor
              key={`${compose.file} ${compose.source}`}
              {...compose}
              faulty={faulty}
              run={runFile}
            />
          </Suspense>
        )}
      </details>
      <Suspense fallback={null}>
        <HerdGallery herds={herds} chosen={chosen} choose={choose} stills={stills} preview={preview} />
      </Suspense>
      <Suspense fallback={null}>
        <Dials />
      </Suspense>
      {notes.length > 0 && (
        <details className="mt-5 border-t border-hair pt-3">
          <summary className="text-ink2">What the file leaves open</summary>
          <ul className="mt-2 grid gap-2 text-[14px] leading-5 text-ink2">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

/** The next thing to try follows from what has been done. */
function Suggestion({ task }: { task: Task }) {
  const simulator = useSimulator();
  const target = useHerd((state) => targetOf(state)?.name);
  const locked = useHerd((state) => state.locked);
  const lost = useHerd((state) => state.view?.totals.sessionsLost ?? 0);
  const lines = useHerd(useShallow((state) => state.commands.flatMap(({ ok, line }) => (ok ? [line] : []))));
  const homes = {
    sessions: useHerd((state) => state.view && homeNow(state.view, 'sessions')),
    uploads: useHerd((state) => state.view && homeNow(state.view, 'uploads')),
    jobs: useHerd((state) => state.view && homeNow(state.view, 'jobs')),
    membership: useHerd((state) => state.view && homeNow(state.view, 'membership')),
  };
  const isThere = useHerd((state) => state.view !== null);
  const done: Done = { lines, lost, home: (kind) => homes[kind] };
  const isDone = isThere && task.isDone(done);
  const next = isDone ? task.next : task.line;
  return (
    <section aria-label="One thing to try" className="bench-task border-t-2 border-ink pt-3">
      <p className="kicker">{lines.length > 0 && !isDone ? 'Still to try' : 'One thing to try'}</p>
      <p className="mt-1 text-[17px] leading-6 font-bold">
        {isDone ? task.after(done) : task.words(target ?? 'a container')}
      </p>
      {task.measures && <Counts measures={task.measures} />}
      {next && !lines.includes(next.types) && (
        <button
          type="button"
          className={isDone ? 'btn mt-3' : 'btn btn-solid mt-3'}
          disabled={locked}
          title={next.types}
          onClick={() => simulator.run(next.types)}
        >
          {next.does}
        </button>
      )}
      {lost > 0 && (
        <button type="button" className="btn mt-3" onClick={() => simulator.explain('lost')}>
          Why were they lost?
        </button>
      )}
    </section>
  );
}

/** What the run has counted since its start. */
function Counts({ measures }: { measures: NonNullable<Task['measures']> }) {
  const simulator = useSimulator();
  const counted = useHerd((state) => state.watched.measures);
  useEffect(() => {
    const sinceStart = { kind: 'since', anchor: null } as const;
    const watched = measures.map(({ metric }) => [metric, { metric, window: sinceStart, source: metric }]);
    simulator.watch({ conditions: {}, measures: Object.fromEntries(watched) });
    return () => simulator.watch({ conditions: {}, measures: {} });
  }, [simulator, measures]);
  return (
    <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
      {measures.map(({ label, metric }) => (
        <div key={metric}>
          <dt className="text-[14px] text-ink2">{label}</dt>
          <dd className="text-[28px] leading-8 font-bold tabular-nums">{counted[metric] ?? 0}</dd>
        </div>
      ))}
    </dl>
  );
}
