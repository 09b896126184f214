/** Which rule of the model something belongs to, and in words what an operator takes from it. */
import type { EntryKind } from '../../sim/engine/journal-entry.ts';
import type { FailureCause } from '../../sim/model/failure.ts';

export interface Rule {
  /** Numbered as in SPEC.md, the nearest first; none where no one rule is behind it. */
  readonly rules: readonly string[];
  readonly words: string;
}

/** What led to it, and the balancer's kind: the same end may have another rule. */
interface Circumstances {
  readonly chain: readonly { readonly kind: EntryKind }[];
  readonly balancer: string | null;
}

const after = ({ chain }: Circumstances, ...kinds: readonly EntryKind[]): boolean =>
  chain.some(({ kind }) => kinds.includes(kind));

const byBalancer = (rules: Readonly<Record<string, string>>, { balancer }: Circumstances): string =>
  rules[balancer ?? ''] ?? rules['haproxy'] ?? '';

const NOBODY = { haproxy: 'S-85', nginx: 'R-4', alb: 'S-100', l4: 'S-71' };
const TOO_SLOW = { haproxy: 'S-85', nginx: 'S-95', alb: 'S-100', l4: 'S-70' };

const FAILURES: Readonly<Record<FailureCause, (found: Circumstances) => Rule>> = {
  reset: () => ({
    rules: ['R-1'],
    words:
      'What is in flight when a process dies dies with it. Only a copy of the request, sent elsewhere, could save it.',
  }),
  'connect-refused': (found) =>
    after(found, 'container-told', 'container-signalled')
      ? {
          rules: ['R-5', 'S-64'],
          words:
            'It had stopped listening before the balancer was told. Telling the balancer first costs nothing.',
        }
      : {
          rules: ['R-1'],
          words:
            'The balancer did not know yet that the container was gone. A retry on another server would have hidden it.',
        },
  'no-server': (found) => ({
    rules: [byBalancer(NOBODY, found), 'R-12'],
    words: 'With nobody left to ask, the balancer answers for the herd.',
  }),
  'queue-timeout': () => ({
    rules: ['S-88', 'R-8'],
    words: 'Too few places for the load: waiting in the balancer ended first.',
  }),
  'server-timeout': (found) => ({
    rules: [byBalancer(TOO_SLOW, found)],
    words: 'A container that hangs takes connections and gives nothing back.',
  }),
  'client-timeout': (found) =>
    after(found, 'store-down', 'store-paused')
      ? { rules: ['R-9'], words: 'It waited for a store that was away, and its user did not wait as long.' }
      : { rules: ['R-8'], words: 'Nobody told the user that no answer would come in time.' },
  truncated: () => ({
    rules: ['R-1'],
    words: 'The answer had begun: nothing can be sent again after that.',
  }),
  dependency: () => ({
    rules: ['R-9'],
    words: 'Whatever the state was moved to is now what every request needs.',
  }),
  'app-error': () => ({
    rules: [],
    words: 'The container was there and said no: health is not the same as being up.',
  }),
};

const fromStore = (found: Circumstances): boolean => after(found, 'store-down');

/** Losses, misses and edits; of anything else the journal keeps there is no one rule. */
const OTHERS: Partial<Record<EntryKind, (found: Circumstances) => Rule>> = {
  'session-lost': (found) =>
    fromStore(found)
      ? { rules: ['S-106', 'S-111'], words: 'What a store keeps in its memory ends with its process.' }
      : { rules: ['R-7'], words: 'A session ends with the last place that held it.' },
  'upload-lost': () => ({ rules: ['R-7'], words: 'A file ends with the layer or disk that held it.' }),
  'record-lost': (found) =>
    fromStore(found)
      ? { rules: ['S-106', 'S-113'], words: 'What was not on a disk when the store ended is gone.' }
      : { rules: ['R-7'], words: 'A record ends with the place that held it.' },
  'session-missed': () => ({
    rules: ['R-7', 'S-87'],
    words: 'The session lives in one container, and the request came to another.',
  }),
  'upload-not-found': () => ({
    rules: ['R-7'],
    words: 'The file lies in one container, and the request came to another.',
  }),
  drift: () => ({
    rules: ['S-123', 'S-124'],
    words: 'What was changed by hand is in no file: a replacement does not have it.',
  }),
};

export const ruleOfFailure = (cause: FailureCause, found: Circumstances): Rule => FAILURES[cause](found);

/** A 401 for a session that there was. */
export const UNKNOWN_SESSION: Rule = {
  rules: ['R-7'],
  words: 'The container that was asked does not know the session: whoever held it is gone, or elsewhere.',
};

export const ruleOfEntry = (kind: EntryKind, found: Circumstances): Rule | null =>
  OTHERS[kind]?.(found) ?? null;
