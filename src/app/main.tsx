/** Entry of the app. */
import { createRoot } from 'react-dom/client';
import { browserAddress } from '../runtime/host/address.ts';
import { browserFrameClock } from '../runtime/host/frame-clock.ts';
import { browserMemory } from '../runtime/host/storage.ts';
import { App } from './app.tsx';
import { MONO, SANS, SERIF, addFaces } from './fonts.ts';
import { once } from './once.ts';
import { makeEndpoint } from './make-worker.ts';
import './styles/app.css';

const root = document.querySelector('[data-paddock]');
if (root) {
  addFaces(document, [SANS, SERIF, MONO]);
  createRoot(root).render(
    <App
      services={{
        endpoint: once(() =>
          makeEndpoint(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })),
        ),
        clock: browserFrameClock(),
        memory: browserMemory('paddock.'),
        address: browserAddress(),
      }}
    />,
  );
}
