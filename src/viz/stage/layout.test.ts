import { describe, expect, it } from 'vitest';
import type { HerdView } from '../../sim/view.ts';
import { hasStall } from './fall.ts';
import { herdOf } from './fixtures/crowds.ts';
import { situations } from './fixtures/situations.ts';
import { stageHits } from './hits.ts';
import { layoutStage, type StageLayout } from './layout.ts';
import type { Box } from './placed.ts';

const WIDE = { width: 992, height: 512 };
const SIZES = [
  WIDE,
  { width: 700, height: 400 },
  { width: 1000, height: 380 },
  { width: 1460, height: 700 },
  { width: 358, height: 382 },
  { width: 358, height: 300 },
  { width: 608, height: 330 },
];

const overlap = (a: Box, b: Box): boolean =>
  a.x + a.w > b.x + 0.01 && b.x + b.w > a.x + 0.01 && a.y + a.h > b.y + 0.01 && b.y + b.h > a.y + 0.01;

/** Sorted sweep: a thousand boxes pairwise would be slow. */
function firstOverlap(boxes: readonly Box[]): [Box, Box] | null {
  const sorted = boxes.toSorted((a, b) => a.x - b.x);
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < sorted.length && sorted[j]!.x < sorted[i]!.x + sorted[i]!.w; j++) {
      if (overlap(sorted[i]!, sorted[j]!)) return [sorted[i]!, sorted[j]!];
    }
  }
  return null;
}

function expectSound(layout: StageLayout, view: HerdView): void {
  expect(layout.stalls).toHaveLength(view.containers.filter((c) => hasStall(c, view.t)).length);
  expect(firstOverlap(layout.stalls.map((stall) => stall.cell))).toBeNull();
  expect(firstOverlap(layout.stores.map((store) => store.box))).toBeNull();
  expect(firstOverlap(layout.hosts.map((host) => host.box))).toBeNull();
  for (const hit of stageHits(layout)) {
    expect(Number.isFinite(hit.x + hit.y + hit.w + hit.h)).toBe(true);
    expect(hit.w).toBeGreaterThan(0);
    expect(hit.h).toBeGreaterThan(0);
    expect(hit.x).toBeGreaterThanOrEqual(-0.5);
    expect(hit.x + hit.w).toBeLessThanOrEqual(layout.width + 0.5);
    expect(hit.y).toBeGreaterThanOrEqual(-0.5);
    expect(hit.y + hit.h).toBeLessThanOrEqual(layout.height + 0.5);
  }
  for (const stall of layout.stalls) {
    const fence = layout.hosts.find((host) => host.box.x <= stall.body.x && overlap(host.box, stall.body));
    expect(fence).toBeDefined();
    expect(stall.body.y + stall.body.h).toBeLessThanOrEqual(fence!.box.y + fence!.box.h + 0.01);
  }
}

const COUNTS = [...Array.from({ length: 31 }, (_, i) => i), 60, 100, 300, 1000];

describe('layoutStage', () => {
  for (const size of SIZES) {
    it(`places 0 to 1000 containers without overlaps at ${size.width} × ${size.height}`, () => {
      for (const count of COUNTS) {
        const view = herdOf(count);
        expectSound(layoutStage(view, size), view);
      }
    });
  }

  it('places every situation of the gallery at every size', () => {
    for (const size of SIZES) for (const { view } of situations) expectSound(layoutStage(view, size), view);
  });

  it('draws four stalls in the geometry of the look', () => {
    const { view } = situations[0]!;
    const layout = layoutStage(view, WIDE);
    expect(layout.mode).toBe('wide');
    expect(layout.detail).toBe('stalls');
    const first = layout.stalls[0]!;
    expect(first.scale).toBeCloseTo(1, 1);
    expect(first.body.w / first.body.h).toBeCloseTo(204 / 82, 1);
    expect([layout.lattice.cols, layout.lattice.rows, layout.lattice.per]).toEqual([5, 3, 1]);
  });

  it('says less the more there is to show', () => {
    const detail = (count: number) => layoutStage(herdOf(count), WIDE).detail;
    expect([1, 5, 12, 30].map(detail)).toEqual(['stalls', 'stalls', 'stalls', 'stalls']);
    expect([100, 300].map(detail)).toEqual(['tags', 'tags']);
    expect(detail(1000)).toBe('field');
  });

  it('is compact below 700 px', () => {
    expect(layoutStage(herdOf(3), { width: 699, height: 480 }).mode).toBe('compact');
    expect(layoutStage(herdOf(3), { width: 700, height: 480 }).mode).toBe('wide');
  });

  it('has a rail for every container, from the balancer to its gate', () => {
    for (const count of [1, 4, 12, 30]) {
      const layout = layoutStage(herdOf(count), WIDE);
      for (const stall of layout.stalls) {
        const { xy } = layout.tracks.servers.get(stall.id)!;
        expect(xy[xy.length - 2]).toBeCloseTo(stall.gate.x, 5);
        expect(xy[xy.length - 1]).toBeCloseTo(stall.gate.y, 5);
      }
    }
  });

  it('keeps the dead at their number, so that nothing jumps when one falls', () => {
    const { view } = situations[0]!;
    const layout = layoutStage(view, WIDE);
    expect(layout.stalls.map((stall) => view.containers[stall.index]!.number)).toEqual([1, 2, 3, 4]);
  });
});
