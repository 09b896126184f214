import type { StageInput } from '../input.ts';
import { d, type Pen } from '../ops.ts';
import type { Box, StageLayout } from '../placed.ts';
import type { HerdView } from '../../../sim/view.ts';
import type { Hit } from '../hits.ts';

const ARM = 16;
const MARGIN = 5;

/** What the lesson speaks of stands between corner marks, as on a plan; what is pointed at gets a thin frame. */
export function drawEmphasis(pen: Pen, input: StageInput): void {
  const { view, layout, highlight, hover } = input;
  const named = highlight === null ? null : boxNamed(view, layout, highlight);
  if (named !== null) pen.path(cornerMarks(grown(named, MARGIN)), { stroke: 'ink', width: 3, cap: 'butt' });
  const pointed = hover === null ? null : boxHit(layout, hover);
  if (pointed !== null && pointed !== named) {
    const { x, y, w, h } = grown(pointed, 1);
    pen.rect(x, y, w, h, 10, { stroke: 'ink2', width: 1.5 });
  }
}

function boxNamed(view: HerdView, layout: StageLayout, name: string): Box | null {
  if (name === 'users') return layout.users.box;
  if (name === 'balancer') return layout.balancer?.box ?? null;
  const stall = layout.stalls.find((place) => view.containers[place.index]!.name === name);
  if (stall) return stall.cell;
  return layout.stores.find((place) => view.stores[place.index]!.name === name)?.box ?? null;
}

function boxHit(layout: StageLayout, hit: Hit): Box | null {
  switch (hit.kind) {
    case 'users':
      return layout.users.box;
    case 'balancer':
      return layout.balancer?.box ?? null;
    case 'container':
      return layout.stalls.find((place) => place.id === hit.id)?.cell ?? null;
    case 'store':
      return layout.stores.find((place) => place.id === hit.id)?.box ?? null;
    case 'host':
      return layout.hosts.find((place) => place.id === hit.id)?.box ?? null;
  }
}

const grown = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  w: box.w + 2 * by,
  h: box.h + 2 * by,
});

function cornerMarks({ x, y, w, h }: Box): string {
  const a = Math.min(ARM, w / 3, h / 3);
  const right = x + w;
  const bottom = y + h;
  return (
    d('M', x, y + a, 'V', y, 'H', x + a) +
    d('M', right - a, y, 'H', right, 'V', y + a) +
    d('M', right, bottom - a, 'V', bottom, 'H', right - a) +
    d('M', x + a, bottom, 'H', x, 'V', bottom - a)
  );
}
