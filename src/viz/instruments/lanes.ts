import { placeFlags, type Flag } from '../axis/flags.ts';
import { timeTicks, type Tick } from '../axis/ticks.ts';
import { above, niceMax, stepArea, stepLine } from './curves.ts';
import { FAILURE_CLASSES } from './failure-classes.ts';
import { binX, type Lane, livedBins, most, round, type Shape, type Strip } from './shapes.ts';
import { storeLanes, type StoreSpans } from './store-lanes.ts';

/** Counters and gauges that the lanes are made of, by metric name; one row a bin. */
export type Series = Readonly<Record<string, Float64Array>>;

export interface InstrumentsInput {
  /** CSS px. */
  readonly width: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly bins: number;
  readonly series: Series;
  readonly latency: { readonly p50: Float64Array; readonly p95: Float64Array; readonly p99: Float64Array };
  readonly stores: readonly StoreSpans[];
  readonly wanted: number;
  readonly commands: readonly { readonly at: number; readonly line: string }[];
}

export interface Instruments {
  readonly width: number;
  readonly height: number;
  readonly x0: number;
  readonly x1: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
  readonly axisY: number;
  readonly playX: number | null;
  readonly lanes: readonly Lane[];
  readonly ticks: readonly Tick[];
  readonly flags: readonly Flag[];
  /** Whether the lanes' names stand beside them (wide) or above. */
  readonly beside: boolean;
}

const BESIDE_FROM = 560;
const LABELS = 160;
const RIGHT = 12;
const LANE = 38;
const LOW_LANE = 14;
const GAP = 12;
const NAME = 22;
const FLAG_ROW = 28;
/** Above the line of time, where what went wrong by itself is marked. */
const MARKS = 8;

/** Lays every instrument out on one time axis. Pure. */
export function instrumentsLayout(input: InstrumentsInput): Instruments {
  const { width, fromMs, toMs, nowMs, bins } = input;
  const beside = width >= BESIDE_FROM;
  const x0 = beside ? LABELS : RIGHT;
  const x1 = Math.max(x0 + 1, width - RIGHT);
  const span = Math.max(1, toMs - fromMs);
  const x = (ms: number): number => x0 + ((Math.min(Math.max(ms, fromMs), toMs) - fromMs) / span) * (x1 - x0);
  const inside = input.commands.filter((command) => command.at >= fromMs && command.at <= toMs);
  const { flags, rows } = placeFlags(
    inside,
    x,
    width,
    nowMs < fromMs ? -Infinity : nowMs > toMs ? Infinity : x(nowMs),
  );
  const lanes: Lane[] = [];
  let y = Math.max(1, rows) * FLAG_ROW + 10;
  const add = (height: number, make: (strip: Strip) => Lane): void => {
    const top = y + (beside ? 0 : NAME);
    lanes.push(make({ fromMs, toMs, nowMs, bins, x, top, bottom: top + height }));
    y = top + height + GAP;
  };
  add(LANE, (strip) => answersLane(strip, input.series));
  add(LANE, (strip) => failedLane(strip, input.series));
  add(LANE, (strip) => sessionsLane(strip, input.series));
  add(LANE, (strip) => latencyLane(strip, input.latency));
  add(LANE, (strip) => capacityLane(strip, input.series, input.wanted));
  add(LOW_LANE, (strip) => restartsLane(strip, input.series));
  add(LOW_LANE, (strip) => driftLane(strip, input.series));
  for (const lane of storeLanes(input.stores)) add(LOW_LANE, lane);
  y += MARKS;
  return {
    width,
    height: y + 26,
    x0,
    x1,
    fromMs,
    toMs,
    bins,
    axisY: y,
    playX: nowMs >= fromMs && nowMs <= toMs ? x(nowMs) : null,
    lanes,
    ticks: timeTicks(fromMs, toMs, x, x1 - x0),
    flags,
    beside,
  };
}

const EMPTY = new Float64Array(0);
const column = (series: Series, name: string): Float64Array => series[name] ?? EMPTY;
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const perSecond = (strip: Strip): number => (1000 * strip.bins) / Math.max(1, strip.toMs - strip.fromMs);
const rate = (value: number): string => `${value >= 10 ? Math.round(value) : round(value)}/s`;

