/** One square is one failed request; where too many fall together all become bars. */
export type FailedMarks =
  | { readonly kind: 'squares'; readonly marks: readonly Mark[] }
  | { readonly kind: 'bars'; readonly marks: readonly Mark[]; readonly most: number };

export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Failed requests that it stands for. */
  readonly count: number;
}

const PITCH = 9;
const WIDTH = 7.2;
const SQUARE = 8.5;
const STACK = 10;
const HIGHEST = 32;
const MOST_STACKED = 3;

/** Gathers the bins into columns as wide as a square and stacks what failed in each on the line at `y`. */
export function failedMarks(failed: Float64Array, x0: number, x1: number, y: number, nowX = x1): FailedMarks {
  const columns = Math.max(1, Math.floor((x1 - x0) / PITCH));
  const counts = new Float64Array(columns);
  const where = new Float64Array(columns);
  for (let bin = 0; bin < failed.length; bin++) {
    const count = failed[bin]!;
    if (count === 0) continue;
    const share = (bin + 0.5) / failed.length;
    const column = Math.min(columns - 1, Math.floor(share * columns));
    where[column] = (where[column]! * counts[column]! + share * count) / (counts[column]! + count);
    counts[column]! += count;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const marks: Mark[] = [];
  const bars = most > MOST_STACKED;
  for (let column = 0; column < columns; column++) {
    const count = counts[column]!;
    if (count === 0) continue;
    // In the middle of its column, except that a lone instant stays where it is.
    const alone = (counts[column - 1] ?? 0) === 0 && (counts[column + 1] ?? 0) === 0;
    const share = alone ? where[column]! : (column + 0.5) / columns;
    const middle = x0 + share * (x1 - x0) - WIDTH / 2;
    // Nothing has failed after now.
    const x = round(middle < nowX && middle + WIDTH > nowX ? nowX - WIDTH : middle);
    if (bars) {
      const h = Math.max(2.5, (count / most) * HIGHEST);
      marks.push({ x, y: round(y - h), w: WIDTH, h: round(h), count });
    } else {
      for (let i = 0; i < count; i++)
        marks.push({ x, y: round(y - STACK * (i + 1)), w: WIDTH, h: SQUARE, count: 1 });
    }
  }
  return bars ? { kind: 'bars', marks, most } : { kind: 'squares', marks };
}

const round = (value: number): number => Math.round(value * 100) / 100;
