import { describe, expect, it } from 'vitest';
import type { HerdView } from '../../sim/view.ts';
import { situations } from './fixtures/situations.ts';
import { killStory } from './fixtures/story.ts';
import { layoutStage } from './layout.ts';
import { createLayouter, layoutKey } from './layouter.ts';

const SIZES = [
  { width: 992, height: 512 },
  { width: 358, height: 382 },
];

/** A view that notes which of its values are read, as `containers.*.phase`. */
function watched<T extends object>(value: T, reads: Set<string>, path = ''): T {
  return new Proxy(value, {
    get(target, name, self) {
      const found: unknown = Reflect.get(target, name, ArrayBuffer.isView(target) ? target : self);
      if (typeof name === 'symbol' || typeof found === 'function') return found;
      const here = `${path}${/^\d+$/.test(name) ? '*' : name}`;
      if (typeof found === 'object' && found !== null) return watched(found, reads, `${here}.`);
      reads.add(here);
      return found;
    },
  });
}

function readsOf(read: (view: HerdView) => unknown): string[] {
  const reads = new Set<string>();
  for (const { view } of situations) read(watched(view, reads));
  return [...reads].toSorted();
}

describe('a layouter', () => {
  it.each(SIZES)('knows all that the layout reads, at $width px', (size) => {
    const known = new Set(readsOf((view) => layoutKey(view, size)));
    expect(readsOf((view) => layoutStage(view, size)).filter((name) => !known.has(name))).toEqual([]);
  });

  it('lays out as if it had never laid out before, whatever came before', () => {
    for (const size of SIZES) {
      const layoutOf = createLayouter();
      for (const { view } of [...situations, ...situations.toReversed()])
        expect(layoutOf(view, size)).toEqual(layoutStage(view, size));
      for (let t = 0; t < 12_000; t += 500) {
        const { view } = killStory(t, 1);
        expect(layoutOf(view, size)).toEqual(layoutStage(view, size));
      }
    }
  });

  it('gives the same layout while only numbers change', () => {
    const layoutOf = createLayouter();
    const { view } = situations[0]!;
    const later = {
      ...view,
      t: view.t + 5,
      containers: view.containers.map((c) => ({ ...c, inFlight: c.inFlight + 1, queued: 2 })),
    };
    expect(layoutOf(later, SIZES[0]!)).toBe(layoutOf(view, SIZES[0]!));
    expect(layoutOf(view, SIZES[1]!)).not.toBe(layoutOf(view, SIZES[0]!));
  });
});
