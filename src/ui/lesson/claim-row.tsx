/** A sentence that the run proves or disproves while you look. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { Claim } from '../../lesson/lesson.ts';
import { useHerd } from '../herd/herd-context.tsx';
import { useLessonState } from './lesson-context.tsx';
import { TruthRow } from './truth-row.tsx';

/** What is highlighted when a claim is pointed at. */
export const claimMark = (id: string): string => `claim ${id}`;

export function ClaimRow({ node, children }: { node: Claim; children: ReactNode }) {
  const found = useLessonState((state) => state.observed[node.id]);
  const isMarked = useHerd((state) => state.highlight === claimMark(node.id));
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMarked) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isMarked]);
  return (
    <TruthRow
      row={row}
      marked={isMarked}
      truth={found?.state ?? 'pending'}
      words={{ pending: 'not seen yet', true: 'true in this run', false: 'not true in this run' }}
    >
      {children}
    </TruthRow>
  );
}
