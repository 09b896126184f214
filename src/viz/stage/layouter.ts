/** Lays out again only when something that the layout depends on has changed. */
import type { HerdView } from '../../sim/view.ts';
import { fellLately, hasStall } from './fall.ts';
import { placesNeeded } from './lattice.ts';
import { layoutZoomed, type StageLayout } from './layout.ts';

type Size = Parameters<typeof layoutZoomed>[1];

/** The layout of a view on a stage of this size, to be seen `zoom` times (1) as large: the same object as long as nothing would move. */
export type Layouter = (view: HerdView, box: Size, zoom?: number) => StageLayout;

export function createLayouter(): Layouter {
  let key: readonly unknown[] = [];
  let layout: StageLayout | null = null;
  return (view, box, zoom = 1) => {
    const most = zoom < 2 ? 1 : zoom < 4 ? 2 : zoom < 8 ? 4 : 8;
    const now = [most, ...layoutKey(view, box)];
    if (layout === null || !isSame(now, key)) {
      key = now;
      layout = layoutZoomed(view, box, most);
    }
    return layout;
  };
}

/** All that `layoutStage` reads, so that equal keys mean equal layouts. */
export function layoutKey(view: HerdView, box: Size): unknown[] {
  const { hosts, stores, containers, t } = view;
  const key: unknown[] = [box.width, box.height, view.users.length, view.balancer === null];
  key.push(placesNeeded(view), hosts.length, stores.length, containers.length);
  for (const host of hosts) key.push(host.id);
  for (const store of stores) key.push(store.id, store.kind);
  for (const { id, host, kind, mountedBy, orphaned } of view.volumes)
    key.push(id, host, kind, mountedBy.join(), orphaned);
  for (const c of containers) key.push(c.id, c.number, c.host, hasStall(c, t), fellLately(c, t));
  return key;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
