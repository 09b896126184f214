/** The one place that makes workers: from a file, from a blob in the single-file embed, or none where frames forbid them. */
import { openEndpoint, type Endpoint, type WorkerLike } from '../runtime/endpoint.ts';
import { fetchFace, SANS } from './fonts.ts';

/** Opens an endpoint to simulate at; in the page itself if there can be no worker that draws. */
export async function makeEndpoint(): Promise<Endpoint> {
  const canHandOver =
    typeof Worker !== 'undefined' &&
    typeof HTMLCanvasElement.prototype.transferControlToOffscreen === 'function';
  const make = canHandOver ? await workerMaker() : null;
  return openEndpoint(
    () => (make ? withFont(make()) : null),
    () => import('./stage-host.ts').then((module) => module.makeStageHost),
  );
}

async function workerMaker(): Promise<() => Worker> {
  if (__PADDOCK_INLINE_WORKER__) {
    const { default: InlineWorker } = await import('./worker.ts?worker&inline');
    return () => new InlineWorker();
  }
  return () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

function withFont(worker: Worker): WorkerLike {
  void fetchFace(SANS).then((message) => {
    if (message) worker.postMessage(message, [message.bytes]);
  });
  return worker;
}
