import { describe, expect, it } from 'vitest';
import { FAILURE_CAUSES } from '../../sim/model/failure.ts';
import { niceMax } from './curves.ts';
import { FAILURE_CLASSES } from './failure-classes.ts';
import { instrumentsLayout, type InstrumentsInput } from './lanes.ts';
import { storeSpans } from './store-spans.ts';

const bins = 10;
const column = (values: Record<number, number>): Float64Array =>
  Float64Array.from({ length: bins }, (_, i) => values[i] ?? 0);
const flat = (value: number): Float64Array => new Float64Array(bins).fill(value);

const input = (more: Partial<InstrumentsInput> = {}): InstrumentsInput => ({
  width: 1000,
  fromMs: 0,
  toMs: 10_000,
  nowMs: 6000,
  bins,
  series: { 'requests.ok': flat(20), 'sessions.held': flat(40), capacity: flat(3) },
  latency: { p50: flat(40), p95: flat(120), p99: flat(200) },
  stores: [],
  wanted: 3,
  commands: [{ at: 3000, line: 'docker kill shop-app-2' }],
  ...more,
});
const lane = (id: string, more: Partial<InstrumentsInput> = {}) => {
  const found = instrumentsLayout(input(more)).lanes.find((one) => one.id === id);
  if (!found) throw new Error(`no lane ${id}`);
  return found;
};
const bars = (id: string, more: Partial<InstrumentsInput>) =>
  lane(id, more).shapes.filter((shape) => shape.kind === 'bar');

describe('instruments', () => {
  it('gives every cause of failure one class', () => {
    expect(FAILURE_CLASSES.flatMap(({ causes }) => causes).toSorted()).toEqual(
      [...FAILURE_CAUSES].toSorted(),
    );
  });

  it('stacks failures by class, each filled its own way, and says them in words', () => {
    const series = {
      'requests.failed.reset': column({ 3: 2 }),
      'requests.failed.connect-refused': column({ 3: 1, 4: 4 }),
    };
    const marks = bars('failed', { series });
    expect(marks.map(({ fill }) => fill)).toEqual(['solid', 'hollow', 'hollow']);
    const [reset, refused] = marks;
    expect(refused!.y + refused!.h).toBeCloseTo(reset!.y, 1);
    expect(lane('failed', { series }).words).toBe('Failed requests: 7 (2 cut off, 5 refused).');
    expect(lane('failed', { series }).read(4)).toBe('4 refused');
  });

  it('draws nothing of the future', () => {
    const marks = bars('failed', { series: { 'requests.failed.reset': flat(1) } });
    expect(marks).toHaveLength(6);
    const now = instrumentsLayout(input()).playX!;
    for (const mark of marks) expect(mark.x + mark.w).toBeLessThanOrEqual(now + 1);
  });

  it('tells lost sessions from missed ones by more than their hue', () => {
    const marks = bars('sessions', {
      series: {
        'sessions.held': flat(40),
        'sessions.lost': column({ 2: 14 }),
        'sessions.missed': column({ 2: 3 }),
      },
    });
    expect(marks.map(({ fill }) => fill)).toEqual(['solid', 'hollow']);
  });

  it('breaks the latency where no answer came', () => {
    const p50 = flat(40);
    p50[2] = NaN;
    const curve = lane('latency', { latency: { p50, p95: flat(120), p99: flat(200) } }).shapes.at(-1)!;
    expect(curve.kind === 'line' && curve.d.split('M').length - 1).toBe(2);
  });

  it('marks the trouble of a store from the journal', () => {
    const spans = storeSpans(
      ['cache', 's3'],
      [
        { kind: 'store-paused', subject: 'cache', t: 1000 },
        { kind: 'store-down', subject: 'cache', t: 2000 },
        { kind: 'store-up', subject: 'cache', t: 4000 },
      ],
    );
    expect(spans[0]!.spans).toEqual([
      { fromMs: 1000, toMs: 2000, state: 'paused' },
      { fromMs: 2000, toMs: 4000, state: 'down' },
    ]);
    const [well, hung, down, again] = bars('store cache', { stores: spans });
    expect([well, hung, down, again].map((mark) => mark!.fill)).toEqual([
      'solid',
      'hatch',
      'hollow',
      'solid',
    ]);
    expect(lane('store cache', { stores: spans }).read(2)).toBe('down');
    expect(lane('store s3', { stores: spans }).words).toContain('up all the time');
  });

  it('keeps the lanes inside and apart on a phone too', () => {
    const layout = instrumentsLayout(input({ width: 358 }));
    let edge = 0;
    for (const one of layout.lanes) {
      expect(one.top).toBeGreaterThan(edge);
      edge = one.bottom;
    }
    expect(layout.height).toBeGreaterThan(layout.axisY);
  });

  it('has round scales', () => {
    expect([1, 17, 43, 44, 900, 4100].map(niceMax)).toEqual([1, 20, 50, 50, 1000, 5000]);
  });
});
