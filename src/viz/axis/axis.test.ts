import { describe, expect, it } from 'vitest';
import { axisLayout, type AxisInput } from './axis.ts';

const bins = 600;
const at = (...pairs: (readonly [bin: number, count: number])[]): Float64Array => {
  const counts = new Float64Array(bins);
  for (const [bin, count] of pairs) counts[bin] = count;
  return counts;
};
const input = (changes: Partial<AxisInput> = {}): AxisInput => ({
  width: 992,
  fromMs: 0,
  toMs: 60_000,
  nowMs: 12_400,
  failed: at([118, 2], [121, 1]),
  lost: at([118, 13]),
  missed: at(),
  bins,
  commands: [{ at: 11_800, line: 'docker kill shop-app-2' }],
  ...changes,
});

describe('axisLayout', () => {
  it('spans the look at its own width', () => {
    const axis = axisLayout(input());
    expect([axis.x0, axis.x1]).toEqual([160, 980]);
    expect(axis.ticks.filter((tick) => tick.major).map((tick) => tick.label)).toEqual([
      '0',
      '10',
      '20',
      '30',
      '40',
      '50',
      '60 s',
    ]);
    expect(axis.playhead!.x).toBeCloseTo(329.47, 1);
  });

  it('draws one square a failed request, stacked', () => {
    const { failed, rows } = axisLayout(input());
    expect(failed.kind).toBe('squares');
    expect(failed.marks.map((mark) => mark.count)).toEqual([1, 1, 1]);
    expect(new Set(failed.marks.map((mark) => `${mark.x} ${mark.y}`)).size).toBe(3);
    expect(failed.marks[0]!.y + failed.marks[0]!.h).toBeLessThan(rows.failed.y);
  });

  it('turns to bars above a density and keeps the counts', () => {
    const { failed } = axisLayout(input({ failed: at([118, 40], [300, 3]) }));
    expect(failed.kind).toBe('bars');
    expect(failed.marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(43);
  });

  it('counts up to the playhead only', () => {
    const lost = at([118, 13], [400, 7]);
    expect(axisLayout(input({ lost })).lost.total).toBe(13);
    expect(axisLayout(input({ lost, nowMs: 60_000 })).lost.total).toBe(20);
  });

  it('shows a row for missed sessions once there are any', () => {
    const without = axisLayout(input());
    const with_ = axisLayout(input({ missed: at([120, 4]) }));
    expect(without.missed).toBeNull();
    expect(with_.missed?.total).toBe(4);
    expect(with_.height).toBeGreaterThan(without.height);
  });

  it('never lets two labels overlap, and keeps every line', () => {
    const commands = Array.from({ length: 40 }, (_, i) => ({
      at: (i * 7919) % 60_000,
      line: `docker compose up -d --scale app=${i}`,
    }));
    for (const width of [340, 560, 992, 1600]) {
      const { flags } = axisLayout(input({ commands, width }));
      expect(flags).toHaveLength(40);
      const boxes = flags.flatMap((flag) => (flag.label ? [flag.label] : []));
      for (const a of boxes) {
        for (const b of boxes) {
          if (a === b || a.y !== b.y) continue;
          expect(a.x + a.w <= b.x || b.x + b.w <= a.x).toBe(true);
        }
      }
      expect(boxes.every((box) => box.x >= 0)).toBe(true);
    }
  });

  it('keeps labels clear of the playhead and near their pole, even at the instant of the command', () => {
    for (const width of [358, 992]) {
      for (const nowMs of [11_800, 12_000, 12_400, 59_000]) {
        const { flags, playhead } = axisLayout(input({ width, nowMs }));
        const { label, x } = flags[0]!;
        expect(label, `${width} at ${nowMs}`).not.toBeNull();
        expect(label!.x + label!.w <= playhead!.x - 6.9 || label!.x >= playhead!.x + 6.9).toBe(true);
        expect(Math.max(label!.x - x, x - label!.x - label!.w)).toBeLessThanOrEqual(16);
      }
    }
  });

  it('leaves out options and the tool of a long command, and keeps what is done to what', () => {
    const line = 'docker service update --image registry/shop:1.1 shop_app';
    const { flags } = axisLayout(input({ commands: [{ at: 9000, line }], width: 992, nowMs: 30_000 }));
    expect(flags[0]?.label?.text).toMatch(/^service up.*shop:1\.1 shop_app$/);
    const short = 'docker service update --image shop:1.1 shop_app';
    const plain = axisLayout(input({ commands: [{ at: 20_000, line: short }], width: 992, nowMs: 50_000 }));
    expect(plain.flags[0]?.label?.text).toBe('service update shop:1.1 shop_app');
  });

  it('shows a part of time: no playhead when now is elsewhere, and the flags that fall into it', () => {
    const part = axisLayout(input({ fromMs: 10_000, toMs: 20_000, nowMs: 30_000 }));
    expect(part.playhead).toBeNull();
    expect(part.past.x2).toBe(part.x1);
    expect(part.flags[0]!.x).toBeCloseTo(part.x0 + 0.18 * (part.x1 - part.x0), 1);
    expect(part.flags[0]!.label).not.toBeNull();
    const later = axisLayout(input({ fromMs: 20_000, toMs: 30_000, nowMs: 12_400 }));
    expect([later.playhead, later.past.x2, later.flags.length]).toEqual([null, later.x0, 0]);
  });

  it('survives an empty span and no bins', () => {
    const empty = axisLayout(
      input({
        toMs: 0,
        nowMs: 0,
        bins: 0,
        failed: new Float64Array(),
        lost: new Float64Array(),
        missed: new Float64Array(),
        commands: [],
      }),
    );
    expect(JSON.stringify(empty)).not.toMatch(/NaN|null,null/);
  });
});
