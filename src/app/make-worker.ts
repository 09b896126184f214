/** The one place that makes workers. How one starts is the entry's to say; frames that forbid them are handled here. */
import { openEndpoint, type Endpoint, type WorkerLike } from '../runtime/endpoint.ts';
import { fetchFace, SANS } from './fonts.ts';

/** Opens an endpoint to simulate at; in the page itself if there can be no worker that draws. */
export function makeEndpoint(start: () => Worker | null): Promise<Endpoint> {
  return openEndpoint(
    () => (canDrawInWorker() ? withFont(start()) : null),
    () => import('./stage-host.ts').then((module) => module.makeStageHost),
  );
}

function canDrawInWorker(): boolean {
  return typeof Worker !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;
}

/** The drawing thread sees none of the page's faces, so it is given its own copy. */
function withFont(worker: Worker | null): WorkerLike | null {
  void fetchFace(SANS).then((message) => {
    if (message) worker?.postMessage(message, [message.bytes]);
  });
  return worker;
}
