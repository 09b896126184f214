/** Why a request failed: exactly one of these (design: "Loss and failure, as words"). Codes are indices. */
export const FAILURE_CAUSES = [
  'connect-refused',
  'reset',
  'no-server',
  'queue-timeout',
  'server-timeout',
  'client-timeout',
  'truncated',
  'dependency',
  'app-error',
] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];
