import { describe, expect, it } from 'vitest';
import { stageDisplayList } from './display-list.ts';
import { herdOf, large } from './fixtures/crowds.ts';
import { situations } from './fixtures/situations.ts';
import { stageHits } from './hits.ts';
import { layoutStage, layoutZoomed } from './layout.ts';
import { LATE } from './late.ts';
import { createLayouter } from './layouter.ts';

const WIDE = { width: 992, height: 512 };
const PHONE = { width: 358, height: 382 };

describe('a stage that is seen larger', () => {
  it('is the stage itself at a zoom of one', () => {
    for (const size of [WIDE, PHONE])
      for (const { view } of situations) {
        expect(layoutZoomed(view, size, 1)).toEqual(layoutStage(view, size));
        expect(createLayouter()(view, size, 1.9)).toEqual(layoutStage(view, size));
      }
  });

  it('shows more of each container the closer it is looked at', () => {
    const seen = (count: number, zoom: number): string => {
      const { detail, room } = layoutZoomed(herdOf(count), WIDE, zoom);
      return `${detail} ×${room}`;
    };
    expect([1, 2, 4].map((zoom) => seen(300, zoom))).toEqual(['tags ×1', 'tags ×2', 'stalls ×4']);
    expect([1, 2, 8].map((zoom) => seen(1000, zoom))).toEqual(['field ×1', 'tags ×2', 'stalls ×8']);
    // What is drawn whole is only larger.
    expect(seen(3, 8)).toBe('stalls ×1');
  });

  it('keeps things on the stage, and columns where they are', () => {
    for (const size of [WIDE, PHONE])
      for (const { name, view } of situations)
        for (const zoom of [2, 4, 8]) {
          const layout = layoutZoomed(view, size, zoom);
          expect(layout.mode).toBe(size === WIDE ? 'wide' : 'compact');
          for (const hit of stageHits(layout)) {
            expect(Math.min(hit.x, hit.y), name).toBeGreaterThanOrEqual(-0.5);
            expect(hit.x + hit.w, name).toBeLessThanOrEqual(size.width + 0.5);
            expect(hit.y + hit.h, name).toBeLessThanOrEqual(size.height + 0.5);
          }
        }
    const fence = (zoom: number) => {
      const { hosts, room, scale } = layoutZoomed(herdOf(300), WIDE, zoom);
      return [hosts[0]!.box.x, hosts[0]!.box.w].map((units) => (units * scale) / room);
    };
    // The margin at either side is no wider on a larger sheet.
    for (const side of [0, 1]) expect(Math.abs(fence(4)[side]! - fence(1)[side]!)).toBeLessThan(12);
  });

  it('draws the stalls in the window only', () => {
    const { view, legs, stretchMs } = large(300);
    const layout = layoutZoomed(view, WIDE, 4);
    const [first, last] = [layout.stalls[0]!, layout.stalls.at(-1)!];
    const draw = (window: typeof first.cell | undefined): string =>
      JSON.stringify(
        stageDisplayList({
          view,
          legs,
          stretchMs,
          t: view.t,
          layout,
          window,
          late: LATE,
          reducedMotion: true,
          highlight: null,
          hover: null,
        }),
      );
    const rails = (window?: typeof first.cell): number =>
      [...draw(window).matchAll(/M[\d.]+ [\d.]+L/g)].length;
    expect(rails(first.cell)).toBeLessThan(rails() / 4);
    const number = (index: number): string => `"text":"${view.containers[index]!.number}"`;
    expect(draw(undefined)).toContain(number(last.index));
    expect(draw(first.cell)).toContain(number(first.index));
    expect(draw(first.cell)).not.toContain(number(last.index));
  });
});
