/** Speaks for one run: names it in every message, passes its tray to and fro, and pairs questions with answers. */
import type { Endpoint } from './endpoint.ts';
import type { Frame, FromHost, News, OpenRun, Question, Replies, ToHost } from './protocol.ts';
import { learn, noWords } from './tray/plain.ts';
import { packTick, readFrame, runNumberIn, type Tick } from './tray/tray.ts';

/** Every message but for the run's name. */
type Said = ToHost extends infer M ? (M extends { run: string } ? Omit<M, 'run'> : never) : never;

/** What is said of a run, but for what is answered or kept here. */
export type Heard = Frame | Exclude<FromHost, { kind: 'ready' | 'reply' | 'news' }>;

export interface RunClient {
  readonly threaded: boolean;
  open(message: Omit<OpenRun, 'kind' | 'run' | 'number'>): void;
  tick(asked: Omit<Tick, 'number'>): void;
  say(message: Exclude<Said, { kind: 'open' }>): void;
  /** Never settles if the run is closed before it answers. */
  ask<K extends Question['kind']>(question: Extract<Question, { kind: K }>): Promise<Replies[K]>;
  close(): void;
}

/** `hear` gets what is said of this run, but for answers to questions. */
export function createRunClient(endpoint: Endpoint, run: string, hear: (message: Heard) => void): RunClient {
  const waiting = new Map<number, (value: never) => void>();
  const number = endpoint.nextNumber();
  let nextId = 0;
  let words = noWords();
  let news: News | null = null;
  /** The tray while it is here: it is lent with the next tick. */
  let tray: ArrayBuffer | null = null;

  function take(brought: ArrayBuffer): void {
    if (runNumberIn(brought) !== number) return;
    tray = brought;
    learn(words, news?.words ?? []);
    const { hash, commands, watched } = news ?? {};
    news = null;
    hear({
      kind: 'frame',
      ...readFrame(brought, words),
      ...(hash ? { hash } : {}),
      ...(commands ? { commands } : {}),
      ...(watched ? { watched } : {}),
    });
  }

  const unlisten = endpoint.listen((message) => {
    if (message instanceof ArrayBuffer) {
      take(message);
      return;
    }
    if (message.kind === 'ready' || message.run !== run) return;
    switch (message.kind) {
      case 'news':
        news = message;
        return;
      case 'reply':
        waiting.get(message.id)?.(message.value as never);
        waiting.delete(message.id);
        return;
      case 'opened':
        // Another run by this name: it begins with no words.
        words = noWords();
        news = null;
        hear(message);
        return;
      default:
        hear(message);
    }
  });
  const say = (message: Said): void => endpoint.post({ ...message, run });
  return {
    threaded: endpoint.threaded,
    open: (message) => say({ kind: 'open', number, ...message }),
    tick(asked) {
      endpoint.hand(packTick({ number, ...asked }, tray));
      tray = null;
    },
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
