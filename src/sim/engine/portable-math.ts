/**
 * Natural logarithm and exponential from + - * / and bit patterns only, because `Math.log` and `Math.exp` differ
 * between browsers. Relative error about 1e-15; the same bits in every engine.
 */

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
const LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const HI = LITTLE ? 1 : 0;

/** ln 2 in two parts, so that n·ln2 is exact in the high one. */
const LN2_HI = 0.6931471803691238;
const LN2_LO = 1.9082149292705877e-10;

/** ln(x) for a positive normal number. */
export function ln(x: number): number {
  f64[0] = x;
  const hi = u32[HI];
  let exponent = (hi >>> 20) - 1023;
  u32[HI] = (hi & 0x000fffff) | 0x3ff00000;
  let m = f64[0];
  if (m > 1.4142135623730951) {
    m *= 0.5;
    exponent += 1;
  }
  // ln m = 2 atanh(s), s = (m-1)/(m+1), |s| < 0.1716
  const s = (m - 1) / (m + 1);
  const z = s * s;
  const series =
    1 / 3 +
    z *
      (1 / 5 +
        z *
          (1 / 7 +
            z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z / 21))))))));
  return exponent * LN2_HI + (2 * s + (2 * s * z * series + exponent * LN2_LO));
}

/** e^x for |x| < 700. */
export function exp(x: number): number {
  const n = Math.floor(x * 1.4426950408889634 + 0.5);
  const r = x - n * LN2_HI - n * LN2_LO;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 18; k++) {
    term *= r / k;
    sum += term;
  }
  f64[0] = 1;
  u32[HI] = (1023 + n) << 20;
  return sum * f64[0];
}
