/** A command on the axis: a line at `x`, and where there is room a box with its words. */
export interface Flag {
  readonly at: number;
  /** The whole command, for a title or a screen reader. */
  readonly line: string;
  readonly x: number;
  /** Null where other flags leave no room. */
  readonly label: {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  } | null;
}

/** Advance of the mono face at 13 px. */
const MONO = 7.8;
const PAD = 12;
const HEIGHT = 24;
const ROW = 28;
const TOP = 2;
const MOST_ROWS = 2;
const LONGEST = 34;
const GAP = 4;

/**
 * Labels end at their line, as flags to the left of their pole, or begin there where the left is too narrow. The
 * newest is placed first; those that collide move down a row, and without a free row keep only their line.
 */
export function placeFlags(
  commands: readonly { readonly at: number; readonly line: string }[],
  xOf: (ms: number) => number,
  width: number,
): { readonly flags: readonly Flag[]; readonly rows: number } {
  const taken: { readonly row: number; readonly from: number; readonly to: number }[] = [];
  let rows = 0;
  const flags = commands
    .toSorted((a, b) => b.at - a.at)
    .map(({ at, line }): Flag => {
      const x = Math.round(xOf(at) * 100) / 100;
      const chars = [...line];
      const text = chars.length > LONGEST ? `${chars.slice(0, LONGEST - 1).join('')}…` : line;
      const w = Math.round(([...text].length * MONO + 2 * PAD) * 100) / 100;
      const left = x - w >= 0 ? x - w : Math.max(0, Math.min(x, width - w));
      for (let row = 0; row < MOST_ROWS; row++) {
        const free = taken.every(
          (box) => box.row !== row || left + w + GAP <= box.from || box.to + GAP <= left,
        );
        if (!free) continue;
        taken.push({ row, from: left, to: left + w });
        rows = Math.max(rows, row + 1);
        const label = { text, x: Math.round(left * 100) / 100, y: TOP + row * ROW, w, h: HEIGHT };
        return { at, line, x, label };
      }
      return { at, line, x, label: null };
    });
  return { flags: flags.toReversed(), rows };
}
