/** The page's end of the line to whoever simulates: a worker, or the page itself. */
import type { FromHost, ToHost } from './protocol.ts';
import type { Host } from './worker-host.ts';

/** Makes a host that speaks to `post`. */
export type MakeHost = (post: (message: FromHost | ArrayBuffer) => void) => Host;

export interface Endpoint {
  /** Canvases in a message change hands when the other end is a thread of its own. */
  post(message: ToHost): void;
  /** Hands a tray over (see tray/tray.ts): it is the other end's from here on, until one comes back. */
  hand(tray: ArrayBuffer): void;
  /** A number for a run to go by in trays. */
  nextNumber(): number;
  /** Hears everything, trays too; returns how to stop. */
  listen(hear: (message: FromHost | ArrayBuffer) => void): () => void;
  /** True when drawing happens in another thread, so that a canvas must be handed over. */
  readonly threaded: boolean;
  close(): void;
}

/** Listeners, what is said to them, and numbers for their runs. */
function createAudience(): Pick<Endpoint, 'listen' | 'nextNumber'> & {
  tell(message: FromHost | ArrayBuffer): void;
} {
  const ears = new Set<(message: FromHost | ArrayBuffer) => void>();
  let runs = 0;
  return {
    nextNumber: () => runs++,
    listen(hear) {
      ears.add(hear);
      return () => ears.delete(hear);
    },
    tell(message) {
      for (const hear of ears) hear(message);
    },
  };
}

/** Simulates in the page. Messages are handled one after the other, never inside the call that posts them. */
export function createLocalEndpoint(makeHost: MakeHost): Endpoint {
  const { listen, nextNumber, tell } = createAudience();
  const host = makeHost(tell);
  let open = true;
  const post = (message: ToHost | ArrayBuffer): void =>
    queueMicrotask(() => {
      if (open) host.receive(message);
    });
  return {
    threaded: false,
    listen,
    nextNumber,
    post,
    hand: post,
    close() {
      open = false;
    },
  };
}

/** The little that is used of a Worker. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromHost | ArrayBuffer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Simulates in `worker`, which has said `ready`. */
function createWorkerEndpoint(worker: WorkerLike): Endpoint {
  const { listen, nextNumber, tell } = createAudience();
  worker.onmessage = (event) => tell(event.data);
  return {
    threaded: true,
    listen,
    nextNumber,
    post(message) {
      worker.postMessage(message, message.kind === 'attach' ? [message.canvas as OffscreenCanvas] : []);
    },
    hand: (tray) => worker.postMessage(tray, [tray]),
    close() {
      worker.terminate();
    },
  };
}

/**
 * An endpoint on the worker that `start` makes, or in the page when there is none to be had: `start` throws or answers
 * null, or the worker fails before its first word. What simulates in the page is loaded only then.
 */
export function openEndpoint(
  start: () => WorkerLike | null,
  loadHost: () => Promise<MakeHost>,
): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    const stayHere = (): void => {
      loadHost().then((makeHost) => resolve(createLocalEndpoint(makeHost)), reject);
    };
    try {
      const worker = start();
      if (!worker) {
        stayHere();
        return;
      }
      worker.onmessage = () => resolve(createWorkerEndpoint(worker));
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        stayHere();
      };
    } catch {
      stayHere();
    }
  });
}
