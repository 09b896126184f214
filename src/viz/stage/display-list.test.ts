import { describe, expect, it } from 'vitest';
import { textWidth } from '../text-width.ts';
import { type DisplayList, legWindow, stageDisplayList } from './display-list.ts';
import type { Situation } from './fixtures/build.ts';
import { falling, killed } from './fixtures/daily.ts';
import { situations } from './fixtures/situations.ts';
import { killStory } from './fixtures/story.ts';
import type { StageInput } from './input.ts';
import { layoutStage } from './layout.ts';
import { LATE } from './late.ts';

const WIDE = { width: 992, height: 512 };
const COMPACT = { width: 358, height: 382 };

function inputOf(situation: Situation, size = WIDE, changes: Partial<StageInput> = {}): StageInput {
  const { view, legs, stretchMs, highlight } = situation;
  return {
    view,
    legs,
    stretchMs,
    t: view.t,
    layout: layoutStage(view, size),
    late: LATE,
    reducedMotion: false,
    highlight: highlight ?? null,
    hover: null,
    ...changes,
  };
}

const draw = (situation: Situation, size = WIDE, changes: Partial<StageInput> = {}): DisplayList =>
  stageDisplayList(inputOf(situation, size, changes));

/** FNV-1a of the list as text: equal lists on every machine give equal sums. */
function sumOf(list: DisplayList): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(list)) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

const wordsOf = (list: DisplayList): string[] => list.flatMap((op) => (op.op === 'text' ? [op.text] : []));

function summary(list: DisplayList): unknown {
  const kinds: Record<string, number> = {};
  for (const op of list) kinds[op.op] = (kinds[op.op] ?? 0) + 1;
  return { sum: sumOf(list), kinds, words: wordsOf(list).slice(0, 60).join(' | ') };
}

describe('stageDisplayList', () => {
  it('draws the kill of the look, op for op', () => {
    const lines = draw(killed).map((op) => JSON.stringify(op));
    expect(lines.join('\n')).toMatchSnapshot();
  });

  for (const situation of situations) {
    it(`draws "${situation.name}" the same everywhere`, () => {
      expect({
        wide: summary(draw(situation)),
        compact: summary(draw(situation, COMPACT)),
      }).toMatchSnapshot();
    });
  }

  it('is a pure function of its input', () => {
    for (const situation of situations) {
      const before = JSON.stringify(situation.view);
      expect(draw(situation)).toEqual(draw(situation));
      expect(JSON.stringify(situation.view)).toBe(before);
    }
  });

  it('writes nothing outside the stage', () => {
    for (const size of [WIDE, COMPACT, { width: 700, height: 400 }]) {
      for (const situation of situations) {
        const { scale } = layoutStage(situation.view, size);
        let depth = 0;
        for (const op of draw(situation, size)) {
          if (op.op === 'push') depth++;
          if (op.op === 'pop') depth--;
          if (op.op !== 'text' || depth > 1) continue;
          const w = textWidth(op.text, op.size, op.weight);
          const left = op.anchor === 'middle' ? op.x - w / 2 : op.anchor === 'end' ? op.x - w : op.x;
          const where = `${situation.name} at ${size.width}: ${op.text}`;
          expect((left + 6) * scale, where).toBeGreaterThan(-3);
          expect((left + w + 6) * scale, where).toBeLessThan(size.width + 6);
          expect(op.y * scale, where).toBeLessThan(size.height + 1);
        }
        expect(depth).toBe(0);
      }
    }
  });

  it('says in words what happened', () => {
    const words = wordsOf(draw(killed));
    expect(words).toEqual(
      expect.arrayContaining(['killed', '13 sessions lost', 'refused ×2', 'no sessions here']),
    );
    expect(words).toEqual(expect.arrayContaining(['restart delay 5 s', 'starts in 4.4 s', 'edited by hand']));
  });

  it('tilts the dead within 220 ms and lets the tokens fall after them', () => {
    const angleAt = (ms: number): number => {
      const t = falling.view.t - 250 + ms;
      const turn = draw(falling, WIDE, { t }).find((op) => op.op === 'push' && op.angle !== 0);
      return turn?.op === 'push' ? turn.angle : 0;
    };
    expect(angleAt(0)).toBe(0);
    expect(angleAt(110)).toBeGreaterThan(0);
    expect(angleAt(110)).toBeLessThan(11);
    expect(angleAt(220)).toBe(11);
    expect(angleAt(5000)).toBe(11);
  });

  it('holds nothing in the dead, from their first instant on', () => {
    const held = (t: number): number =>
      draw(falling, WIDE, { t })
        .flatMap((op) => (op.op === 'circles' && op.fill === 'blue' && op.r > 7.5 ? [op.xy.length / 2] : []))
        .reduce((sum, count) => sum + count, 0);
    const fell = falling.view.t - 250;
    expect([fell, fell + 30, fell + 900].map(held)).toEqual([
      held(fell + 60),
      held(fell + 60),
      held(fell + 60),
    ]);
    // Those of the two that live, and the dot of the key.
    expect(held(fell)).toBe(28 + 1);
  });

  it('shows states only when motion is reduced: the end of the fall, no travelling dots', () => {
    const still = draw(falling, WIDE, { reducedMotion: true });
    expect(still.some((op) => op.op === 'push' && op.angle === 11)).toBe(true);
    const later = draw(falling, WIDE, { reducedMotion: true, t: falling.view.t + 40 });
    const rings = (list: DisplayList) => list.filter((op) => op.op === 'circles' && op.stroke === 'red');
    expect(rings(still)).toEqual(rings(later));
  });

  it('draws as many session tokens as there are sessions', () => {
    const list = draw(killed);
    const layout = layoutStage(killed.view, WIDE);
    const tokens = list
      .filter((op) => op.op === 'circles' && op.fill === 'blue' && op.r > 7.5 && op.xy.length > 2)
      .reduce((sum, op) => sum + (op.op === 'circles' ? op.xy.length / 2 : 0), 0);
    expect(layout.lattice.per).toBe(1);
    expect(tokens).toBe(28);
  });

  it('moves with virtual time at any speed', () => {
    for (const speed of [0.1, 1, 10]) {
      const a = killStory(5000, speed);
      const b = killStory(5000 + 50 * speed, speed);
      expect(draw(a)).not.toEqual(draw(b));
      expect(legWindow(a.stretchMs)).toBeGreaterThan(a.stretchMs * 4);
    }
  });
});
