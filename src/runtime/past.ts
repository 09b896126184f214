/** Where a run has been: checkpoints within a budget, so that a question about long ago is answered from near by. */
import { Checkpoints, type Kept } from '../sim/engine/checkpoints.ts';
import type { Checkpoint, Run } from '../sim/run.ts';

/** One instant of the past, with what the run's hash was. */
export interface Mark extends Kept {
  readonly checkpoint: Checkpoint;
  readonly hash: string;
}

export interface Past {
  /** Called whenever the run has moved on; keeps a mark when enough has happened since the last. */
  note(run: Run): void;
  /** The latest mark before a request was sent; null = there is none, begin at the beginning. */
  beforeSent(request: number): Mark | null;
  /** Marks between two instants, ascending, neither of them included. */
  between(t0: number, t1: number): Mark[];
}

/** A mark every so many events: they are played again in a few hundredths of a second. */
const EVERY_EVENTS = 40_000;
const BUDGET_BYTES = 64 * 1024 * 1024;

export function createPast(everyEvents = EVERY_EVENTS, budgetBytes = BUDGET_BYTES): Past {
  // Whoever was given a mark may look at it for as long as he likes: only what nobody was given is written over.
  const given = new WeakSet<Mark>();
  let noting: Run | null = null;
  const kept = new Checkpoints<Mark>(budgetBytes, (mark) => {
    if (!given.has(mark)) noting?.recycle(mark.checkpoint);
  });
  let noted = 0;
  const marks = (): Mark[] => kept.times().flatMap((t) => kept.before(t) ?? []);
  return {
    note(run) {
      noting = run;
      if (run.events - noted < everyEvents) return;
      // Between the commands of one ms there is no telling which of them are in.
      if (run.commands().at(-1)?.at === run.now) return;
      noted = run.events;
      const checkpoint = run.checkpoint();
      const { now, bytes, shared } = checkpoint;
      kept.add({ now, bytes, shared, checkpoint, hash: run.hash() });
    },
    beforeSent(request) {
      const mark = marks().findLast(({ checkpoint }) => checkpoint.sent < request);
      if (mark !== undefined) given.add(mark);
      return mark ?? null;
    },
    between: (t0, t1) => marks().filter((mark) => mark.now > t0 && mark.now < t1 && given.add(mark)),
  };
}
