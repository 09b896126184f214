/** What a person may ask of a run beside watching it: each answer lands in the read model when it is there. */
import type { StoreApi } from 'zustand/vanilla';
import type { RunClient } from '../runtime/run-client.ts';
import type { HerdState, StopSettings } from './herd-state.ts';

export interface Questions {
  /** Asks what may be turned, and how it stands. */
  askDials(): void;
  /** Follows one request: from its user through every hop to how it ended. */
  follow(request: number): void;
  /** Looks at one container closely, by its name. */
  lookInto(name: string): void;
  /** Asks what led to one entry of the journal; null = enough. */
  traceBack(entry: number | null): void;
  /** Tries a planned stop on a fork of the run; null = with the settings as they are. */
  tryStop(settings: StopSettings | null): void;
  /** Asks which requests are under way. */
  lookAround(): void;
  /** Tries on forks of the run what would survive what. */
  tryOut(): void;
}

const SHOWN_REQUESTS = 12;

export function createQuestions(
  client: RunClient,
  { getState, setState }: StoreApi<HerdState>,
): { readonly ask: Questions; restart(): void } {
  // Answers to questions about a run that has begun anew are void.
  let era = 0;
  let stopWanted: { settings: StopSettings | null } | null = null;
  let stopAsked = false;

  function take<T>(answer: Promise<T>, into: (value: T) => Partial<HerdState> | null): void {
    const asked = era;
    void answer.then((value) => {
      const news = asked === era ? into(value) : null;
      if (news) setState(news);
    });
  }

  /** One trial at a time; of the settings that were wanted meanwhile only the last are tried. */
  async function askStop(asked: number): Promise<void> {
    while (stopWanted && asked === era) {
      const { settings } = stopWanted;
      stopWanted = null;
      const stopping = await client.ask<'stopping'>({ kind: 'stopping', settings });
      if (asked !== era) return;
      setState({ stopping: stopping ?? 'nobody' });
    }
    stopAsked = false;
  }

  return {
    restart() {
      era++;
      stopWanted = null;
      stopAsked = false;
    },
    ask: {
      askDials: () => take(client.ask<'dials'>({ kind: 'dials' }), (dials) => ({ dials })),
      follow(request) {
        setState({ drawer: 'inspect', inspecting: 'request', autopsy: { request, found: null, busy: true } });
        take(client.ask<'autopsy'>({ kind: 'autopsy', request }), (found) =>
          getState().autopsy?.request === request ? { autopsy: { request, found, busy: false } } : null,
        );
      },
      lookInto: (name) =>
        take(client.ask<'inspect'>({ kind: 'inspect', name }), (inspection) => ({ inspection })),
      traceBack(entry) {
        setState({ traced: null });
        if (entry !== null) take(client.ask<'chain'>({ kind: 'chain', entry }), (traced) => ({ traced }));
      },
      tryStop(settings) {
        stopWanted = { settings };
        if (stopAsked) return;
        stopAsked = true;
        void askStop(era);
      },
      lookAround: () =>
        take(client.ask<'underWay'>({ kind: 'underWay', limit: SHOWN_REQUESTS }), (underWay) => ({
          underWay,
        })),
      tryOut() {
        if (getState().trying) return;
        setState({ trying: true });
        take(client.ask<'survival'>({ kind: 'survival', victim: getState().selected }), (survival) => ({
          survival: survival ?? 'nobody',
          trying: false,
        }));
      },
    },
  };
}
