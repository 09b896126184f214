/** Advance widths of Inter at weight 500, code points 32 to 126, in hundredths of an em. */
const ADVANCE = [
  27, 30, 49, 64, 65, 99, 65, 31, 37, 37, 52, 67, 30, 46, 30, 37, 65, 42, 62, 63, 66, 60, 63, 57, 63, 63, 30,
  32, 67, 67, 67, 53, 98, 71, 66, 73, 72, 60, 59, 75, 74, 27, 58, 69, 57, 91, 76, 77, 64, 77, 65, 65, 65, 74,
  71, 100, 70, 70, 64, 37, 37, 37, 48, 46, 34, 57, 62, 58, 62, 59, 38, 62, 60, 25, 25, 56, 25, 89, 60, 60, 62,
  62, 39, 54, 34, 60, 57, 83, 56, 58, 56, 44, 35, 44, 67,
] as const;

/** Bold is a little wider than medium. */
const BOLD = 1.035;
const ELLIPSIS = '…';

function advance(char: string): number {
  const code = char.codePointAt(0)!;
  if (code >= 32 && code < 127) return ADVANCE[code - 32]! / 100;
  if (/\p{M}|\p{Cf}/u.test(char)) return 0;
  // Wide scripts and pictographs take a full em; the rest is guessed generously, so that nothing overflows.
  return code >= 0x1100 && code <= 0x115f
    ? 1
    : code >= 0x2e80
      ? code < 0xfb1d || code > 0xfeff
        ? 1
        : 0.62
      : 0.62;
}

/** Approximate width of a line of sans text in units of `size`; needs no canvas, so layouts are the same everywhere. */
export function textWidth(text: string, size: number, weight = 500): number {
  let sum = 0;
  for (const char of text) sum += advance(char);
  return sum * size * (weight >= 600 ? BOLD : 1);
}

/** The longest beginning of `text` that fits `width` together with an ellipsis; `text` itself where it fits. */
export function ellipsize(text: string, width: number, size: number, weight = 500): string {
  if (textWidth(text, size, weight) <= width) return text;
  const room = width - textWidth(ELLIPSIS, size, weight);
  const bold = weight >= 600 ? BOLD : 1;
  let used = 0;
  let kept = '';
  for (const char of text) {
    used += advance(char) * size * bold;
    if (used > room) break;
    kept += char;
  }
  return kept.trimEnd() + ELLIPSIS;
}
