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

/** Above every status. */
const STATUSES = 1000;

/** A failure as the one number of its journal entry: its cause (a code), and the status that came, 0 = none. */
export const failureDetail = (cause: number, status: number): number => cause * STATUSES + status;
/** The same taken apart. */
export const failureOf = (detail: number): { cause: FailureCause; status: number } => ({
  cause: FAILURE_CAUSES[Math.floor(detail / STATUSES)],
  status: detail % STATUSES,
});
