/** What an instrument is drawn with: plain shapes in CSS px, for SVG. Tones are roles of the theme. */
export type Tone = 'ink' | 'ink2' | 'rail' | 'blue' | 'red';

/** How a closed shape is filled; meaning is never carried by the tone alone. */
export type Fill = 'solid' | 'hollow' | 'hatch' | 'dots' | 'soft';

export type Shape =
  | {
      readonly kind: 'line';
      readonly d: string;
      readonly tone: Tone;
      readonly width: number;
      readonly dash?: boolean;
    }
  | { readonly kind: 'area'; readonly d: string; readonly tone: Tone; readonly fill: Fill }
  | {
      readonly kind: 'bar';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly tone: Tone;
      readonly fill: Fill;
    };

/** The part of the picture that one lane has, and the time that it spans. */
export interface Strip {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly bins: number;
  readonly x: (ms: number) => number;
  /** Upper and lower edge. */
  readonly top: number;
  readonly bottom: number;
}

/** One instrument. `read` says what it shows in a bin; `words` tells the whole of it. */
export interface Lane {
  readonly id: LaneId;
  readonly label: string;
  /** What the full height stands for, e.g. `40/s`. Empty where it has no scale. */
  readonly scale: string;
  readonly top: number;
  readonly bottom: number;
  readonly shapes: readonly Shape[];
  readonly words: string;
  read(bin: number): string;
}

export type LaneId =
  'answers' | 'failed' | 'sessions' | 'latency' | 'capacity' | 'restarts' | 'drift' | `store ${string}`;

export const round = (value: number): number => Math.round(value * 100) / 100;

/** Left edge of a bin, in px. */
export const binX = (strip: Strip, bin: number): number =>
  strip.x(strip.fromMs + (bin / strip.bins) * (strip.toMs - strip.fromMs));

/** Bins that have begun. */
export function livedBins(strip: Strip): number {
  const share = (strip.nowMs - strip.fromMs) / Math.max(1, strip.toMs - strip.fromMs);
  return Math.max(0, Math.min(strip.bins, Math.ceil(share * strip.bins)));
}

export const most = (values: Float64Array): number =>
  values.reduce((max, value) => (value > max ? value : max), 0);
