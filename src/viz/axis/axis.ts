import { type Flag, placeFlags } from './flags.ts';
import { cumulativeStep, type Step } from './step.ts';
import { type FailedMarks, failedMarks } from './squares.ts';
import { type Tick, timeTicks } from './ticks.ts';

export interface AxisInput {
  /** CSS px. */
  readonly width: number;
  /** What the axis spans, in ms of virtual time. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The playhead. */
  readonly nowMs: number;
  /** Counts per bin of [fromMs, toMs), `bins` of equal length. */
  readonly failed: Float64Array;
  readonly lost: Float64Array;
  readonly missed: Float64Array;
  readonly bins: number;
  readonly commands: readonly { readonly at: number; readonly line: string }[];
}

/** One row of the axis: a hairline at `y` with its words. */
export interface AxisRow {
  readonly y: number;
  readonly label: { readonly x: number; readonly y: number; readonly text: string };
}

/** Everything in CSS px; to be drawn as SVG. */
export interface AxisLayout {
  readonly width: number;
  readonly height: number;
  /** Where the span begins and ends. */
  readonly x0: number;
  readonly x1: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Height of the time line. */
  readonly axisY: number;
  readonly ticks: readonly Tick[];
  /** Time already lived. */
  readonly past: { readonly x1: number; readonly x2: number };
  /** Its head is `path`, its line goes from `y1` to `y2`. Null = now is not in sight. */
  readonly playhead: {
    readonly x: number;
    readonly y1: number;
    readonly y2: number;
    readonly path: string;
  } | null;
  readonly rows: { readonly failed: AxisRow; readonly lost: AxisRow; readonly missed: AxisRow | null };
  readonly failed: FailedMarks;
  readonly lost: Step;
  /** Null while nothing was missed: the row appears with the first. */
  readonly missed: Step | null;
  readonly flags: readonly Flag[];
  /** Where the lines of the flags end: on the time line. */
  readonly flagFoot: number;
}

/** Narrower axes have their words above the rows instead of beside them. */
const BESIDE_FROM = 560;
const LABELS = 160;
const RIGHT = 12;
const FLAG_ROW = 28;
const HEAD = 34;
const FAILED_ROW = 44;
const STEP_ROW = 42;
/** With a third row all stand closer. */
const TIGHT_ROW = 34;

/** Lays out the time axis. Pure. */
export function axisLayout(input: AxisInput): AxisLayout {
  const { width, fromMs, toMs } = input;
  const beside = width >= BESIDE_FROM;
  const x0 = beside ? LABELS : RIGHT;
  const x1 = Math.max(x0 + 1, width - RIGHT);
  const span = Math.max(1, toMs - fromMs);
  const x = (ms: number): number => x0 + ((Math.min(Math.max(ms, fromMs), toMs) - fromMs) / span) * (x1 - x0);

  const inSight = input.nowMs >= fromMs && input.nowMs <= toMs;
  const inside = input.commands.filter((command) => command.at >= fromMs && command.at <= toMs);
  const { flags, rows: flagRows } = placeFlags(
    inside,
    x,
    width,
    inSight ? x(input.nowMs) : input.nowMs < fromMs ? -Infinity : Infinity,
  );
  const extra = (Math.max(1, flagRows) - 1) * FLAG_ROW;
  const head = HEAD + extra;
  const gap = beside ? 0 : 18;
  const failedY = head + gap + FAILED_ROW - 16;
  const someMissed = input.missed.some((count) => count > 0);
  const step = gap + (someMissed ? TIGHT_ROW : STEP_ROW);
  const lostY = failedY + step;
  const missedY = lostY + step;
  const axisY = (someMissed ? missedY : lostY) + 18;
  const row = (y: number, text: string): AxisRow => ({
    y,
    label: beside ? { x: 0, y: y - 6, text } : { x: 0, y: y - 36, text },
  });
  const steps = { fromMs, toMs, nowMs: input.nowMs, bins: input.bins, x };
  const playX = x(input.nowMs);
  return {
    width,
    height: axisY + 34,
    x0,
    x1,
    fromMs,
    toMs,
    axisY,
    ticks: timeTicks(fromMs, toMs, x, x1 - x0),
    past: { x1: x0, x2: playX },
    playhead: inSight ? { x: playX, y1: extra + 26, y2: axisY + 8, path: playheadPath(playX, extra) } : null,
    rows: {
      failed: row(failedY, 'Failed requests'),
      lost: row(lostY, 'Lost sessions'),
      missed: someMissed ? row(missedY, 'Missed sessions') : null,
    },
    failed: failedMarks(input.failed, x0, x1, failedY, inSight ? playX : x1),
    lost: cumulativeStep(input.lost, lostY, steps),
    missed: someMissed ? cumulativeStep(input.missed, missedY, steps) : null,
    flags,
    flagFoot: axisY,
  };
}

const playheadPath = (x: number, top: number): string =>
  `M${fixed(x)} ${top + 30}l-7-10v-9a3 3 0 0 1 3-3h8a3 3 0 0 1 3 3v9z`;

const fixed = (value: number): number => Math.round(value * 100) / 100;