function answersLane(strip: Strip, series: Series): Lane {
  const ok = column(series, 'requests.ok');
  const refused = column(series, 'requests.unauthorized');
  const missing = column(series, 'uploads.not-found');
  const other = (bin: number): number => (refused[bin] ?? 0) + (missing[bin] ?? 0);
  const totals = ok.map((value, bin) => value + other(bin));
  const each = perSecond(strip);
  const max = niceMax(most(totals) * each);
  const y = above(strip, max / each);
  const shapes: Shape[] = [
    {
      kind: 'area',
      d: stepArea(
        strip,
        () => strip.bottom,
        (bin) => y(ok[bin] ?? 0),
      ),
      tone: 'ink2',
      fill: 'soft',
    },
    { kind: 'line', d: stepLine(strip, (bin) => y(ok[bin] ?? 0)), tone: 'ink', width: 2 },
  ];
  const lived = livedBins(strip);
  for (let bin = 0; bin < lived; bin++) {
    if (other(bin) === 0) continue;
    const top = y(totals[bin] ?? 0);
    shapes.push({
      kind: 'bar',
      ...bar(strip, bin),
      y: top,
      h: Math.max(2, round(y(ok[bin] ?? 0) - top)),
      tone: 'ink',
      fill: 'hollow',
    });
  }
  const refusals = sum(refused);
  const notFound = sum(missing);
  return {
    id: 'answers',
    label: 'Answers',
    scale: rate(max),
    top: strip.top,
    bottom: strip.bottom,
    shapes,
    words: `Answers: ${sum(ok)} good, ${refusals} refused for their session, ${notFound} without their upload; at most ${rate(most(totals) * each)}.`,
    read: (bin) =>
      `${rate((ok[bin] ?? 0) * each)} good${other(bin) > 0 ? `, ${refused[bin] ?? 0} refused (401), ${missing[bin] ?? 0} not found (404)` : ''}`,
  };
}

const bar = (strip: Strip, bin: number): { x: number; w: number } => {
  const left = binX(strip, bin);
  return { x: round(left), w: Math.max(2, round(binX(strip, bin + 1) - left - 0.5)) };
};

function failedLane(strip: Strip, series: Series): Lane {
  const classes = FAILURE_CLASSES.map(({ label, fill, causes }) => ({
    label,
    fill,
    counts: causes
      .map((cause) => column(series, `requests.failed.${cause}`))
      .reduce((a, b) => (a.length === 0 ? b : a.map((value, bin) => value + (b[bin] ?? 0))), EMPTY),
  }));
  const total = (bin: number): number => classes.reduce((n, { counts }) => n + (counts[bin] ?? 0), 0);
  const totals = Float64Array.from({ length: strip.bins }, (_, bin) => total(bin));
  const max = niceMax(Math.max(4, most(totals)));
  const y = above(strip, max);
  const shapes: Shape[] = [];
  for (let bin = 0; bin < livedBins(strip); bin++) {
    let below = 0;
    for (const { fill, counts } of classes) {
      const count = counts[bin] ?? 0;
      if (count === 0) continue;
      const top = y(below + count);
      shapes.push({
        kind: 'bar',
        ...bar(strip, bin),
        y: top,
        h: Math.max(2, round(y(below) - top)),
        tone: 'red',
        fill,
      });
      below += count;
    }
  }
  const told = classes
    .filter(({ counts }) => sum(counts) > 0)
    .map(({ label, counts }) => `${sum(counts)} ${label}`);
  return {
    id: 'failed',
    label: 'Failed',
    scale: sum(totals) === 0 ? '' : String(max),
    top: strip.top,
    bottom: strip.bottom,
    shapes,
    words: `Failed requests: ${sum(totals)}${told.length > 0 ? ` (${told.join(', ')})` : ''}.`,
    read: (bin) =>
      classes
        .filter(({ counts }) => (counts[bin] ?? 0) > 0)
        .map(({ label, counts }) => `${counts[bin]} ${label}`)
        .join(', ') || 'none',
  };
}

function sessionsLane(strip: Strip, series: Series): Lane {
  const held = column(series, 'sessions.held');
  const lost = column(series, 'sessions.lost');
  const missed = column(series, 'sessions.missed');
  const max = niceMax(Math.max(1, most(held)));
  const y = above(strip, max);
  const shapes: Shape[] = [
    { kind: 'line', d: stepLine(strip, (bin) => y(held[bin] ?? 0)), tone: 'blue', width: 3 },
  ];
  // What was lost hangs from above, what was missed stands below it as outlines.
  for (let bin = 0; bin < livedBins(strip); bin++) {
    const fell = lost[bin] ?? 0;
    const bounced = missed[bin] ?? 0;
    const height = (n: number): number => Math.max(3, round(strip.bottom - y(n)));
    if (fell > 0)
      shapes.push({
        kind: 'bar',
        ...bar(strip, bin),
        y: strip.top,
        h: height(fell),
        tone: 'red',
        fill: 'solid',
      });
    if (bounced > 0)
      shapes.push({
        kind: 'bar',
        ...bar(strip, bin),
        y: strip.top + (fell > 0 ? height(fell) : 0),
        h: height(bounced),
        tone: 'ink',
        fill: 'hollow',
      });
  }
  return {
    id: 'sessions',
    label: 'Sessions held',
    scale: String(max),
    top: strip.top,
    bottom: strip.bottom,
    shapes,
    words: `Sessions: ${sum(lost)} lost and ${sum(missed)} missed; ${held[Math.max(0, livedBins(strip) - 1)] ?? 0} held at the end.`,
    read: (bin) =>
      `${held[bin] ?? 0} held${(lost[bin] ?? 0) > 0 ? `, ${lost[bin]} lost` : ''}${(missed[bin] ?? 0) > 0 ? `, ${missed[bin]} missed` : ''}`,
  };
}

const LOWEST_MS = 1;

