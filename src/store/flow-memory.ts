/** What was kept of a lesson at an earlier visit. Anything that is not of this shape counts as nothing. */
import * as v from 'valibot';
import type { LessonSummary } from '../lesson/lesson.ts';
import type { FlowMemory } from '../runtime/lesson-flow.ts';

const KEPT = v.object({
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  answers: v.record(v.string(), v.string()),
  passed: v.boolean(),
});

export function readFlowMemory(text: string | null): FlowMemory | null {
  if (text === null) return null;
  try {
    const read = v.safeParse(KEPT, JSON.parse(text));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/** Where a lesson's progress is kept. */
export const lessonMemoryKey = ({ lang, id }: Pick<LessonSummary, 'lang' | 'id'>): string =>
  `lesson.${lang}.${id}`;
