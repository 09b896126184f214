import { use, useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { Lesson, LessonEntry } from '../../lesson/lesson.ts';
import { createLessonSession, type LessonSession } from '../../store/lesson-store.ts';
import { CourseLine } from '../../ui/course/course-line.tsx';
import { HerdProvider } from '../../ui/herd/herd-context.tsx';
import { LessonProvider } from '../../ui/lesson/lesson-context.tsx';
import { Foretold } from '../../ui/lesson/foretold.tsx';
import { LessonPanel } from '../../ui/lesson/lesson-panel.tsx';
import { Waiting } from '../../ui/states/waiting.tsx';
import { TeachingProvider } from '../../ui/teaching/teaching-context.tsx';
import { Workbench } from '../../ui/workbench.tsx';
import { LESSONS } from '../lessons.ts';
import { HOME_HREF } from '../routes.ts';
import { useServices } from '../services.ts';
import { useResource } from '../use-resource.ts';
import { useLook, useOpenRun } from '../use-simulator.ts';

const foretold = (rules: readonly string[]) => <Foretold rules={rules} />;

/** One lesson beside the herds it speaks of. */
export function LessonPage({ entry }: { entry: LessonEntry }) {
  const [loading] = useState(entry.load);
  return <OpenLesson lesson={use(loading)} />;
}

function OpenLesson({ lesson }: { lesson: Lesson }) {
  const { memory } = useServices();
  const openRun = useOpenRun();
  const open = useCallback(
    () =>
      createLessonSession({
        lesson,
        memory,
        openScene: ({ text, file }) => openRun({ source: text, file, seed: null, autoplay: true }),
      }),
    [lesson, memory, openRun],
  );
  const session = useResource(open);
  return session ? <LessonBench session={session} /> : <Waiting />;
}

function LessonBench({ session }: { session: LessonSession }) {
  const simulator = useStore(session.store, (state) => state.simulator);
  const passed = useStore(session.store, (state) => state.passed);
  const { lesson } = session;
  useLook(simulator);
  return (
    <LessonProvider session={session}>
      <HerdProvider simulator={simulator}>
        <TeachingProvider teaching={foretold}>
          <Workbench
            kind="lesson"
            homeHref={HOME_HREF}
            controls={lesson.controls}
            course={
              <CourseLine
                open={LESSONS.map(({ number }) => number)}
                passed={passed ? [lesson.number] : []}
                here={lesson.number}
              />
            }
          >
            <LessonPanel homeHref={HOME_HREF} />
          </Workbench>
        </TeachingProvider>
      </HerdProvider>
    </LessonProvider>
  );
}
