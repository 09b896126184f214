/** The whole way of one request: the run is played again from the nearest mark before it, with that request watched. */
import type { Driver } from '../commands/driver.ts';
import type { JournalEntry } from '../sim/engine/journal-entry.ts';
import type { Checkpoint, Run } from '../sim/run.ts';
import type { RequestTrace } from '../sim/trace.ts';
import type { Past } from './past.ts';

export interface Autopsy {
  readonly trace: RequestTrace;
  /** From what ended it back to what began that; empty where nothing went wrong. */
  readonly causes: readonly JournalEntry[];
  /** The replay came out as the run did, by its hash. False = a fault of ours, and nothing here can be relied on. */
  readonly same: boolean;
}

/** The same run from an earlier instant, with the same commands to come. */
export interface Replay {
  readonly run: Run;
  readonly driver: Driver;
}

/** Makes a replay; null = from the beginning. */
export type MakeReplay = (from: Checkpoint | null) => Promise<Replay>;

/** Null = no such request has been sent yet. */
export async function autopsy(
  shown: Run,
  past: Past,
  replay: MakeReplay,
  request: number,
): Promise<Autopsy | null> {
  const { run, driver } = await replay(past.beforeSent(request)?.checkpoint ?? null);
  run.trace(request);
  // No further than to the first mark by which it has ended: what came after cannot change it.
  const marks = [...past.between(run.now, shown.now), { now: shown.now, hash: shown.hash() }];
  let same = true;
  for (const { now, hash } of marks) {
    driver.advance(now);
    if (now === shown.now) driver.catchUp();
    same &&= run.hash() === hash;
    if (run.traced()?.ended) break;
  }
  const trace = run.traced();
  if (trace === null || trace.steps.length === 0) return null;
  const because = trace.steps.at(-1)?.because ?? -1;
  return { trace, causes: because >= 0 ? run.chain(because) : [], same };
}
