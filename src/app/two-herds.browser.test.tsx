import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserFrameClock } from '../runtime/host/frame-clock.ts';
import { createSimulator, type Simulator } from '../store/simulator.ts';
import { HerdProvider } from '../ui/herd/herd-context.tsx';
import { EmbedBench } from '../ui/embed-bench.tsx';
import { makeEndpoint } from './make-worker.ts';
import herd from '../../lessons/scenarios/herd.compose.yaml?scenario';
import type { Endpoint } from '../runtime/endpoint.ts';
import './styles/app.css';

const CONTROLS = ['Kill', 'State model', 'Step'];

function workerEndpoint(): Promise<Endpoint> {
  return makeEndpoint(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
}

/** Two herds on one page, at one endpoint. */
async function mountTwo(
  endpoint: Endpoint,
): Promise<{ simulators: Simulator[]; frames: HTMLElement[]; unmount(): void }> {
  const clock = browserFrameClock();
  const look = { theme: 'day', reducedMotion: false } as const;
  const { source } = herd;
  const file = 'herd.compose.yaml';
  const simulators = [1, 2].map((seed) =>
    createSimulator({ endpoint, clock, run: `seed ${seed}`, source, file, seed, autoplay: false, look }),
  );
  const place = document.createElement('div');
  place.style.cssText = 'display:grid;grid-template-columns:1fr 1fr;height:480px';
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    simulators.map((simulator, i) => (
      <HerdProvider key={i} simulator={simulator}>
        <EmbedBench controls={CONTROLS} />
      </HerdProvider>
    )),
  );
  const frames = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>('.bench-frame')];
  await expect
    .poll(() => frames().filter((frame) => frame.dataset.settled).length, { timeout: 10_000 })
    .toBe(2);
  return {
    simulators,
    frames: frames(),
    unmount() {
      root.unmount();
      for (const simulator of simulators) simulator.close();
      endpoint.close();
      place.remove();
    },
  };
}

const lost = (frame: HTMLElement): string =>
  frame.querySelector('output[aria-label="Lost sessions"]')?.textContent ?? '';

describe.each([
  ['in a worker', workerEndpoint, true],
  ['in the page, where no worker is to be had', () => makeEndpoint(() => null), false],
  ['in the page, when the worker dies at once', () => makeEndpoint(dyingWorker), false],
])('two herds on one page, simulated %s', (_, open, threaded) => {
  let mounted: Awaited<ReturnType<typeof mountTwo>>;

  beforeEach(async () => {
    mounted = await mountTwo(await open());
  });
  afterEach(() => mounted.unmount());

  it('live apart: each with its own seed, hash, commands and numbers', async () => {
    const { simulators, frames } = mounted;
    const [one, two] = frames;
    if (!one || !two) throw new Error('two herds were mounted');
    expect(simulators[0]?.threaded).toBe(threaded);
    expect(one.dataset.seed).toBe('1');
    expect(two.dataset.seed).toBe('2');
    const before = two.dataset.hash;
    const kill = [...one.querySelectorAll('button')].find((button) => button.textContent === 'Kill');
    kill?.click();
    await vi.waitFor(() => expect(Number(lost(one))).toBeGreaterThan(0));
    expect(lost(two)).toBe('0');
    await expect.poll(() => one.dataset.hash).not.toBe(before);
    expect(two.dataset.hash).toBe(before);
  });

  it('has no id twice, and a picture in each', async () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(document.querySelectorAll('canvas')).toHaveLength(2);
    expect(document.querySelectorAll('ul[aria-label="On the stage"] button').length).toBeGreaterThanOrEqual(
      6,
    );
  });
});

function dyingWorker(): Worker {
  const url = URL.createObjectURL(new Blob(['throw new Error("no")'], { type: 'text/javascript' }));
  return new Worker(url, { type: 'module' });
}
