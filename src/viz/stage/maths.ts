/** To 1/100: the same picture prints the same text everywhere. */
export const round2 = (value: number): number => Math.round(value * 100) / 100 || 0;

export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

export const lerp = (from: number, to: number, share: number): number => from + (to - from) * share;

/** Share of an interval that has passed, 0..1. A length of 0 has passed. */
export const progress = (sinceMs: number, lengthMs: number): number =>
  lengthMs <= 0 ? 1 : clamp(sinceMs / lengthMs, 0, 1);

export const easeIn = (share: number): number => share * share;

export const easeInOut = (share: number): number => share * share * (3 - 2 * share);

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Whether two rectangles have a point in common, the second grown by `margin`. */
export const meets = (a: Rect, b: Rect, margin = 0): boolean =>
  a.x <= b.x + b.w + margin &&
  a.x + a.w >= b.x - margin &&
  a.y <= b.y + b.h + margin &&
  a.y + a.h >= b.y - margin;

/** The smallest of 1, 2, 5, 10, 20, … that is at least `value`. */
export function niceCeil(value: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const step of [1, 2, 5]) if (step * ten >= value) return step * ten;
  }
}
