/** The text of the step that is open, and the way to the next one. */
import { useEffect, useRef } from 'react';
import { TickIcon } from '../icons.tsx';
import { useLesson, useLessonState } from './lesson-context.tsx';
import { Nodes } from './nodes.tsx';

export function LessonPanel({ homeHref }: { homeHref: string }) {
  const session = useLesson();
  const { lesson } = session;
  const step = useLessonState((state) => state.step);
  const phase = useLessonState((state) => state.phase);
  const passed = useLessonState((state) => state.passed);
  const panel = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  const current = lesson.steps[step];
  const isLast = step === lesson.steps.length - 1;

  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    panel.current?.scrollTo({ top: 0 });
    panel.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [step]);

  if (!current) return null;
  return (
    <article ref={panel} className="bench-text flex flex-col" aria-label="Lesson" data-phase={phase}>
      <p className="kicker">
        Lesson {String(lesson.number).padStart(2, '0')} · {step === 0 ? lesson.part : lesson.title}
      </p>
      <h1 tabIndex={-1} className="title mt-1 mb-5 outline-none">
        {current.title}
      </h1>
      <div className="prose" key={step}>
        <Nodes nodes={current.nodes} />
      </div>
      <nav className="mt-auto flex items-center gap-3 pt-4" aria-label="Pages of this lesson">
        <button type="button" className="btn" disabled={step === 0} onClick={session.back}>
          Back
        </button>
        <span className="kicker">
          {step + 1} of {lesson.steps.length}
        </span>
        {isLast ? (
          <a className={`btn ml-auto ${passed ? 'btn-solid' : ''}`} href={homeHref}>
            {passed && <TickIcon />}
            {passed ? 'Done' : 'Course'}
          </a>
        ) : (
          <button
            type="button"
            className={`btn ml-auto ${phase === 'explain' || phase === 'read' ? 'btn-solid' : ''}`}
            onClick={session.next}
          >
            Next
          </button>
        )}
      </nav>
    </article>
  );
}
