/** What went wrong by itself, as the axis needs it. */
interface FaultAt {
  readonly t: number;
  /** Number of the first of the crash loop that it is part of. */
  readonly loop: number;
}

/** One flag for one fault, for a crash loop, or for all that are too close to be told apart. */
export interface FaultMark<F> {
  /** CSS px: where it stands, and how far what it stands for goes on. */
  readonly x: number;
  readonly until: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Oldest first. */
  readonly faults: readonly F[];
  /** All of them are one crash loop. */
  readonly isLoop: boolean;
}

/** Where a span of time lies on an axis: ms, and CSS px from its left edge. */
export interface TimeScale {
  readonly x0: number;
  readonly x1: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Closer than this, in CSS px, two flags are one. */
const MERGED = 15;
/** A flag with a number beside it needs more. */
const COUNTED = 36;

/** Flags for the faults in sight, from left to right; a crash loop is one flag where it began. Pure. */
export function faultMarks<F extends FaultAt>(
  faults: readonly F[],
  { x0, x1, fromMs, toMs }: TimeScale,
): FaultMark<F>[] {
  const x = (ms: number): number =>
    Math.round(10 * (x0 + ((ms - fromMs) / Math.max(1, toMs - fromMs)) * (x1 - x0))) / 10;
  const loops = new Map<number, F[]>();
  for (const fault of faults)
    if (fault.t >= fromMs && fault.t <= toMs)
      loops.set(fault.loop, [...(loops.get(fault.loop) ?? []), fault]);
  const marks: F[][] = [];
  for (const loop of [...loops.values()].toSorted((a, b) => a[0]!.t - b[0]!.t)) {
    const last = marks.at(-1);
    const room = last && last.length > 1 ? COUNTED : MERGED;
    if (last && x(loop[0]!.t) - x(last[0]!.t) < room) last.push(...loop);
    else marks.push([...loop]);
  }
  return marks.map((found) => {
    const sorted = found.toSorted((a, b) => a.t - b.t);
    const [first, last] = [sorted[0]!, sorted.at(-1)!];
    return {
      x: x(first.t),
      until: x(last.t),
      fromMs: first.t,
      toMs: last.t,
      faults: sorted,
      isLoop: sorted.length > 1 && sorted.every(({ loop }) => loop === first.loop),
    };
  });
}
