/** Inside a lesson: the sentence that foretold what happened by one of these rules. Pressed, it is marked in the text. */
import type { Claim, LessonNode } from '../../lesson/lesson.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { claimMark } from './claim-row.tsx';
import { useLesson, useLessonState } from './lesson-context.tsx';
import { Nodes } from './nodes.tsx';

export function Foretold({ rules }: { rules: readonly string[] }) {
  const { lesson } = useLesson();
  const simulator = useSimulator();
  const step = useLessonState((state) => state.step);
  // Only what stands on the open page: a later page must not be given away, an earlier one is about another herd.
  const claim = claimsIn(lesson.steps[step]?.nodes ?? []).find((one) =>
    rules.some((rule) => one.rules.includes(rule)),
  );
  const isMarked = useHerd((state) => claim !== undefined && state.highlight === claimMark(claim.id));
  if (!claim)
    return rules.some((rule) => lesson.sources.includes(rule)) ? (
      <p className="leading-6 text-ink2">This lesson is about that.</p>
    ) : null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 leading-6">
      <span className="text-ink2">The lesson says:</span>
      <div className="max-w-[70ch] font-serif text-[17px]">
        <Nodes nodes={claim.children} />
      </div>
      <button
        type="button"
        className="btn btn-quiet h-8!"
        aria-pressed={isMarked}
        onClick={() => simulator.setHighlight(isMarked ? null : claimMark(claim.id))}
      >
        Show it in the text
      </button>
    </div>
  );
}

const claimsIn = (nodes: readonly LessonNode[]): Claim[] =>
  nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : node.kind === 'claim'
        ? [node]
        : 'children' in node
          ? claimsIn(node.children)
          : [],
  );
