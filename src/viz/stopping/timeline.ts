/** The last seconds of a container on two lanes: what its process does, and what the network is told. */

export interface StopTimes {
  /** All in ms since the command that asked for the stop; null = not seen. */
  readonly preStopAt: number | null;
  readonly sigtermAt: number | null;
  readonly exitAt: number | null;
  readonly killed: boolean;
  /** `SIGTERM`, unless it has another. */
  readonly signal: string;
  /** The process makes something of its signal. */
  readonly hears: boolean;
  /** A preStop and what the balancer is told play a part. */
  readonly notice: boolean;
  readonly outAt: number | null;
  readonly failures: readonly number[];
  readonly settings: { readonly graceMs: number; readonly prestopMs: number };
}

export interface Phase {
  readonly x: number;
  readonly w: number;
  /** '' where none fit. */
  readonly words: string;
  readonly look: 'serves' | 'waits' | 'drains' | 'gone' | 'told';
}

/** An edge that is a setting: it can be moved. */
export interface Handle {
  readonly setting: 'prestopMs' | 'graceMs' | 'endpointDelayMs';
  readonly x: number;
  readonly y: number;
  readonly h: number;
  readonly words: string;
}

export interface StopTimeline {
  readonly width: number;
  readonly height: number;
  readonly x0: number;
  readonly endMs: number;
  readonly process: { readonly y: number; readonly h: number; readonly phases: readonly Phase[] };
  readonly network: { readonly y: number; readonly h: number; readonly phases: readonly Phase[] };
  /** Requests are still sent to a process that takes none: null = there is no such time. */
  readonly danger: { readonly x: number; readonly w: number; readonly ms: number } | null;
  readonly crosses: readonly { readonly x: number; readonly count: number }[];
  readonly marks: readonly { readonly x: number; readonly words: string }[];
  readonly handles: readonly Handle[];
  readonly msAt: (x: number) => number;
}

const LEFT = 84;
const RIGHT = 24;
const PROCESS_Y = 44;
const NETWORK_Y = 110;
const LANE = 34;
const HEIGHT = 186;
const LEAD_MS = 600;
const CHARACTER = 7.4;
const PADDING = 12;

export function stopTimeline(times: StopTimes, width: number): StopTimeline {
  const { preStopAt, sigtermAt, exitAt, outAt, killed, hears, signal, settings, failures } = times;
  const known = [sigtermAt, exitAt, outAt, 1500].filter((at): at is number => at !== null);
  const endMs = Math.max(...known) * 1.18 + 400;
  const x = (ms: number): number =>
    Math.round((LEFT + ((ms + LEAD_MS) / (endMs + LEAD_MS)) * (width - LEFT - RIGHT)) * 10) / 10;
  // The first words that fit.
  const phase = (from: number, to: number, look: Phase['look'], ...words: readonly string[]): Phase[] => {
    const w = x(to) - x(from);
    const fit = words.find((one) => CHARACTER * one.length + PADDING < w) ?? '';
    return to > from ? [{ x: x(from), w, look, words: fit }] : [];
  };
  const term = sigtermAt ?? exitAt ?? endMs;
  const over = exitAt ?? endMs;
  const out = outAt ?? endMs;
  // What is before the signal beyond its preStop, it waits for the network to know.
  const hooked = Math.min(term, preStopAt === null ? term : preStopAt + settings.prestopMs);
  // A drained process accepts nothing from SIGTERM on; one that does not hear it serves until it is killed.
  const deafFrom = hears ? Math.min(term, over) : over;
  const danger = out > deafFrom ? { x: x(deafFrom), w: x(out) - x(deafFrom), ms: out - deafFrom } : null;
  const columns = new Map<number, number>();
  for (const at of failures)
    if (at <= endMs)
      columns.set(Math.round(x(at) / 9) * 9, (columns.get(Math.round(x(at) / 9) * 9) ?? 0) + 1);
  return {
    width,
    height: HEIGHT,
    x0: LEFT,
    endMs,
    process: {
      y: PROCESS_Y,
      h: LANE,
      phases: [
        ...phase(-LEAD_MS, Math.min(preStopAt ?? term, over), 'serves', 'serves'),
        ...phase(preStopAt ?? term, hooked, 'waits', 'preStop: still serves', 'preStop'),
        ...phase(
          hooked,
          term,
          'waits',
          'still serves until the network knows',
          'network first: serves',
          'serves',
        ),
        ...(hears
          ? phase(term, over, 'drains', 'finishes what it has', 'drains')
          : phase(term, over, 'waits', `does not hear ${signal}: still serves`, `deaf to ${signal}`, 'deaf')),
        ...phase(over, endMs, 'gone', 'gone'),
      ],
    },
    network: {
      y: NETWORK_Y,
      h: LANE,
      phases: [
        ...phase(-LEAD_MS, Math.min(out, endMs), 'told', 'requests are sent there', 'sent there'),
        ...phase(out, endMs, 'gone', 'out of the rotation', 'out'),
      ],
    },
    danger,
    crosses: [...columns].map(([at, count]) => ({ x: at, count })),
    marks: apart([
      { x: x(0), words: 'asked to stop' },
      ...(sigtermAt !== null ? [{ x: x(sigtermAt), words: signal }] : []),
      ...(exitAt === null ? [] : [{ x: x(exitAt), words: killed ? 'SIGKILL' : 'exit' }]),
    ]),
    handles: [
      ...(times.notice
        ? [{ setting: 'prestopMs' as const, x: x(term), y: PROCESS_Y, h: LANE, words: 'preStop' }]
        : []),
      ...(killed
        ? [{ setting: 'graceMs' as const, x: x(over), y: PROCESS_Y, h: LANE, words: 'grace period' }]
        : []),
      ...(times.notice
        ? [
            {
              setting: 'endpointDelayMs' as const,
              x: x(Math.min(out, endMs)),
              y: NETWORK_Y,
              h: LANE,
              words: 'balancer is told',
            },
          ]
        : []),
    ],
    msAt: (px) => ((px - LEFT) / (width - LEFT - RIGHT)) * (endMs + LEAD_MS) - LEAD_MS,
  };
}

/** Marks that would overlap share one line of words. */
function apart(
  marks: readonly { readonly x: number; readonly words: string }[],
): { x: number; words: string }[] {
  const out: { x: number; words: string }[] = [];
  for (const mark of marks) {
    const last = out.at(-1);
    if (last && mark.x - last.x < 8 * Math.max(last.words.length, mark.words.length))
      last.words += `, ${mark.words}`;
    else out.push({ ...mark });
  }
  return out;
}

/** What a moved edge means for its setting, in ms, rounded to tenths of a second. */
export function moved(
  handle: Handle['setting'],
  toMs: number,
  times: StopTimes,
  drain: 'before' | 'concurrent' | 'none',
): number {
  const tenths = (ms: number): number => Math.max(0, Math.round(ms / 100) * 100);
  if (handle === 'graceMs') return Math.max(100, tenths(toMs - (times.sigtermAt ?? 0)));
  if (handle === 'prestopMs') {
    // Where the balancer is told first, SIGTERM waits for that as well.
    const told = drain === 'before' ? (times.sigtermAt ?? 0) - times.settings.prestopMs : 0;
    return tenths(toMs - told);
  }
  return tenths(toMs);
}
