import { describe, expect, it } from 'vitest';
import { splitBrain, staleBelief } from './fixtures/cluster.ts';
import type { Situation } from './fixtures/build.ts';
import { LATE } from './late.ts';
import { layoutStage } from './layout.ts';
import { createPen, type DisplayList } from './ops.ts';
import { stallLines } from './stall-words.ts';

const draw = ({ view }: Situation, size = { width: 992, height: 512 }): DisplayList => {
  const pen = createPen();
  LATE.drawPeers(pen, view, layoutStage(view, size));
  return pen.ops;
};

/** Lines of one ink. */
const lines = (list: DisplayList, stroke: string): number =>
  list.flatMap((op) =>
    op.op === 'path' && op.stroke === stroke ? [op.d.match(/M/g)?.length ?? 0] : [],
  )[0] ?? 0;

describe('members of a cluster', () => {
  it('are joined where both know each other, and by a broken line to the dead that they believe in', () => {
    const list = draw(staleBelief);
    // 1-3 and 1-4 know each other; 3 and 4 do not; 1 and 3 still believe in 2.
    expect(lines(list, 'ink2')).toBe(2);
    expect(lines(list, 'red')).toBe(2);
  });

  it('in two groups have no line between them', () => {
    const whole = {
      ...splitBrain,
      view: {
        ...splitBrain.view,
        containers: splitBrain.view.containers.map((c) => ({
          ...c,
          peers: { ...c.peers!, unknown: 0, strangers: [] },
        })),
      },
    };
    expect(lines(draw(whole), 'ink2')).toBe(11);
    expect(lines(draw(splitBrain), 'ink2')).toBe(10);
  });

  it('say where they are wrong', () => {
    const { view } = staleBelief;
    const words = stallLines(view.containers[2]!, view, view.t).flatMap((line) =>
      line.kind === 'words' ? [line.long] : [],
    );
    expect(words).toEqual(expect.arrayContaining(['believes in 1 that is gone', 'does not know of 1 other']));
  });
});
