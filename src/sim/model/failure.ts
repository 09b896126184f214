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

/** Status that the client saw; 0 = none (a silent close or a broken connection). */
export const FAILURE_STATUSES = [0, 500, 502, 503, 504] as const;
