import { useMemo, useState } from 'react';
import { CourseLine } from '../../ui/course/course-line.tsx';
import { HerdProvider } from '../../ui/herd/herd-context.tsx';
import { SandboxPanel } from '../../ui/sandbox/sandbox-panel.tsx';
import { Waiting } from '../../ui/states/waiting.tsx';
import { Workbench } from '../../ui/workbench.tsx';
import { LESSONS } from '../lessons.ts';
import { readParameters } from '../parameters.ts';
import { HOME_HREF } from '../routes.ts';
import { herdNamed, HERDS } from '../scenarios.ts';
import { useHerdSimulator } from '../use-simulator.ts';

/** A herd to do with as one likes. */
export function SandboxPage({ query }: { query: Readonly<Record<string, string>> }) {
  const { parameters } = useMemo(() => readParameters(query), [query]);
  const [chosen, choose] = useState(parameters.scenario ?? 'herd');
  const herd = herdNamed(chosen) ?? HERDS[0]!;
  const simulator = useHerdSimulator(herd, parameters);
  if (!simulator) return <Waiting />;
  return (
    <HerdProvider simulator={simulator}>
      <Workbench
        kind="sandbox"
        homeHref={HOME_HREF}
        controls={parameters.controls ?? null}
        suggested="Kill"
        course={<CourseLine open={LESSONS.map(({ number }) => number)} passed={[]} here={null} />}
      >
        <SandboxPanel herds={HERDS} chosen={chosen} choose={choose} />
      </Workbench>
    </HerdProvider>
  );
}
