import { ANSWERED, CHECK, STREAM } from './model/requests.ts';
import { REQUEST_KINDS, type RequestKind } from './model/scenario.ts';
import type { World } from './model/world.ts';

/** A request that its user waits for. */
export interface UnderWay {
  readonly request: number;
  readonly user: number;
  readonly kind: RequestKind;
  /** ms of virtual time. */
  readonly sentAt: number;
  /** Id of the container that has it, -1 = none yet. */
  readonly container: number;
}

/** Requests with an open row whose user waits, the latest first. */
export function requestsUnderWay(w: World, limit: number): UnderWay[] {
  const q = w.requests;
  const open = q.rows();
  return open
    .filter((r) => q.kind[r] !== STREAM && q.kind[r] !== CHECK && (q.flags[r] & ANSWERED) === 0)
    .sort((a, b) => q.id[b] - q.id[a])
    .slice(0, limit)
    .map((r) => ({
      request: q.id[r],
      user: q.user[r],
      kind: REQUEST_KINDS[q.kind[r]],
      sentAt: q.sentAt[r],
      container: q.container[r],
    }));
}
