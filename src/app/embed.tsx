/** Entry of the embed: one herd in a frame, told by the query string what to be. */
import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { browserAddress } from '../runtime/host/address.ts';
import { browserFrameClock } from '../runtime/host/frame-clock.ts';
import { browserMemory } from '../runtime/host/storage.ts';
import { EmbedBench } from '../ui/embed-bench.tsx';
import { HerdProvider } from '../ui/herd/herd-context.tsx';
import { Waiting } from '../ui/states/waiting.tsx';
import { SANS, addFaces } from './fonts.ts';
import { HERD_FILES } from './herd-files.ts';
import { makeEndpoint } from './make-worker.ts';
import { once } from './once.ts';
import { readParameters, type Parameters } from './parameters.ts';
import { isSelfWorker, startSelfWorker } from './self-worker.ts';
import { ServicesContext } from './services.ts';
import { runStageThread } from './stage-thread.ts';
import { SurroundingsProvider } from './surroundings.tsx';
import { useHerdSimulator } from './use-simulator.ts';
import './styles/embed.css';

const FOUR_VERBS = ['Kill', 'Edit by hand', 'Scale up', 'Deploy'];

function Embed({ parameters, refused }: { parameters: Parameters; refused: readonly string[] }) {
  const herd = HERD_FILES.find(({ name }) => name === (parameters.scenario ?? 'herd')) ?? HERD_FILES[0]!;
  const opened = useHerdSimulator(herd, parameters);
  if (!opened) return <Waiting />;
  return (
    <HerdProvider simulator={opened.simulator}>
      {refused.length > 0 && (
        <p role="alert" className="px-3 py-1 text-sm text-red">
          {refused.join('; ')}
        </p>
      )}
      <EmbedBench controls={parameters.controls ?? FOUR_VERBS} />
    </HerdProvider>
  );
}

function openPage(root: Element): void {
  const address = browserAddress();
  const { parameters, refused } = readParameters(address.parameters());
  const { theme = 'auto' } = parameters;
  const memory = browserMemory('paddock.embed.');
  const endpoint = once(() => makeEndpoint(startSelfWorker));
  addFaces(document, [SANS]);
  createRoot(root).render(
    <ServicesContext value={{ endpoint, clock: browserFrameClock(), memory, address }}>
      <SurroundingsProvider memory={memory} fixed={theme === 'auto' ? null : theme}>
        <Suspense fallback={<Waiting />}>
          <Embed parameters={parameters} refused={refused} />
        </Suspense>
      </SurroundingsProvider>
    </ServicesContext>,
  );
}

if (isSelfWorker()) runStageThread();
else {
  const root = document.querySelector('[data-paddock]');
  if (root) openPage(root);
}
