import type { HerdView } from '../../../sim/view.ts';
import { backing } from '../volumes.ts';
import type { Box, StorePlace } from '../placed.ts';

const GAP = 16;
const MIN_GAP = 10;
const LINE = 38;

/** Natural heights: sheets and rows need less than a lattice. */
const HEIGHT: Readonly<Record<string, number>> = { s3: 138, minio: 138, postgres: 146 };
const heightOf = ({ kind }: { readonly kind: string }): number => HEIGHT[kind] ?? 162;

/** Boxes one above the other, as many in full as there is room for; the later ones shrink to a line. */
export function placeStoreColumn(view: HerdView, area: Box): StorePlace[] {
  const stores = backing(view);
  const full = stores.map(() => true);
  const height = (i: number) => (full[i] ? heightOf(stores[i]!) : LINE);
  const total = () => stores.reduce((sum, _, i) => sum + height(i), 0) + (stores.length - 1) * GAP;
  const least = area.h + (stores.length - 1) * (GAP - MIN_GAP);
  for (let i = stores.length - 1; i >= 0 && total() > least; i--) full[i] = false;
  const gap = Math.min(
    GAP,
    (area.h - (total() - (stores.length - 1) * GAP)) / Math.max(1, stores.length - 1),
  );
  let y = area.y;
  return stores.map((store, index) => {
    const box = { x: area.x, y, w: area.w, h: height(index) };
    y += box.h + gap;
    return { index, id: store.id, box, size: full[index] ? 'full' : 'line' };
  });
}

/** Boxes side by side, in rows of at most `across`. */
export function placeStoreRow(view: HerdView, area: Box, across: number): StorePlace[] {
  const stores = backing(view);
  const count = stores.length;
  const cols = Math.min(across, count);
  const w = (area.w - (cols - 1) * 8) / Math.max(1, cols);
  return stores.map((store, index) => ({
    index,
    id: store.id,
    box: {
      x: area.x + (index % cols) * (w + 8),
      y: area.y + Math.floor(index / cols) * (36 + 8),
      w,
      h: 36,
    },
    size: 'line',
  }));
}
