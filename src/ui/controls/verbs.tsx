/** What can be done to the herd, one button a verb. Which container is meant is said before anything is pressed. */
import { useId } from 'react';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { targetOf } from '../herd/target.ts';
import { isOffered } from './offered.ts';
import { containerVerbs, herdVerbs, startVerb, type VerbLine } from './verb-lines.ts';

/** `only` lists the accessible names to offer; null = all of them. */
export function Verbs({ only, suggested }: { only: readonly string[] | null; suggested?: string }) {
  const target = useHerd(targetOf);
  const facts = useHerd((state) => state.facts);
  const cast = useHerd((state) => state.cast);
  const last = useHerd((state) => state.commands.findLast(({ ok }) => ok)?.line);
  // Once something has been done, the task's words say what comes next.
  const open = last === undefined ? suggested : undefined;
  const moved =
    target !== null &&
    last !== undefined &&
    !last.includes(target.name) &&
    cast?.containers.some(({ name, phase }) => phase !== 'running' && last.split(' ').includes(name));
  const targetId = useId();
  const wanted = (verbs: readonly VerbLine[]): VerbLine[] =>
    verbs.filter(({ name }) => isOffered(only, name));
  const start = startVerb(target, facts?.platform);
  const onContainer = wanted(containerVerbs(target, facts?.platform));
  const onHerd = facts && cast ? wanted(herdVerbs(facts, cast)) : [];
  if (onContainer.length + onHerd.length === 0) return null;
  return (
    <div className="bench-verbs" role="toolbar" aria-label="Verbs">
      {onContainer.length > 0 && (
        <>
          <span id={targetId} className="verbs-target mr-1 font-semibold" title={target?.name}>
            {moved && <span className="font-medium text-ink2">now </span>}
            {target ? target.name : 'no container'}
          </span>
          {onContainer.map((verb) => (
            <VerbButton key={verb.name} verb={verb} describedBy={targetId} solid={verb.name === open} />
          ))}
          {start && <VerbButton verb={start} describedBy={targetId} />}
        </>
      )}
      {onHerd.length > 0 && (
        <>
          {onContainer.length > 0 && (
            <span
              className="wide-only mx-1 h-6 [[data-kind=embed]_&]:hidden border-l border-hair"
              aria-hidden="true"
            />
          )}
          {onHerd.map((verb) => (
            <VerbButton key={verb.name} verb={verb} solid={verb.name === open} />
          ))}
        </>
      )}
      <Refusal />
    </div>
  );
}

/** What the tool said when it would not do the last thing asked of it. */
function Refusal() {
  const last = useHerd((state) => state.answers.at(-1));
  return last && !last.ok ? (
    <output aria-label="Refused" className="w-full text-[14px] leading-5 text-red">
      {last.text}
    </output>
  ) : null;
}

function VerbButton({
  verb,
  describedBy,
  solid = false,
}: {
  verb: VerbLine;
  describedBy?: string;
  solid?: boolean;
}) {
  const simulator = useSimulator();
  const { name, line, why } = verb;
  const locked = useHerd((state) => state.locked);
  return (
    <button
      type="button"
      className={solid ? 'btn btn-solid' : 'btn'}
      disabled={line === null || locked}
      title={locked ? 'Answer first, then try it' : (line ?? why)}
      aria-describedby={describedBy}
      onClick={() => line !== null && simulator.run(line)}
    >
      {name}
    </button>
  );
}
