/** The app as it is, but for its thread: that plays a recording (see replay.ts). Counts what comes from it. */
import { createRoot } from 'react-dom/client';
import { App } from '../../src/app/app.tsx';
import { makeEndpoint } from '../../src/app/make-worker.ts';
import { once } from '../../src/app/once.ts';
import type { Endpoint } from '../../src/runtime/endpoint.ts';
import { browserAddress } from '../../src/runtime/host/address.ts';
import { browserFrameClock } from '../../src/runtime/host/frame-clock.ts';
import { browserMemory } from '../../src/runtime/host/storage.ts';
import { learn, noWords } from '../../src/runtime/tray/plain.ts';
import { packTick, readFrame, runNumberIn } from '../../src/runtime/tray/tray.ts';
import { ECHO } from './echo.ts';
import '../../src/app/styles/app.css';

interface Counts {
  /** When trays came, in ms. */
  trays: number[];
  /** Messages that are objects, and so are cloned. */
  objects: number;
  /** Times that anything on the page was changed. */
  mutations: number;
  /** Round trips of a tray, in ms: bare, and with a view that is packed there and unpacked here. */
  echo(times: number, withView: boolean): Promise<number[]>;
  /** Legs that are drawn now. */
  underWay: number;
}

const counts: Counts = { trays: [], objects: 0, mutations: 0, underWay: 0, echo: async () => [] };
Object.assign(globalThis, { counts });

function count(endpoint: Endpoint): Endpoint {
  let back: ((tray: ArrayBuffer) => void) | null = null;
  const words = noWords();
  endpoint.listen((message) => {
    if (message instanceof ArrayBuffer) {
      if (runNumberIn(message) === ECHO) back?.(message);
      else counts.trays.push(performance.now());
    } else if (message.kind === 'news' && message.run === 'echo') learn(words, message.words ?? []);
    else counts.objects++;
  });
  counts.echo = async (times, withView) => {
    const took: number[] = [];
    let tray: ArrayBuffer | null = null;
    for (let i = 0; i < times; i++) {
      const from = performance.now();
      const sent = packTick({ number: ECHO, toMs: 0, speed: 1, settle: withView }, tray);
      tray = await new Promise<ArrayBuffer>((resolve) => {
        back = resolve;
        endpoint.hand(sent);
      });
      counts.underWay = readFrame(tray, words).journalLength;
      took.push(performance.now() - from);
    }
    return took;
  };
  return endpoint;
}

const root = document.querySelector('[data-paddock]');
if (root) {
  new MutationObserver(() => counts.mutations++).observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  createRoot(root).render(
    <App
      services={{
        endpoint: once(() =>
          makeEndpoint(
            () =>
              new Worker(new URL('./replay.ts', import.meta.url), { type: 'module', name: location.search }),
          ).then(count),
        ),
        clock: browserFrameClock(),
        memory: browserMemory('bench.'),
        address: browserAddress(),
      }}
    />,
  );
}
