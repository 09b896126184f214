/** A simulator for as long as a component is on the page. */
import { use, useCallback, useEffect, useId, useState } from 'react';
import { createSimulator, type Simulator, type SimulatorNeeds } from '../store/simulator.ts';
import { useSurroundings } from '../ui/theme/theme-context.tsx';
import type { Parameters } from './parameters.ts';
import type { HerdContents } from './herd-files.ts';
import { useServices } from './services.ts';
import { useResource } from './use-resource.ts';

type Asked = Pick<SimulatorNeeds, 'source' | 'file' | 'ready' | 'homes' | 'seed' | 'autoplay' | 'log'>;

/** Opens runs that are drawn as the page is; each gets a name of its own. Suspends until there is a thread to open them in. */
export function useOpenRun(): (asked: Asked) => Simulator {
  const { endpoint, clock } = useServices();
  const open = use(endpoint());
  const id = useId();
  const { theme, reducedMotion } = useSurroundings();
  const [names] = useState(() => ({ next: 0 }));
  const [look] = useState({ theme, reducedMotion });
  const [openRun] = useState(
    () => (asked: Asked) =>
      createSimulator({ ...asked, endpoint: open, clock, run: `${id}${names.next++}`, look }),
  );
  return openRun;
}

/** Keeps a simulator's look as the page's is. */
export function useLook(simulator: Simulator | null): void {
  const { theme, reducedMotion } = useSurroundings();
  useEffect(() => simulator?.setLook({ theme, reducedMotion }), [simulator, theme, reducedMotion]);
}

/** What a herd is made from: shipped with the app, or somebody's own. */
export interface HerdSource {
  readonly file: string;
  /** The same promise at every call. */
  contents(): HerdContents | Promise<HerdContents>;
}

/** One simulator on a herd, with what it was made from; null for the moment before it is there. */
export function useHerdSimulator(
  herd: HerdSource,
  parameters: Parameters,
): { simulator: Simulator; source: string } | null {
  const openRun = useOpenRun();
  const { seed = null, autoplay = true } = parameters;
  const sessions = parameters['state.sessions'];
  const uploads = parameters['state.uploads'];
  const jobs = parameters['state.jobs'];
  const membership = parameters['state.membership'];
  const { file } = herd;
  const contents = herd.contents();
  const { ready, source } = contents instanceof Promise ? use(contents) : contents;
  const open = useCallback(() => {
    const homes = {
      ...(sessions ? { sessions } : {}),
      ...(uploads ? { uploads } : {}),
      ...(jobs ? { jobs } : {}),
      ...(membership ? { membership } : {}),
    };
    return openRun({ source, file, ready, homes, seed, autoplay });
  }, [openRun, file, ready, source, seed, autoplay, sessions, uploads, jobs, membership]);
  const simulator = useResource(open);
  useLook(simulator);
  return simulator && { simulator, source };
}
