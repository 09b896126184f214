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
/** Fewer letters say nothing. */
const LEAST = 16;
const GAP = 4;

/** Half the head of the playhead. */
const HEAD = 7;
/** A label further than this from its pole would seem to be another's. */
const NEAR = 16;

/**
 * Labels end at their line, as flags to the left of their pole, or where that is taken to the left or right of the
 * playhead. The newest is placed first; those that collide move down a row, and without a free row keep only their line.
 */
export function placeFlags(
  commands: readonly { readonly at: number; readonly line: string }[],
  xOf: (ms: number) => number,
  width: number,
  playheadX: number,
): { readonly flags: readonly Flag[]; readonly rows: number } {
  const taken: Span[] = [];
  let rows = 0;
  const longest = Math.min(LONGEST, Math.max(8, Math.floor((width * 0.55 - 2 * PAD) / MONO)));
  const flags = commands
    .toSorted((a, b) => b.at - a.at)
    .map(({ at, line }): Flag => {
      const x = round(xOf(at));
      let text = shortened(line, longest);
      let w = widthOf(text);
      let place = freePlace(taken, lefts(x, w, width, playheadX), w);
      const room = Math.floor((playheadX - HEAD - 2 * PAD) / MONO);
      if (place === null && room >= LEAST && room < [...text].length) {
        // Fewer of its letters, where they fit between the edge and the playhead.
        text = shortened(line, room);
        w = widthOf(text);
        place = freePlace(
          taken,
          [0].filter(() => x <= w + NEAR),
          w,
        );
      }
      if (place === null) return { at, line, x, label: null };
      taken.push({ row: place.row, from: place.left, to: place.left + w });
      rows = Math.max(rows, place.row + 1);
      const label = { text, x: round(place.left), y: TOP + place.row * ROW, w, h: HEIGHT };
      return { at, line, x, label };
    });
  return { flags: flags.toReversed(), rows };
}

/** First without its options and the name of its tool, then without its middle: what is done and to what stay longest. */
function shortened(line: string, longest: number): string {
  let chars = [...line];
  const words = line.split(' ');
  const plain = words.filter((word) => !word.startsWith('-'));
  for (const fewer of [plain, plain.slice(1)])
    if (chars.length > longest && fewer.length > 1) chars = [...fewer.join(' ')];
  if (chars.length <= longest) return chars.join('');
  const tail = Math.floor(longest * 0.6);
  return `${chars.slice(0, longest - 1 - tail).join('')}…${chars.slice(-tail).join('')}`;
}

const widthOf = (text: string): number => round([...text].length * MONO + 2 * PAD);

interface Span {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** Where a label may begin, best first: at its pole or just beyond the playhead, and never behind that. */
function lefts(x: number, w: number, width: number, playheadX: number): number[] {
  const wanted = [x - w, playheadX - HEAD - w, playheadX + HEAD, x];
  return wanted.filter(
    (left) =>
      left >= 0 &&
      left + w <= width &&
      left - NEAR <= x &&
      x <= left + w + NEAR &&
      (left + w <= playheadX - HEAD + 0.01 || left >= playheadX + HEAD - 0.01),
  );
}

function freePlace(
  taken: readonly Span[],
  at: readonly number[],
  w: number,
): { row: number; left: number } | null {
  for (let row = 0; row < MOST_ROWS; row++) {
    for (const left of at) {
      const free = taken.every(
        (span) => span.row !== row || left + w + GAP <= span.from || span.to + GAP <= left,
      );
      if (free) return { row, left };
    }
  }
  return null;
}

const round = (value: number): number => Math.round(value * 100) / 100;
