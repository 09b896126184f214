/** The app: which page the address asks for. */
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { FaultBoundary } from '../ui/states/fault-boundary.tsx';
import { MessagePage } from '../ui/states/message-page.tsx';
import { Waiting } from '../ui/states/waiting.tsx';
import { LESSONS } from './lessons.ts';
import { HOME_HREF, parseRoute } from './routes.ts';
import { ServicesContext, type Services } from './services.ts';
import { SurroundingsProvider } from './surroundings.tsx';

// Each page comes when it is asked for.
const HomePage = lazy(() =>
  import('./pages/home-page.tsx').then(({ HomePage: page }) => ({ default: page })),
);
const LessonPage = lazy(() =>
  import('./pages/lesson-page.tsx').then(({ LessonPage: page }) => ({ default: page })),
);
const SandboxPage = lazy(() =>
  import('./pages/sandbox-page.tsx').then(({ SandboxPage: page }) => ({ default: page })),
);

export function App({ services }: { services: Services }) {
  const { address, memory } = services;
  const [fragment, setFragment] = useState(address.fragment);
  useEffect(() => address.onChange(setFragment), [address]);
  return (
    <ServicesContext value={services}>
      <SurroundingsProvider memory={memory} fixed={null}>
        <FaultBoundary homeHref={HOME_HREF} key={fragment}>
          <Suspense fallback={<Waiting />}>
            <Page fragment={fragment} />
          </Suspense>
        </FaultBoundary>
      </SurroundingsProvider>
    </ServicesContext>
  );
}

function Page({ fragment }: { fragment: string }) {
  const route = useMemo(() => parseRoute(fragment), [fragment]);
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'sandbox':
      return <SandboxPage query={route.query} />;
    case 'lesson': {
      const entry = LESSONS.find(({ id }) => id === route.id);
      if (entry) return <LessonPage entry={entry} />;
      return (
        <MessagePage
          title="There is no such lesson"
          text={`Nothing is kept under “${route.id}”.`}
          homeHref={HOME_HREF}
        />
      );
    }
    case 'lost':
      return (
        <MessagePage
          title="There is nothing here"
          text={`No page is called “${route.path}”.`}
          homeHref={HOME_HREF}
        />
      );
  }
}
