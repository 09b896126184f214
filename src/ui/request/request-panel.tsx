/** One request on its way: the run is played again with it watched, hop by hop, to how it ended and why. */
import { useEffect, useState, type FormEvent } from 'react';
import type { JournalEntry } from '../../sim/engine/journal-entry.ts';
import type { TraceStep } from '../../sim/trace.ts';
import { sequence } from '../../viz/request/sequence.ts';
import { useWidth } from '../axis/use-width.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { RuleLine } from './rule-line.tsx';
import { UNKNOWN_SESSION, ruleOfEntry, ruleOfFailure, type Rule } from './rules.ts';
import { SequencePicture } from './sequence-picture.tsx';

export function RequestPanel() {
  const autopsy = useHerd((state) => state.autopsy);
  return (
    <div className="grid gap-3">
      <Chooser />
      {autopsy === null && <p className="text-ink2">Choose a request, or follow a failure from Why.</p>}
      {autopsy?.busy && (
        <p className="text-ink2">Playing the run again to follow request {autopsy.request}.</p>
      )}
      {autopsy && !autopsy.busy && autopsy.found === null && (
        <p className="text-ink2">No request with the number {autopsy.request} has been sent yet.</p>
      )}
      {autopsy?.found && <Found />}
    </div>
  );
}

function Chooser() {
  const simulator = useSimulator();
  const underWay = useHerd((state) => state.underWay);
  const t = useHerd((state) => Math.floor(state.t / 1000));
  const [number, setNumber] = useState('');
  useEffect(() => simulator.lookAround(), [simulator, t]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const request = Number.parseInt(number, 10);
    if (request > 0) simulator.follow(request);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <form onSubmit={submit} className="flex items-center gap-2">
        <label className="flex items-center gap-2">
          Request
          <input
            className="h-9 w-24 rounded-lg border-[1.5px] border-rail bg-transparent px-2 tabular-nums"
            inputMode="numeric"
            value={number}
            onChange={(event) => setNumber(event.target.value.replaceAll(/\D/g, ''))}
          />
        </label>
        <button type="submit" className="btn" disabled={number === ''}>
          Follow
        </button>
      </form>
      {underWay.length > 0 && <span className="ml-2 text-ink2">Under way:</span>}
      {underWay.slice(0, 6).map(({ request, kind }) => (
        <button
          key={request}
          type="button"
          className="btn btn-quiet tabular-nums"
          onClick={() => simulator.follow(request)}
        >
          {request} {kind}
        </button>
      ))}
    </div>
  );
}

function Found() {
  const found = useHerd((state) => state.autopsy?.found);
  const balancer = useHerd((state) => state.view?.balancer?.kind ?? null);
  const [width, measure] = useWidth();
  if (!found) return null;
  const { trace, causes, same } = found;
  const end: TraceStep | undefined = trace.steps.at(-1);
  const rule = end?.stage === 'ended' ? ruleOf(end, found.causes, balancer) : null;
  return (
    <div ref={measure} className="grid gap-4">
      {!same && (
        <p role="alert" className="font-semibold text-red">
          Played again, this run did not come out as it did before. That is a fault in Paddock: do not rely on
          what is shown here.
        </p>
      )}
      <p className="text-[17px] leading-6 font-bold">
        Request {trace.request}, {trace.kind} by user {trace.user + 1}, sent at{' '}
        {seconds(trace.steps[0]?.t ?? 0)}
        {trace.ended ? '' : ', still under way'}
        {trace.duplicated ? ', executed by two containers' : ''}
      </p>
      {width > 0 && <SequencePicture picture={sequence(trace, Math.min(width, 860), balancer !== null)} />}
      {causes.length > 0 && (
        <ol aria-label="Why" className="border-l-2 border-hair pl-4">
          {causes.map((cause) => (
            <li key={cause.id} className="leading-6">
              <span className="text-ink2">because at {seconds(cause.t)}:</span> {cause.text}
            </li>
          ))}
        </ol>
      )}
      {rule && <RuleLine rule={rule} />}
    </div>
  );
}

/** Of a failure, or of an answer that was none: 401 for a session that there was, 404 for a file that was stored. */
function ruleOf(
  { cause, status }: TraceStep,
  chain: readonly JournalEntry[],
  balancer: string | null,
): Rule | null {
  const circumstances = { chain, balancer };
  if (cause) return ruleOfFailure(cause, circumstances);
  if (status === 401) return UNKNOWN_SESSION;
  return status === 404 ? ruleOfEntry('upload-not-found', circumstances) : null;
}
