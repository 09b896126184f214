/** For every kind of state in this herd, what each ordeal would do now: tried on copies of the run, not looked up. */
import { useEffect } from 'react';
import { ORDEALS, type Fate, type Ordeal, type Survival } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { count, seconds } from '../herd/words.ts';
import { HalfIcon, RingIcon, SessionIcon } from '../icons.tsx';
import { Scrolled } from '../scrolled.tsx';

const HEADS: Readonly<Record<Ordeal, string>> = {
  crash: 'Crash',
  restart: 'Restart',
  replacement: 'Replacement',
  'scale-in': 'Scale in',
  deploy: 'Deploy',
  'host loss': 'Host lost',
  'store loss': 'Store killed',
};

const SHOWN_LINES = 8;

export function SurvivalPanel() {
  const simulator = useSimulator();
  const found = useHerd((state) => state.survival);
  const trying = useHerd((state) => state.trying);
  useEffect(() => {
    if (found === null) simulator.tryOut();
  }, [found, simulator]);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-ink2">
          {found === 'nobody'
            ? 'No container is running: there is nobody to try it on.'
            : found
              ? `Tried at ${seconds(found.atMs)} on copies of this run, each followed for 45 s. ${found.victim} is the one that suffers.`
              : 'Trying it on copies of this run.'}
        </p>
        <button type="button" className="btn" disabled={trying} onClick={() => simulator.tryOut()}>
          Try again now
        </button>
      </div>
      {found && found !== 'nobody' && (
        <>
          <Table found={found} />
          <Typed found={found} />
        </>
      )}
    </div>
  );
}

function Table({ found }: { found: Survival }) {
  const choices = useHerd((state) => state.facts?.choices);
  // As the State model calls it, where it has a say; else as the file does.
  const label = (kind: string, home: string): string =>
    choices?.find((choice) => choice.kind === kind)?.homes.find(({ name }) => name === home)?.label ?? home;
  return (
    <Scrolled label="All trials">
      <table className="w-full min-w-[720px] border-collapse text-left text-[15px]">
        <caption className="sr-only">What would survive what</caption>
        <thead>
          <tr className="border-b-2 border-ink">
            <th scope="col" className="py-1.5 pr-3 font-semibold">
              State
            </th>
            {ORDEALS.map((ordeal) => (
              <th key={ordeal} scope="col" className="py-1.5 pr-3 font-semibold">
                {HEADS[ordeal]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.rows.map((row) => (
            <tr key={row.kind} className="border-b border-hair align-top">
              <th scope="row" className="py-2 pr-3 font-semibold">
                <span className="capitalize">{row.kind}</span>
                <span className="block font-normal text-ink2">
                  {row.held} · {label(row.kind, row.home)}
                </span>
              </th>
              {ORDEALS.map((ordeal) => (
                <td key={ordeal} className="py-2 pr-3">
                  <Outcome fate={row.fates[ordeal]} held={row.held} instead={whyNot(found, ordeal)} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="align-top">
            <th scope="row" className="py-2 pr-3 font-semibold">
              Requests
            </th>
            {ORDEALS.map((ordeal) => {
              const failed = found.failed[ordeal];
              return (
                <td
                  key={ordeal}
                  className={`py-2 pr-3 tabular-nums ${failed ? 'font-semibold text-red' : 'text-ink2'}`}
                >
                  {failed === null
                    ? whyNot(found, ordeal)
                    : failed === 0
                      ? 'none failed'
                      : `${failed} failed`}
                </td>
              );
            })}
          </tr>
        </tbody>
      </table>
    </Scrolled>
  );
}

/** Why it was not tried: there is no such thing, or the tool refused (its words stand below). */
const whyNot = ({ missing, refused }: Survival, ordeal: Ordeal): string =>
  missing[ordeal] ?? (refused[ordeal] === null ? '' : 'refused');

/** What a person would have typed; and what the tool answered where it would not. */
function Typed({ found: { lines, refused } }: { found: Survival }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer">What was typed in each trial</summary>
      <dl className="mt-1 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 leading-6 max-[559px]:grid-cols-1">
        {ORDEALS.filter((ordeal) => lines[ordeal].length > 0).map((ordeal) => (
          <div key={ordeal} className="contents">
            <dt className="font-semibold">{HEADS[ordeal]}</dt>
            <dd className="font-mono text-[14px] wrap-anywhere">
              {lines[ordeal].slice(0, SHOWN_LINES).map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))}
              {lines[ordeal].length > SHOWN_LINES && (
                <span className="block font-sans text-ink2">
                  and {lines[ordeal].length - SHOWN_LINES} more lines
                </span>
              )}
              {refused[ordeal] !== null && <span className="block text-red">{refused[ordeal]}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Outcome({ fate, held, instead }: { fate: Fate | null; held: number; instead: string }) {
  if (fate === null) return <span className="text-ink2">{instead}</span>;
  const { lost, outOfReach } = fate;
  if (lost > 0)
    return (
      <span className="inline-flex items-center gap-1.5 font-semibold text-red [&_svg]:size-4">
        <RingIcon /> {lost >= held && held > 0 ? 'all lost' : `${lost} lost`}
      </span>
    );
  if (outOfReach > 0)
    return (
      <span
        className="inline-flex items-center gap-1.5 font-semibold [&_svg]:size-4"
        title={`${count(outOfReach, 'time')} asked for and not found`}
      >
        <HalfIcon /> out of reach
      </span>
    );
  return (
    <span className="inline-flex items-center gap-1.5 text-ink2 [&_svg]:size-4">
      <SessionIcon /> kept
    </span>
  );
}
