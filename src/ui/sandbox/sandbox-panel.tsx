/** Beside the free herd: what it is, one thing to try, and other herds. */
import { lazy, Suspense } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { targetOf } from '../herd/target.ts';
import { homeNow } from '../herd/home-now.ts';
import { count, platformWords } from '../herd/words.ts';

const Dials = lazy(() => import('../dials/dials.tsx').then(({ Dials: dials }) => ({ default: dials })));

export interface HerdChoice {
  readonly name: string;
  readonly title: string;
  readonly idea: string;
}

interface SandboxPanelProps {
  herds: readonly HerdChoice[];
  chosen: string;
  choose(name: string): void;
}

export function SandboxPanel({ herds, chosen, choose }: SandboxPanelProps) {
  const users = useHerd((state) => state.view?.userCount);
  const wanted = useHerd((state) => state.view?.wanted);
  const platform = useHerd((state) => state.facts?.platform);
  const notes = useHerd(useShallow((state) => state.facts?.notes ?? []));
  return (
    <article className="bench-text" aria-label="Sandbox">
      <p className="kicker">Sandbox</p>
      <h1 className="title mt-1 mb-4">
        {herds.find(({ name }) => name === chosen)?.title ?? 'A herd of your own'}
      </h1>
      <div className="prose">
        <p>
          {wanted === undefined || users === undefined
            ? 'The herd is on its way.'
            : `${count(wanted, 'container')} on ${platformWords(platform ?? '')} ${wanted === 1 ? 'serves' : 'serve'} ${count(users, 'user')}. Each blue dot is a session, drawn in the place that holds it.`}
        </p>
      </div>
      <Suggestion />
      <fieldset className="mt-6 border-t border-hair pt-3">
        <legend className="float-left w-full pb-2 text-ink2">Another herd</legend>
        {herds.map(({ name, title, idea }) => (
          <label
            key={name}
            className="clear-both grid cursor-pointer grid-cols-[auto_1fr] gap-x-3 rounded-lg px-2 py-2 leading-5 hover:bg-ink/5 has-checked:bg-ink/8"
          >
            <input
              type="radio"
              name={`herd-${herds[0]?.name ?? ''}`}
              className="mt-0.5 size-4 flex-none accent-ink"
              checked={name === chosen}
              onChange={() => choose(name)}
            />
            <b className="font-semibold">{title}</b>
            <span className="col-start-2 text-ink2">{idea}</span>
          </label>
        ))}
      </fieldset>
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
function Suggestion() {
  const simulator = useSimulator();
  const target = useHerd(useShallow(targetOf));
  const lost = useHerd((state) => state.view?.totals.sessionsLost ?? 0);
  const killed = useHerd((state) =>
    state.commands.some(({ ok, line }) => ok && /^(docker kill|kubectl delete)/.test(line)),
  );
  const home = useHerd((state) => state.view && homeNow(state.view, 'sessions'));
  const words = !killed
    ? `Press Kill. It ends ${target?.name ?? 'a container'} in the middle of its work. How many users will be signed out?`
    : lost > 0
      ? `${count(lost, 'session')} went with it. Choose another home for Sessions and do the same again: the same users come at the same seconds.`
      : home === 'redis'
        ? 'Nobody was signed out: the sessions live in Redis. What would happen if that went?'
        : 'Watch who is sent where, and what comes back.';
  return (
    <section aria-label="One thing to try" className="border-t-2 border-ink pt-3">
      <p className="kicker">One thing to try</p>
      <p className="mt-1 text-[17px] leading-6 font-bold">{words}</p>
      {lost > 0 && (
        <button type="button" className="btn mt-3" onClick={() => simulator.explain('lost')}>
          Why were they lost?
        </button>
      )}
    </section>
  );
}
