/** A number measured in the run, inside a sentence. */
import { formatMetric } from '../../lesson/condition/format.ts';
import type { Value } from '../../lesson/lesson.ts';
import { useLesson, useLessonState } from './lesson-context.tsx';

export function MeasuredValue({ node }: { node: Value }) {
  const lesson = useLesson();
  const value = useLessonState((state) => state.measured[lesson.keyOf(node)]);
  return (
    <b className="font-sans font-bold tabular-nums" data-measured={node.measure.source}>
      {value === undefined ? '…' : formatMetric(node.measure.metric, value)}
    </b>
  );
}
