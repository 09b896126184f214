/** The explanation, after the attempt that it explains. */
import type { ReactNode } from 'react';
import { GOAL_KEY } from '../../store/lesson-store.ts';
import type { Why } from '../../lesson/lesson.ts';
import { useLessonState } from './lesson-context.tsx';

export function WhyBox({ node, children }: { node: Why; children: ReactNode }) {
  const { of } = node;
  const isDue = useLessonState((state) =>
    of === GOAL_KEY
      ? state.passed
      : Object.hasOwn(state.observed, of) || Object.hasOwn(state.measured, of) || state.done.includes(of),
  );
  if (!isDue) return null;
  return (
    <div role="note" className="mb-5 border-l-4 border-yellow pl-4">
      {children}
    </div>
  );
}
