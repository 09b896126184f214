/** A hand-made herd's state for the instruments: half a minute in which one container was killed and the cache was down. */
import type { AxisCounts, HerdState, InstrumentReadings, RunView, Stopping } from '../../store/herd-state.ts';
import type { FaultKind } from '../../sim/faults.ts';
import type { RequestTrace, TraceStep } from '../../sim/trace.ts';
import { killed } from '../../viz/stage/fixtures/daily.ts';

const BINS = 120;
const TO_MS = 60_000;
const NOW_MS = 34_000;
const KILL = 24;

/** A value for every bin that has been lived. */
const lived = (value: (bin: number) => number): Float64Array =>
  Float64Array.from({ length: BINS }, (_, bin) => (bin * (TO_MS / BINS) < NOW_MS ? value(bin) : 0));
const at = (values: Readonly<Record<number, number>>): Float64Array => lived((bin) => values[bin] ?? 0);
const wave = (bin: number): number => (bin * 7) % 5;

const fault = (id: number, t: number, kind: FaultKind, text: string): HerdState['faults'][number] => ({
  id,
  t,
  kind,
  text,
  because: '',
  loop: id,
});

const entry = { cause: -1, container: -1, user: -1, request: -1 };

const readings: InstrumentReadings = {
  fromMs: 0,
  toMs: TO_MS,
  bins: BINS,
  series: {
    'requests.ok': lived((bin) => 14 + wave(bin)),
    'requests.unauthorized': at({ 26: 4, 27: 3, 30: 1 }),
    'requests.failed.reset': at({ 24: 6 }),
    'requests.failed.connect-refused': at({ 24: 2, 25: 5, 26: 3 }),
    'requests.failed.dependency': at({ 50: 4, 51: 6, 52: 5 }),
    'sessions.held': lived((bin) => (bin < KILL ? 41 : Math.min(41, 28 + (bin - KILL)))),
    'sessions.lost': at({ 24: 13 }),
    'sessions.missed': at({ 40: 2, 44: 1 }),
    capacity: lived((bin) => (bin < KILL || bin > 34 ? 3 : 2)),
    'requests.in-flight': lived((bin) => 1 + (wave(bin) >> 1)),
  },
  latency: {
    p50: lived((bin) => 40 + wave(bin)),
    p95: lived((bin) => 110 + 8 * wave(bin) + (bin > KILL && bin < 34 ? 70 : 0)),
    p99: lived((bin) => 180 + 12 * wave(bin) + (bin > KILL && bin < 34 ? 160 : 0)),
  },
  storeEntries: [
    { ...entry, id: 1, t: 25_000, kind: 'store-down', subject: 'cache', text: 'cache is down' },
    { ...entry, id: 2, t: 27_500, kind: 'store-up', subject: 'cache', text: 'cache is up' },
  ],
};

const axis: AxisCounts = {
  fromMs: 0,
  toMs: TO_MS,
  failed: at({ 24: 8, 25: 5, 26: 3, 50: 4, 51: 6, 52: 5 }),
  lost: at({ 24: 13 }),
  missed: at({ 40: 2, 44: 1 }),
};

const stopping: Stopping = {
  line: 'docker service scale shop_app=2',
  victim: 'shop-app-3',
  settings: { prestopMs: 1500, graceMs: 10_000, endpointDelayMs: 3000, drain: 'concurrent' },
  notice: true,
  signal: 'SIGTERM',
  hears: true,
  preStopAt: 0,
  sigtermAt: 1500,
  exitAt: 2100,
  killed: false,
  outAt: 3000,
  failures: [1600, 1900, 2200, 2210, 2600],
  refused: null,
};

/** A crash loop, a check that took a container out, a replica that took over while several others ended. */
const faults: HerdState['faults'] = [
  ...[16_000, 17_800, 21_000].map((t, i) => ({
    id: 10 + i,
    t,
    kind: 'crash' as const,
    text: 'shop-app-3 crashed (exit 1)',
    because: 'shop-app-3 is ready',
    loop: 10,
  })),
  fault(20, 8000, 'oom', 'shop-app-1 ran out of memory and was killed (exit 137)'),
  fault(21, 28_000, 'store', 'the replica of cache took over'),
  fault(22, 28_100, 'check', 'the balancer took shop-app-1 for dead'),
  fault(23, 28_300, 'check', 'the balancer took shop-app-3 for dead'),
].toSorted((a, b) => a.t - b.t);

const view: RunView = { ...killed.view, t: NOW_MS, userCount: killed.view.users.length };

export const panelState: Partial<HerdState> = {
  phase: 'ready',
  view,
  cast: view,
  t: NOW_MS,
  readings,
  faults,
  axis,
  stopping,
  selected: 'shop-app-1',
  commands: [
    { at: 12_000, line: 'docker kill shop-app-2', ok: true, answer: '' },
    { at: 25_000, line: 'docker kill cache', ok: true, answer: '' },
  ],
};

const step = (t: number, stage: TraceStep['stage'], name = '', more: Partial<TraceStep> = {}): TraceStep => ({
  t,
  stage,
  name,
  container: name === '' ? -1 : 1,
  status: null,
  cause: null,
  because: -1,
  ...more,
});

/** Refused by one container, queued, tried at another that dies while it works on it. */
export const trace: RequestTrace = {
  request: 318,
  user: 17,
  kind: 'browse',
  steps: [
    step(12_000, 'to-balancer'),
    step(12_000.3, 'to-server', 'shop-app-2', { cause: 'connect-refused' }),
    step(12_001, 'turnaround'),
    step(13_001, 'queued'),
    step(13_030, 'to-server', 'shop-app-3'),
    step(13_031, 'store', 'shop-app-3'),
    step(13_033, 'working', 'shop-app-3'),
    step(13_060, 'ended', 'shop-app-3', { cause: 'reset' }),
  ],
  ended: true,
  duplicated: false,
};
