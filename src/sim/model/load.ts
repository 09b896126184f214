import type { World } from './world.ts';

/** Load factor now: the wave (a triangle, so that every engine computes the same) and the spike. */
export function load(w: World): number {
  const { wave, spike } = w.traffic;
  let factor = 1;
  if (wave !== null) {
    const phase = (w.now / wave.periodMs) % 1;
    const triangle = phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4;
    factor *= 1 + wave.amplitude * triangle;
  }
  if (spike !== null && w.now >= spike.atMs && w.now < spike.atMs + spike.forMs) factor *= spike.factor;
  return factor;
}

/** The largest that it ever is: what arrivals are thinned from. */
export function peakLoad(w: World): number {
  const { wave, spike } = w.traffic;
  return (wave === null ? 1 : 1 + wave.amplitude) * (spike === null ? 1 : Math.max(1, spike.factor));
}

/** The random part of a user's own work, from the user's own sequence. */
export function drawFor(w: World, user: number): number {
  const d = w.app.serviceTime;
  if (d.kind === 'exponential') return w.users.exponential(user);
  if (d.kind === 'fixed') return 0;
  if (d.kind === 'uniform') return w.users.uniform(user);
  // Sum of twelve uniforms: a normal up to 6 deviations, without a second sequence.
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += w.users.uniform(user);
  return sum;
}
