import type { Distribution } from '../model/scenario.ts';
import { exp, ln } from './portable-math.ts';

/**
 * Random numbers are state: each concern has a stream of its own (sfc32), so that two runs that differ in one setting
 * see the same traffic (common random numbers). Streams are part of every checkpoint.
 */
export class Stream {
  /** Four words of state. */
  readonly s = new Int32Array(4);

  constructor(seed: number, concern: number) {
    const s = this.s;
    s[0] = mix32(seed ^ 0x9e3779b9);
    s[1] = mix32(Math.imul(concern + 1, 0x85ebca6b) ^ seed);
    s[2] = mix32(seed + Math.imul(concern, 0xc2b2ae35));
    s[3] = 1;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** 32 random bits, signed. */
  next(): number {
    const s = this.s;
    const b = s[1];
    const c = s[2];
    const d = s[3];
    const t = (s[0] + b + d) | 0;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + t;
    s[3] = d + 1;
    return t;
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return (this.next() >>> 0) * 2.3283064365386963e-10;
  }

  /** Integer in [0, n). */
  below(n: number): number {
    return Math.floor((this.next() >>> 0) * 2.3283064365386963e-10 * n);
  }

  /** Exponential with mean 1, by ziggurat. */
  exponential(): number {
    const u = this.next() >>> 0;
    const x = u * ZIG_W[u & 255];
    // Short, so that compiled code takes it in; plus zero, so that it knows a number without opening a box.
    return u < ZIG_K[u & 255] ? x : 0 + this.wedge(u & 255, x);
  }

  /** The one draw in a hundred that falls into the tail, or between a layer and the curve. */
  private wedge(i: number, x: number): number {
    if (i === 0) return ZIG_R + this.exponential();
    return ZIG_F[i] + this.uniform() * (ZIG_F[i - 1] - ZIG_F[i]) < exp(-x) ? x : 0 + this.exponential();
  }

  /** Normal with mean 0 and deviation 1 (polar method). */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const q = u * u + v * v;
      if (q > 0 && q < 1) return u * Math.sqrt((-2 * ln(q)) / q);
    }
  }

  /** The random part of a duration: what `scaled` turns into ms. */
  draw(d: Distribution): number {
    switch (d.kind) {
      case 'exponential':
        return this.exponential();
      case 'lognormal':
        return this.normal();
      case 'uniform':
        return this.uniform();
      case 'fixed':
        return 0;
    }
  }

  /** A duration in ms. */
  sample(d: Distribution): number {
    return scaled(d, this.draw(d));
  }
}

/** Duration in ms of a distribution for a draw made by `Stream.draw` of the same kind. */
export function scaled(d: Distribution, draw: number): number {
  switch (d.kind) {
    case 'exponential':
      return d.mean * draw;
    case 'fixed':
      return d.ms;
    case 'uniform':
      return d.min + (d.max - d.min) * draw;
    case 'lognormal':
      // p95 of a normal lies 1.6448536… deviations above its median
      return d.median * exp((ln(d.p95 / d.median) / 1.6448536269514722) * draw);
  }
}

/** A good 32-bit mix (murmur3's finaliser). */
export function mix32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** 32 random bits of the run's seed and n alone, the same in every branch. Neighbouring seeds have nothing in common. */
export const mixSeeded = (seed: number, n: number): number =>
  mix32(mix32(seed + 0x3c6ef372) ^ Math.imul(n + 1, 0x9e3779b1));

/**
 * Per-user randomness: one word of state a user (a Weyl sequence through `mix32`), kept in a column.
 * Returns uniform in (0, 1]; the caller advances the word by USER_STEP.
 */
export const USER_STEP = 0x9e3779b9;
export function userUniform(word: number): number {
  return ((mix32(mix32(word) + 0x7f4a7c15) >>> 0) + 1) * 2.3283064365386963e-10;
}
/** Exponential with mean 1 from a user's word. */
export const userExponential = (word: number): number => -ln(userUniform(word));

// Ziggurat tables for the exponential: 256 layers of equal area (Marsaglia and Tsang 2000).
const ZIG_R = 7.69711747013105;
const ZIG_K = new Float64Array(256);
const ZIG_W = new Float64Array(256);
const ZIG_F = new Float64Array(256);
{
  const m = 4294967296;
  const v = 0.003949659822581557;
  let de = ZIG_R;
  let te = de;
  const q = v / exp(-de);
  ZIG_K[0] = (de / q) * m;
  ZIG_K[1] = 0;
  ZIG_W[0] = q / m;
  ZIG_W[255] = de / m;
  ZIG_F[0] = 1;
  ZIG_F[255] = exp(-de);
  for (let i = 254; i >= 1; i--) {
    de = -ln(v / de + exp(-de));
    ZIG_K[i + 1] = (de / te) * m;
    te = de;
    ZIG_F[i] = exp(-de);
    ZIG_W[i] = de / m;
  }
}
