// What the engine may do: nothing here may be reported.
import { value, type Shape } from './target.ts';
export { value as again } from './target.ts';

export function step(seed: number): Shape {
  const x = Math.imul(seed, 2654435761) >>> 0;
  const table = new Float64Array([Math.sqrt(x), Math.floor(x / 3), Math.min(x, value), Math.PI]);
  const named = { Math: 1, performance: 2 };
  return table.length * named.performance + named.Math;
}
