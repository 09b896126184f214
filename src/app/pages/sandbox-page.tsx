import { startTransition, useMemo, useState } from 'react';
import { HerdProvider } from '../../ui/herd/herd-context.tsx';
import type { ComposeFile } from '../../ui/sandbox/compose-editor.tsx';
import { SandboxPanel } from '../../ui/sandbox/sandbox-panel.tsx';
import { Waiting } from '../../ui/states/waiting.tsx';
import { TaughtIn } from '../../ui/teaching/taught-in.tsx';
import { TeachingProvider } from '../../ui/teaching/teaching-context.tsx';
import { Workbench } from '../../ui/workbench.tsx';
import { LESSONS } from '../lessons.ts';
import { readParameters, type Parameters } from '../parameters.ts';
import { HOME_HREF, lessonHref } from '../routes.ts';
import { once } from '../once.ts';
import { herdNamed, HERDS, type ShippedHerd } from '../scenarios.ts';
import { usePreview } from '../use-preview.ts';
import { useHerdSimulator, type HerdSource } from '../use-simulator.ts';

const stills = once(() => import('../herd-stills.ts').then(({ STILLS }) => STILLS));

const ownHerd = ({ file, source }: ComposeFile): HerdSource => ({ file, contents: () => ({ source }) });

const taughtIn = (rules: readonly string[]) => (
  <TaughtIn lessons={LESSONS} rules={rules} hrefOf={({ id }) => lessonHref(id)} />
);

/** A herd to do with as one likes. */
export function SandboxPage({ query }: { query: Readonly<Record<string, string>> }) {
  const { parameters, refused } = useMemo(() => readParameters(query), [query]);
  const [chosen, choose] = useState<ShippedHerd | HerdSource>(
    herdNamed(parameters.scenario ?? 'herd') ?? HERDS[0]!,
  );
  const shipped = 'task' in chosen ? chosen : null;
  const preview = usePreview();
  const opened = useHerdSimulator(chosen, shipped ? parameters : withoutHomes(parameters));
  if (!opened) return <Waiting />;
  const { simulator, source } = opened;
  // The herd on the stage stays until the next one has been fetched.
  const change = (next: ShippedHerd | HerdSource): void => startTransition(() => choose(next));
  const suggested = shipped?.task.verb;
  return (
    <HerdProvider simulator={simulator}>
      <TeachingProvider teaching={taughtIn}>
        <Workbench
          kind="sandbox"
          homeHref={HOME_HREF}
          controls={parameters.controls ?? null}
          {...(suggested ? { suggested } : {})}
        >
          <SandboxPanel
            herds={HERDS}
            chosen={shipped?.name ?? ''}
            choose={(name) => change(herdNamed(name) ?? HERDS[0]!)}
            stills={stills}
            preview={preview}
            refused={refused}
            compose={{ file: chosen.file, source }}
            runFile={(file) => change(ownHerd(file))}
          />
        </Workbench>
      </TeachingProvider>
    </HerdProvider>
  );
}

/** A link's homes are meant for the herd that it names. */
const withoutHomes = ({ seed, autoplay }: Parameters): Parameters => ({
  ...(seed === undefined ? {} : { seed }),
  ...(autoplay === undefined ? {} : { autoplay }),
});
