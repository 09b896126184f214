import type { StageTheme } from '../theme.ts';
import { round2 } from './maths.ts';

/** A colour by meaning: a key of the theme. */
export type Ink = keyof StageTheme;

export interface Style {
  readonly fill?: Ink;
  readonly stroke?: Ink;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly cap?: 'round' | 'butt';
  readonly alpha?: number;
}

export interface TextStyle {
  readonly size: number;
  readonly weight?: number;
  readonly fill?: Ink;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly alpha?: number;
  /** Width of a paper-coloured border around the letters, so that they stand on lines. */
  readonly halo?: number;
}

/** One step of the picture. Coordinates are in stage units; the first `push` scales them to CSS px. */
export type Op =
  | ({ readonly op: 'path'; readonly d: string } & Style)
  | ({
      readonly op: 'rect';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly r: number;
    } & Style)
  /** Circles of one size: x, y, x, y, … */
  | ({ readonly op: 'circles'; readonly xy: readonly number[]; readonly r: number } & Style)
  /** Circles filled on their left half. */
  | ({ readonly op: 'halves'; readonly xy: readonly number[]; readonly r: number } & Style)
  /** Square-cornered boxes of one style: x, y, w, h, … */
  | ({ readonly op: 'boxes'; readonly xywh: readonly number[] } & Style)
  /** Straight lines: x1, y1, x2, y2, … */
  | ({ readonly op: 'lines'; readonly xy: readonly number[] } & Style)
  /** Diagonal hatching of a rounded box, falling to the left. */
  | {
      readonly op: 'hatch';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly r: number;
      readonly pitch: number;
      readonly width: number;
    }
  | ({ readonly op: 'text'; readonly x: number; readonly y: number; readonly text: string } & TextStyle)
  /** Moves, turns (degrees, clockwise) and scales what follows, until `pop`. */
  | {
      readonly op: 'push';
      readonly x: number;
      readonly y: number;
      readonly angle: number;
      readonly scale: number;
      readonly alpha: number;
    }
  | { readonly op: 'pop' };

export type DisplayList = readonly Op[];

/** Collects ops, rounding every number on the way in. */
export interface Pen {
  readonly ops: Op[];
  path(d: string, style: Style): void;
  rect(x: number, y: number, w: number, h: number, r: number, style: Style): void;
  circles(xy: readonly number[], r: number, style: Style): void;
  halves(xy: readonly number[], r: number, style: Style): void;
  boxes(xywh: readonly number[], style: Style): void;
  lines(xy: readonly number[], style: Style): void;
  hatch(x: number, y: number, w: number, h: number, r: number, pitch: number, width: number): void;
  text(x: number, y: number, text: string, style: TextStyle): void;
  push(x: number, y: number, angle?: number, scale?: number, alpha?: number): void;
  pop(): void;
}

const rounded = (xy: readonly number[]): number[] => xy.map(round2);

/** Style with its numbers rounded; an absent alpha stays absent. */
function tidy<S extends Style | TextStyle>(style: S): S {
  return style.alpha === undefined ? style : { ...style, alpha: round2(style.alpha) };
}

export function createPen(): Pen {
  const ops: Op[] = [];
  return {
    ops,
    path: (d, style) => void (d !== '' && ops.push({ op: 'path', d, ...tidy(style) })),
    rect: (x, y, w, h, r, style) =>
      void ops.push({
        op: 'rect',
        x: round2(x),
        y: round2(y),
        w: round2(w),
        h: round2(h),
        r: round2(r),
        ...tidy(style),
      }),
    circles: (xy, r, style) =>
      void (xy.length > 0 && ops.push({ op: 'circles', xy: rounded(xy), r: round2(r), ...tidy(style) })),
    halves: (xy, r, style) =>
      void (xy.length > 0 && ops.push({ op: 'halves', xy: rounded(xy), r: round2(r), ...tidy(style) })),
    boxes: (xywh, style) =>
      void (xywh.length > 0 && ops.push({ op: 'boxes', xywh: rounded(xywh), ...tidy(style) })),
    lines: (xy, style) => void (xy.length > 0 && ops.push({ op: 'lines', xy: rounded(xy), ...tidy(style) })),
    hatch: (x, y, w, h, r, pitch, width) =>
      void ops.push({
        op: 'hatch',
        x: round2(x),
        y: round2(y),
        w: round2(w),
        h: round2(h),
        r: round2(r),
        pitch: round2(pitch),
        width: round2(width),
      }),
    text: (x, y, text, style) =>
      void (
        text !== '' &&
        ops.push({ op: 'text', x: round2(x), y: round2(y), text, ...tidy(style), size: round2(style.size) })
      ),
    push: (x, y, angle = 0, scale = 1, alpha = 1) =>
      void ops.push({
        op: 'push',
        x: round2(x),
        y: round2(y),
        angle: round2(angle),
        scale: Math.round(scale * 1e4) / 1e4,
        alpha: round2(alpha),
      }),
    pop: () => void ops.push({ op: 'pop' }),
  };
}

/** Path data from numbers and letters, numbers rounded: `d('M', 0, 1, 'L', 2, 3)`. */
export function d(...parts: readonly (string | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? String(round2(part)) : part)).join(' ');
}
