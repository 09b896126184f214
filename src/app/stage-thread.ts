/** What the thread that simulates and draws does: hears messages, and fonts to draw with. */
import type { FromHost, ToHost } from '../runtime/protocol.ts';
import type { FontMessage } from './fonts.ts';
import { makeStageHost } from './stage-host.ts';

/** The little that is used of a worker's own scope; the page's types do not know it. */
interface WorkerScope {
  readonly fonts?: FontFaceSet;
  postMessage(message: FromHost | ArrayBuffer, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToHost | ArrayBuffer | FontMessage>) => void) | null;
}

/** Call once, in a worker. */
export function runStageThread(): void {
  const scope = globalThis as unknown as WorkerScope;
  const host = makeStageHost((message) =>
    // A tray changes hands.
    scope.postMessage(message, message instanceof ArrayBuffer ? [message] : []),
  );
  scope.onmessage = ({ data }) => {
    if (!(data instanceof ArrayBuffer) && data.kind === 'font')
      scope.fonts?.add(new FontFace(data.family, data.bytes, { weight: data.weight }));
    else host.receive(data);
  };
  scope.postMessage({ kind: 'ready' }, []);
}
