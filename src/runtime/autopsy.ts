/** The whole way of one request: the run is played again to where it stands, with that request watched. */
import type { Driver } from '../commands/driver.ts';
import type { JournalEntry } from '../sim/engine/journal-entry.ts';
import type { Run } from '../sim/run.ts';
import type { RequestTrace } from '../sim/trace.ts';

export interface Autopsy {
  readonly trace: RequestTrace;
  /** From what ended it back to what began that; empty where nothing went wrong. */
  readonly causes: readonly JournalEntry[];
}

/** The same run from its beginning, with the same commands to come. */
export interface Replay {
  readonly run: Run;
  readonly driver: Driver;
}

/** Null = no such request has been sent by `untilMs`. */
export function autopsy({ run, driver }: Replay, request: number, untilMs: number): Autopsy | null {
  run.trace(request);
  driver.advance(untilMs);
  const trace = run.traced();
  if (trace === null || trace.steps.length === 0) return null;
  const because = trace.steps.at(-1)?.because ?? -1;
  return { trace, causes: because >= 0 ? run.chain(because) : [] };
}
