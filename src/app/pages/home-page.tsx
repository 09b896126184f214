import { lessonMemoryKey, readFlowMemory } from '../../store/flow-memory.ts';
import { CourseHome } from '../../ui/course/course-home.tsx';
import { LESSONS } from '../lessons.ts';
import { lessonHref, SANDBOX_HREF } from '../routes.ts';
import { HERDS } from '../scenarios.ts';
import { useServices } from '../services.ts';

/** The front door. */
export function HomePage() {
  const { memory } = useServices();
  const passed = LESSONS.filter((lesson) => readFlowMemory(memory.read(lessonMemoryKey(lesson)))?.passed);
  return (
    <CourseHome
      lessons={LESSONS}
      passed={passed.map(({ number }) => number)}
      hrefOf={({ id }) => lessonHref(id)}
      sandboxHref={SANDBOX_HREF}
      herds={HERDS.length}
    />
  );
}
