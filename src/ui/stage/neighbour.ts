/** Ways from thing to thing on the stage. */
import type { Thing } from './things.ts';

/** The thing under a point of the stage, or the nearest within a finger's reach. */
export function thingAt(things: readonly Thing[], x: number, y: number, reach = 16): Thing | null {
  let best: Thing | null = null;
  let least = reach * reach;
  for (const thing of things) {
    const { hit } = thing;
    const dx = Math.max(hit.x - x, 0, x - hit.x - hit.w);
    const dy = Math.max(hit.y - y, 0, y - hit.y - hit.h);
    const far = dx * dx + dy * dy;
    if (far < least) {
      best = thing;
      least = far;
    }
  }
  return best;
}

const DIRECTIONS: Readonly<Record<string, { readonly ax: number; readonly ay: number }>> = {
  ArrowLeft: { ax: -1, ay: 0 },
  ArrowRight: { ax: 1, ay: 0 },
  ArrowUp: { ax: 0, ay: -1 },
  ArrowDown: { ax: 0, ay: 1 },
};

/** Where an arrow key leads from a thing: the nearest in that direction; Home and End lead to the first and the last. */
export function neighbour(things: readonly Thing[], from: Thing, key: string): Thing | null {
  if (key === 'Home') return things[0] ?? null;
  if (key === 'End') return things.at(-1) ?? null;
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  const { ax, ay } = direction;
  const middle = ({ hit }: Thing): [number, number] => [hit.x + hit.w / 2, hit.y + hit.h / 2];
  const [x, y] = middle(from);
  let best: Thing | null = null;
  let least = Infinity;
  for (const thing of things) {
    const [tx, ty] = middle(thing);
    const along = (tx - x) * ax + (ty - y) * ay;
    if (thing === from || along < 1) continue;
    const aside = Math.abs((tx - x) * ay) + Math.abs((ty - y) * ax);
    const cost = along + 3 * aside;
    if (cost < least) {
      best = thing;
      least = cost;
    }
  }
  return best;
}
