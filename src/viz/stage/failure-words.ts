import type { FAILURE_CAUSES, FailureCause } from '../../sim/model/failure.ts';

/** The codes' order, held to the simulation's by its type. */
const CODES: typeof FAILURE_CAUSES = [
  'connect-refused',
  'reset',
  'no-server',
  'queue-timeout',
  'server-timeout',
  'client-timeout',
  'truncated',
  'dependency',
  'app-error',
];

const WORDS: Readonly<Record<FailureCause, string>> = {
  'connect-refused': 'refused',
  reset: 'reset',
  'no-server': 'no server',
  'queue-timeout': 'queue timeout',
  'server-timeout': 'no answer',
  'client-timeout': 'gave up',
  truncated: 'cut short',
  dependency: 'store failed',
  'app-error': 'error 500',
};

/** Codes of the causes that are told at another place than the server's. */
export const CAUSE = {
  noServer: CODES.indexOf('no-server'),
  queueTimeout: CODES.indexOf('queue-timeout'),
  clientTimeout: CODES.indexOf('client-timeout'),
} as const;

/** The request reached the container, and the error is its own answer. */
export const isInside = (code: number): boolean => CODES[code] === 'app-error';

/** A plain word or two for the failure cause with this code; `failed` for none. */
export function failureWord(code: number, is503 = false): string {
  if (is503 && isInside(code)) return 'error 503';
  const cause = CODES[code];
  return cause === undefined ? 'failed' : WORDS[cause];
}
