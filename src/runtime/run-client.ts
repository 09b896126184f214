/** Speaks for one run: names it in every message, and pairs questions with answers. */
import type { Endpoint } from './endpoint.ts';
import type { FromHost, Question, Replies, ToHost } from './protocol.ts';

/** Every message but for the run's name. */
export type Said = ToHost extends infer M ? (M extends { run: string } ? Omit<M, 'run'> : never) : never;

export interface RunClient {
  readonly threaded: boolean;
  say(message: Said): void;
  /** Never settles if the run is closed before it answers. */
  ask<K extends Question['kind']>(question: Extract<Question, { kind: K }>): Promise<Replies[K]>;
  close(): void;
}

/** `hear` gets what is said of this run, but for answers to questions. */
export function createRunClient(
  endpoint: Endpoint,
  run: string,
  hear: (message: FromHost) => void,
): RunClient {
  const waiting = new Map<number, (value: never) => void>();
  let nextId = 0;
  const unlisten = endpoint.listen((message) => {
    if (message.kind === 'ready' || message.run !== run) return;
    if (message.kind !== 'reply') {
      hear(message);
      return;
    }
    waiting.get(message.id)?.(message.value as never);
    waiting.delete(message.id);
  });
  const say = (message: Said): void => endpoint.post({ ...message, run });
  return {
    threaded: endpoint.threaded,
    say,
    ask(question) {
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        say({ kind: 'ask', id, question });
      });
    },
    close() {
      unlisten();
      waiting.clear();
      say({ kind: 'close' });
    },
  };
}
