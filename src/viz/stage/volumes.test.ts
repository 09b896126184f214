import { describe, expect, it } from 'vitest';
import { stageDisplayList } from './display-list.ts';
import type { Situation } from './fixtures/build.ts';
import { diskLost, leftOver, manyDisks, sharedVolume } from './fixtures/disks.ts';
import { LATE } from './late.ts';
import { layoutStage } from './layout.ts';
import type { DisplayList } from './ops.ts';
import { volumesOn } from './volumes.ts';

const WIDE = { width: 992, height: 512 };
const PHONE = { width: 358, height: 382 };

const draw = (
  { view, legs, stretchMs }: Situation,
  size = WIDE,
  late: typeof LATE | null = LATE,
): DisplayList =>
  stageDisplayList({
    view,
    legs,
    stretchMs,
    t: view.t,
    layout: layoutStage(view, size),
    late,
    reducedMotion: false,
    highlight: null,
    hover: null,
  });

const wordsOf = (list: DisplayList): string[] => list.flatMap((op) => (op.op === 'text' ? [op.text] : []));

/** Small tokens: those in volumes. */
const tokens = (list: DisplayList, style: 'fill' | 'stroke'): number =>
  list
    .flatMap((op) => (op.op === 'circles' && op[style] === 'blue' && op.r < 6 ? [op.xy.length / 2] : []))
    .reduce((sum, count) => sum + count, 0);

describe('volumes on the stage', () => {
  it('hold every session as a token, and keep them when a container goes', () => {
    const list = draw(sharedVolume);
    expect(tokens(list, 'fill') - tokens(draw(sharedVolume, WIDE, null), 'fill')).toBe(41);
    expect(wordsOf(list)).toEqual(
      expect.arrayContaining(['volume carts', '41', 'folder ./photos', '19', 'killed']),
    );
    expect(wordsOf(list)).toContain('kept on a volume');
  });

  it('are joined by a line to each container that mounts them', () => {
    const { view } = sharedVolume;
    const places = LATE.placeVolumes(view, layoutStage(view, WIDE));
    expect(places.map(({ ways }) => ways.map(({ id }) => id))).toEqual([
      [1, 3, 4],
      [1, 3, 4],
    ]);
  });

  it('are left over without their container: hollow tokens, in words too', () => {
    const list = draw(leftOver);
    expect(tokens(list, 'stroke')).toBe(14);
    expect(tokens(list, 'fill') - tokens(draw(leftOver, WIDE, null), 'fill')).toBe(27);
    expect(wordsOf(list)).toEqual(expect.arrayContaining(['left over', 'app-2’s', 'app-3’s']));
    expect(wordsOf(draw(leftOver, PHONE))).toContain('left');
  });

  it('stand on their host, those on the network beside the hosts', () => {
    const { view } = diskLost;
    const layout = layoutStage(view, WIDE);
    const places = LATE.placeVolumes(view, layout);
    expect(places.map(({ ids }) => ids)).toEqual([[1], [2]]);
    places.forEach(({ box }, i) => {
      const fence = layout.hosts[2 * i]!.box;
      expect(box.y).toBeGreaterThan(fence.y);
      expect(box.y + box.h).toBeLessThan(fence.y + fence.h);
    });
    expect(layout.stores).toHaveLength(1);
    expect(wordsOf(draw(diskLost))).toEqual(expect.arrayContaining(['photos', 'network', '23']));
  });

  it('share a box where there are too many, those left over first', () => {
    const { view } = manyDisks;
    expect(volumesOn(view, 0, 40).map((group) => group.length)).toEqual(Array.from({ length: 35 }, () => 1));
    expect(
      volumesOn(view, 0, 33)
        .map((group) => group.length)
        .at(-1),
    ).toBe(4);
    expect(volumesOn(view, 0, 3).map((group) => group.length)).toEqual([1, 30, 4]);
    expect(volumesOn(view, 0, 1).map((group) => group.length)).toEqual([35]);
    expect(wordsOf(draw(manyDisks))).toEqual(expect.arrayContaining(['360', '36']));
  });

  it('have their room before they can be drawn, so that nothing moves when they are', () => {
    const without = draw(sharedVolume, WIDE, null);
    expect(wordsOf(without)).not.toContain('volume carts');
    const rects = (list: DisplayList): string[] =>
      list.flatMap((op) => (op.op === 'path' && op.width === 3 ? [op.d] : []));
    expect(rects(draw(sharedVolume))).toEqual(rects(without));
  });
});
