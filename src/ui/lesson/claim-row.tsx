/** A sentence that the run proves or disproves while you look. */
import type { ReactNode } from 'react';
import type { Claim } from '../../lesson/lesson.ts';
import { useLessonState } from './lesson-context.tsx';
import { TruthRow } from './truth-row.tsx';

export function ClaimRow({ node, children }: { node: Claim; children: ReactNode }) {
  const found = useLessonState((state) => state.observed[node.id]);
  return (
    <TruthRow
      truth={found?.state ?? 'pending'}
      words={{ pending: 'not seen yet', true: 'true in this run', false: 'not true in this run' }}
    >
      {children}
    </TruthRow>
  );
}
