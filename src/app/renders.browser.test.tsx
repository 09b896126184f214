import { Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { createSimulator } from '../store/simulator.ts';
import { handClock } from '../store/testing/hand-clock.ts';
import { HerdProvider } from '../ui/herd/herd-context.tsx';
import { EmbedBench } from '../ui/embed-bench.tsx';
import herd from '../../lessons/scenarios/herd.compose.yaml?scenario';
import { makeEndpoint } from './make-worker.ts';
import './styles/app.css';

const FRAME_MS = 16;
const FRAMES = 120;

it('renders now and then while the herd moves, and not with every frame', async () => {
  const clock = handClock();
  const endpoint = await makeEndpoint(() => null);
  const simulator = createSimulator({
    endpoint,
    clock,
    run: 'a',
    source: herd.source,
    file: 'herd.compose.yaml',
    seed: 1,
    autoplay: true,
    look: { theme: 'day', reducedMotion: false },
  });
  let commits = 0;
  const place = document.createElement('div');
  place.style.cssText = 'display:grid;height:480px';
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    <Profiler id="bench" onRender={() => commits++}>
      <HerdProvider simulator={simulator}>
        <EmbedBench controls={[]} />
      </HerdProvider>
    </Profiler>,
  );
  await expect.poll(() => simulator.store.getState().phase, { timeout: 10_000 }).toBe('ready');
  const state = () => simulator.store.getState();
  const rendersIn = async (frames: number): Promise<number> => {
    const before = commits;
    const from = state().t;
    for (let i = 0; i < frames; i++) await clock.frame(FRAME_MS);
    expect(state().t - from).toBeGreaterThan(frames * FRAME_MS * 0.8);
    return commits - before;
  };
  const quiet = await rendersIn(FRAMES);
  simulator.run('docker kill shop-app-2');
  const busy = await rendersIn(FRAMES);
  root.unmount();
  simulator.close();
  place.remove();
  for (const [renders, aSecond] of [
    [quiet, 8],
    [busy, 15],
  ] as const) {
    expect(renders).toBeGreaterThan(0);
    expect(renders).toBeLessThan((aSecond * FRAMES * FRAME_MS) / 1000);
  }
});
