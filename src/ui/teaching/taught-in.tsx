/** Outside of a lesson: the first one of the course that stands on one of these rules. */
import type { LessonSummary } from '../../lesson/lesson.ts';

interface TaughtInProps {
  lessons: readonly LessonSummary[];
  rules: readonly string[];
  hrefOf(lesson: LessonSummary): string;
}

export function TaughtIn({ lessons, rules, hrefOf }: TaughtInProps) {
  const lesson = lessons.find(({ sources }) => rules.some((rule) => sources.includes(rule)));
  return lesson ? (
    <p className="leading-6">
      <span className="text-ink2">Taught in lesson {String(lesson.number).padStart(2, '0')}:</span>{' '}
      <a className="underline underline-offset-4" href={hrefOf(lesson)}>
        {lesson.title}
      </a>
    </p>
  ) : null;
}
