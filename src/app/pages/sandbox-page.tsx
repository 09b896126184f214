import { startTransition, useMemo, useState } from 'react';
import { CourseLine } from '../../ui/course/course-line.tsx';
import { HerdProvider } from '../../ui/herd/herd-context.tsx';
import { SandboxPanel } from '../../ui/sandbox/sandbox-panel.tsx';
import { Waiting } from '../../ui/states/waiting.tsx';
import { Workbench } from '../../ui/workbench.tsx';
import { LESSONS } from '../lessons.ts';
import { readParameters } from '../parameters.ts';
import { HOME_HREF } from '../routes.ts';
import { once } from '../once.ts';
import { herdNamed, HERDS } from '../scenarios.ts';
import { usePreview } from '../use-preview.ts';
import { useHerdSimulator } from '../use-simulator.ts';

const stills = once(() => import('../herd-stills.ts').then(({ STILLS }) => STILLS));

/** A herd to do with as one likes. */
export function SandboxPage({ query }: { query: Readonly<Record<string, string>> }) {
  const { parameters, refused } = useMemo(() => readParameters(query), [query]);
  const [chosen, choose] = useState(parameters.scenario ?? 'herd');
  const herd = herdNamed(chosen) ?? HERDS[0]!;
  // The herd on the stage stays until the next one has been fetched.
  const change = (name: string): void => startTransition(() => choose(name));
  const preview = usePreview();
  const simulator = useHerdSimulator(herd, parameters);
  if (!simulator) return <Waiting />;
  return (
    <HerdProvider simulator={simulator}>
      <Workbench
        kind="sandbox"
        homeHref={HOME_HREF}
        controls={parameters.controls ?? null}
        {...(herd.task.verb ? { suggested: herd.task.verb } : {})}
        course={<CourseLine open={LESSONS.map(({ number }) => number)} passed={[]} here={null} />}
      >
        <SandboxPanel
          herds={HERDS}
          chosen={chosen}
          choose={change}
          stills={stills}
          preview={preview}
          refused={refused}
        />
      </Workbench>
    </HerdProvider>
  );
}
