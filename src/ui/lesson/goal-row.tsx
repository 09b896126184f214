/** What the learner is to bring about. Once reached it stays reached. */
import type { ReactNode } from 'react';
import type { Goal } from '../../lesson/lesson.ts';
import { useLesson, useLessonState } from './lesson-context.tsx';
import { TruthRow } from './truth-row.tsx';

export function GoalRow({ node, children }: { node: Goal; children: ReactNode }) {
  const lesson = useLesson();
  const passed = useLessonState((state) => state.passed);
  const now = useLessonState((state) => state.observed[lesson.keyOf(node)]);
  return (
    <section aria-label="Goal" className="mb-5 border-t-2 border-ink pt-2 font-sans" data-passed={passed}>
      <p className="kicker mb-2! font-sans! font-medium!">Goal</p>
      <TruthRow
        truth={passed ? 'true' : 'pending'}
        words={{ pending: 'not reached yet', true: 'reached', false: 'not reached' }}
      >
        {children}
      </TruthRow>
      <output className="block font-sans text-[17px] leading-6 font-bold">
        {passed
          ? 'You did it.'
          : now?.state === 'false'
            ? `Not in this run: ${now.text}. Reset and try again.`
            : ''}
      </output>
    </section>
  );
}
