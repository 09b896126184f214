/** The front door: what this is, where to begin, and the open pasture. */
import type { LessonSummary } from '../../lesson/lesson.ts';
import { BrandIcon } from '../icons.tsx';
import { ThemeToggle } from '../theme/theme-toggle.tsx';
import { CourseLine } from './course-line.tsx';
import { Pasture } from './pasture.tsx';

const COLUMN = 'mx-auto w-full max-w-[1120px] px-4 sm:px-8';

interface CourseHomeProps {
  lessons: readonly LessonSummary[];
  passed: readonly number[];
  hrefOf(lesson: LessonSummary): string;
  sandboxHref: string;
  /** How many herds the sandbox has. */
  herds: number;
}

export function CourseHome({ lessons, passed, hrefOf, sandboxHref, herds }: CourseHomeProps) {
  const [first] = lessons;
  return (
    <main className="flex min-h-dvh flex-col pb-10">
      <header className={`${COLUMN} flex h-[60px] items-center justify-between`}>
        <span className="flex items-center gap-2.5 text-xl font-bold tracking-tight">
          <BrandIcon />
          Paddock
        </span>
        <ThemeToggle />
      </header>
      <section className="relative overflow-hidden border-b-2 border-ink pb-[200px] sm:pb-[270px]">
        <Pasture />
        <div className={`${COLUMN} relative pt-6 sm:pt-10`}>
          <h1 className="max-w-[22ch] text-[34px] leading-[1.08] font-bold tracking-[-0.03em] text-balance sm:text-[52px]">
            Why containers should be cattle, not pets
          </h1>
          <p className="mt-4 max-w-[52ch] font-serif text-[19px] leading-7 sm:text-[21px] sm:leading-8">
            A herd of containers serves live traffic. Kill one, and see who is signed out, what is lost, and
            why. Then change where the herd keeps its state, and live the same second again.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            {first && (
              <a className="btn btn-solid h-12! px-5! text-base" href={hrefOf(first)}>
                Begin with lesson {String(first.number).padStart(2, '0')}
              </a>
            )}
            <a className="btn h-12! px-5! text-base" href={sandboxHref}>
              Sandbox
            </a>
          </div>
        </div>
      </section>
      <div className={`${COLUMN} grid gap-x-12 gap-y-8 pt-8 min-[960px]:grid-cols-[1fr_300px]`}>
        <section aria-label="The course">
          <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
            <h2 className="text-2xl font-bold tracking-tight">The course</h2>
            <CourseLine open={lessons.map(({ number }) => number)} passed={passed} here={null} />
          </div>
          <ol className="mt-3 grid gap-1">
            {lessons.map((lesson) => (
              <li key={lesson.id}>
                <a
                  href={hrefOf(lesson)}
                  className="-mx-3 grid grid-cols-[auto_1fr] items-baseline gap-x-4 rounded-lg p-3 hover:bg-ink/5 sm:grid-cols-[auto_1fr_auto]"
                >
                  <span className="text-2xl font-bold tabular-nums">
                    {String(lesson.number).padStart(2, '0')}
                  </span>
                  <span>
                    <b className="text-xl font-bold tracking-tight">{lesson.title}</b>
                    <span className="mt-1 block max-w-[62ch] font-serif text-[17px] leading-6">
                      {lesson.idea}
                    </span>
                  </span>
                  <span className="col-start-2 text-sm text-ink2 sm:col-start-3">
                    {passed.includes(lesson.number) ? 'done · ' : ''}
                    {lesson.minutes} minutes
                  </span>
                </a>
              </li>
            ))}
          </ol>
        </section>
        <section aria-label="Sandbox">
          <h2 className="text-2xl font-bold tracking-tight">The sandbox</h2>
          <p className="mt-3 font-serif text-[17px] leading-6">
            {herds} herds, on Docker, Compose, Swarm and Kubernetes, each with one thing to try. Or a compose
            file of your own.
          </p>
          <a className="btn mt-4" href={sandboxHref}>
            To the herds
          </a>
        </section>
      </div>
    </main>
  );
}