function latencyLane(strip: Strip, latency: InstrumentsInput['latency']): Lane {
  const { p50, p95, p99 } = latency;
  const highest = Math.max(10, most(p99.map((v) => (Number.isNaN(v) ? 0 : v))));
  // A logarithmic scale: a doubling is the same step everywhere.
  const decades = Math.log10(highest / LOWEST_MS);
  const y = (ms: number): number =>
    Number.isNaN(ms)
      ? NaN
      : round(
          strip.bottom -
            Math.max(0, Math.min(1, Math.log10(Math.max(LOWEST_MS, ms) / LOWEST_MS) / decades)) *
              (strip.bottom - strip.top),
        );
  const at = (values: Float64Array) => (bin: number) => y(values[bin] ?? NaN);
  const words = (ms: number | undefined): string =>
    ms === undefined || Number.isNaN(ms)
      ? '–'
      : ms >= 1000
        ? `${round(ms / 1000)} s`
        : `${Math.round(ms)} ms`;
  const known = p95.filter((v) => !Number.isNaN(v)).toSorted();
  return {
    id: 'latency',
    label: 'Latency',
    scale: words(highest),
    top: strip.top,
    bottom: strip.bottom,
    shapes: [
      { kind: 'area', d: stepArea(strip, at(p50), at(p95)), tone: 'ink2', fill: 'soft' },
      { kind: 'line', d: stepLine(strip, at(p99)), tone: 'rail', width: 1.5, dash: true },
      { kind: 'line', d: stepLine(strip, at(p95)), tone: 'ink2', width: 1.5 },
      { kind: 'line', d: stepLine(strip, at(p50)), tone: 'ink', width: 2.5 },
    ],
    words: `Latency of good answers: 95th percentile between ${words(known[0])} and ${words(known.at(-1))}.`,
    read: (bin) => `median ${words(p50[bin])}, p95 ${words(p95[bin])}, p99 ${words(p99[bin])}`,
  };
}

function capacityLane(strip: Strip, series: Series, wanted: number): Lane {
  const capacity = column(series, 'capacity');
  const load = column(series, 'requests.in-flight');
  const max = niceMax(Math.max(1, wanted, most(capacity)));
  const y = above(strip, max);
  const busiest = niceMax(Math.max(1, most(load)));
  const busy = above(strip, busiest);
  return {
    id: 'capacity',
    label: 'Capacity and load',
    scale: `${max} serving`,
    top: strip.top,
    bottom: strip.bottom,
    shapes: [
      {
        kind: 'area',
        d: stepArea(
          strip,
          () => strip.bottom,
          (bin) => busy(load[bin] ?? 0),
        ),
        tone: 'ink2',
        fill: 'soft',
      },
      { kind: 'line', d: stepLine(strip, () => y(wanted)), tone: 'rail', width: 1.5, dash: true },
      { kind: 'line', d: stepLine(strip, (bin) => y(capacity[bin] ?? 0)), tone: 'ink', width: 3 },
    ],
    words: `Capacity: between ${capacity.slice(0, livedBins(strip)).reduce((a, b) => Math.min(a, b), Infinity)} and ${most(capacity)} containers serving, ${wanted} wanted; at most ${most(load)} requests under way.`,
    read: (bin) => `${capacity[bin] ?? 0} of ${wanted} serving, ${load[bin] ?? 0} requests under way`,
  };
}

function restartsLane(strip: Strip, series: Series): Lane {
  const started = column(series, 'containers.started');
  const shapes: Shape[] = [];
  for (let bin = 0; bin < livedBins(strip); bin++) {
    const count = started[bin] ?? 0;
    for (let k = 0; k < Math.min(count, 3); k++)
      shapes.push({
        kind: 'bar',
        x: round(binX(strip, bin)) + 5 * k,
        y: strip.top,
        w: 4,
        h: strip.bottom - strip.top,
        tone: 'ink',
        fill: 'solid',
      });
  }
  return {
    id: 'restarts',
    label: 'Starts',
    scale: '',
    top: strip.top,
    bottom: strip.bottom,
    shapes,
    words: `Containers started after the beginning: ${sum(started)}.`,
    read: (bin) => ((started[bin] ?? 0) > 0 ? `${started[bin]} started` : 'none'),
  };
}

function driftLane(strip: Strip, series: Series): Lane {
  const changes = column(series, 'drift.changes');
  const max = Math.max(1, most(changes));
  const y = above(strip, max);
  return {
    id: 'drift',
    label: 'Config drift',
    scale: '',
    top: strip.top,
    bottom: strip.bottom,
    shapes:
      most(changes) === 0
        ? []
        : [
            {
              kind: 'area',
              d: stepArea(
                strip,
                () => strip.bottom,
                (bin) => y(changes[bin] ?? 0),
              ),
              tone: 'ink',
              fill: 'hatch',
            },
            { kind: 'line', d: stepLine(strip, (bin) => y(changes[bin] ?? 0)), tone: 'ink', width: 1.5 },
          ],
    words: `Config drift: at most ${most(changes)} changed paths.`,
    read: (bin) => `${changes[bin] ?? 0} changed`,
  };
}
