import { FAILURE_CAUSES, type FailureCause } from './model/failure.ts';
import {
  ANSWERED,
  AT_CLIENT,
  BACKLOG,
  QUEUED,
  SIGN_IN,
  SENDING,
  STORE_TRIP,
  STORE_WAIT,
  TO_BALANCER,
  TO_CLIENT,
  TO_SERVER,
  TURNAROUND,
  WORKING,
} from './model/requests.ts';
import { REQUEST_KINDS, type RequestKind } from './model/scenario.ts';
import type { World } from './model/world.ts';

/** Where a request is, in the words of the steps that it takes. */
export type TraceStage =
  | 'at-client' //   its user waits before trying again
  | 'to-balancer' // on its way
  | 'queued' //      in the balancer: no server has room
  | 'to-server' //   a connection to a container is being made
  | 'turnaround' //  the balancer waits before another attempt
  | 'backlog' //     in the container, waiting for a turn
  | 'store' //       the container asks a store
  | 'store-wait' //  the store does not answer
  | 'working' //     the container works on it
  | 'answering' //   an answer is on its way
  | 'ended';

/** One step of a request's way. Times in ms of virtual time. */
export interface TraceStep {
  readonly t: number;
  readonly stage: TraceStage;
  /** Id of the container that has it or is tried, -1 = none. */
  readonly container: number;
  /** Its name, or ''. */
  readonly name: string;
  /** Status on its way back or at the end: 0 = no answer at all, null = none yet. */
  readonly status: number | null;
  readonly cause: FailureCause | null;
  /** Journal entry that explains it, -1 = none. */
  readonly because: number;
}

export interface RequestTrace {
  readonly request: number;
  readonly user: number;
  readonly kind: RequestKind;
  readonly steps: readonly TraceStep[];
  readonly ended: boolean;
  /** Two containers executed it. */
  readonly duplicated: boolean;
}

const STAGES: Readonly<Record<number, TraceStage>> = {
  [AT_CLIENT]: 'at-client',
  [TO_BALANCER]: 'to-balancer',
  [QUEUED]: 'queued',
  [TO_SERVER]: 'to-server',
  [TURNAROUND]: 'turnaround',
  [BACKLOG]: 'backlog',
  [STORE_TRIP]: 'store',
  [STORE_WAIT]: 'store-wait',
  [WORKING]: 'working',
  [SENDING]: 'answering',
  [TO_CLIENT]: 'answering',
};

/** Watches one request from outside: the world is looked at after every event, and nothing in it is changed. */
export class Tracer {
  private readonly request: number;
  private row = -1;
  private stamp = -1;
  private user = -1;
  private kind: RequestKind = 'browse';
  private executedBy: number[] = [];
  private readonly steps: TraceStep[] = [];
  private over = false;

  constructor(request: number) {
    this.request = request;
  }

  look(w: World): void {
    if (this.over || w.sent < this.request) return;
    const q = w.requests;
    if (this.row < 0) {
      this.row = this.find(w, -1);
      if (this.row < 0) return;
      this.user = q.user[this.row];
      this.kind = REQUEST_KINDS[q.kind[this.row]] ?? REQUEST_KINDS[SIGN_IN];
    }
    if (w.ended !== null && w.ended.request === this.request) {
      const { status, cause, because } = w.ended;
      this.add(w, 'ended', w.ended.container, status, cause, because);
      this.over = true;
      return;
    }
    const row = this.row;
    if (q.id[row] === this.request && (q.flags[row] & ANSWERED) !== 0) {
      // The container keeps the old row; what goes on for the user is a row of its own.
      const twin = this.find(w, row);
      if (twin >= 0) this.row = twin;
      return;
    }
    if (q.id[row] !== this.request || q.stamp[row] === this.stamp) return;
    this.stamp = q.stamp[row];
    const stage = STAGES[q.state[row]] ?? 'at-client';
    const back = stage === 'answering';
    this.add(
      w,
      stage,
      q.container[row],
      back ? q.status[row] : null,
      back ? q.cause[row] : -1,
      q.because[row],
    );
    if (stage === 'working' && !this.executedBy.includes(q.container[row]))
      this.executedBy.push(q.container[row]);
  }

  private add(
    w: World,
    stage: TraceStage,
    container: number,
    status: number | null,
    cause: number,
    because: number,
  ): void {
    const last = this.steps.at(-1);
    if (last?.stage === stage && last.container === container && last.status === status) return;
    const name = w.containers[container]?.name ?? '';
    this.steps.push({
      t: w.now,
      stage,
      container,
      name,
      status,
      cause: FAILURE_CAUSES[cause] ?? null,
      because,
    });
  }

  private find(w: World, but: number): number {
    const q = w.requests;
    for (let r = 0; r < q.used; r++)
      if (
        r !== but &&
        q.id[r] === this.request &&
        (but < 0 || (q.flags[r] & ANSWERED) === 0) &&
        q.sentAt[r] <= w.now
      )
        return r;
    return -1;
  }

  trace(): RequestTrace {
    return {
      request: this.request,
      user: this.user,
      kind: this.kind,
      steps: [...this.steps],
      ended: this.over,
      duplicated: this.executedBy.length > 1,
    };
  }
}
