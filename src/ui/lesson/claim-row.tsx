/** A sentence that the run proves or disproves while you look. */
import type { Claim } from '../../lesson/lesson.ts';
import { useLessonState } from './lesson-context.tsx';
import { Nodes } from './nodes.tsx';
import { TruthRow } from './truth-row.tsx';

export function ClaimRow({ node }: { node: Claim }) {
  const found = useLessonState((state) => state.observed[node.id]);
  return (
    <TruthRow
      truth={found?.state ?? 'pending'}
      words={{ pending: 'not seen yet', true: 'true in this run', false: 'not true in this run' }}
    >
      <Nodes nodes={node.children} />
    </TruthRow>
  );
}
