import type { Box, StageLayout } from './placed.ts';

/** Something that can be pointed at, in CSS px of the stage as it is seen whole. `id` is the view's id; 0 for balancer and users. */
export interface Hit {
  readonly kind: 'container' | 'store' | 'balancer' | 'users' | 'host';
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Small things are easier to hit than to see: at least this many CSS px where nothing else is near. */
const HOST_LABEL_H = 22;

/**
 * Boxes for buttons above the canvas: users, balancer, containers, stores, then hosts (their labels only, so that
 * they do not cover the stalls).
 */
export function stageHits(layout: StageLayout): Hit[] {
  const { scale, origin, room } = layout;
  const px = (value: number): number => Math.round(value * 10) / 10 / room;
  const hit = (kind: Hit['kind'], id: number, box: Box): Hit => ({
    kind,
    id,
    x: px(origin.x + box.x * scale),
    y: px(origin.y + box.y * scale),
    w: px(box.w * scale),
    h: px(box.h * scale),
  });
  const hits = [hit('users', 0, layout.users.box)];
  if (layout.balancer) hits.push(hit('balancer', 0, layout.balancer.box));
  for (const stall of layout.stalls) hits.push(hit('container', stall.id, stall.cell));
  for (const store of layout.stores) hits.push(hit('store', store.id, store.box));
  for (const host of layout.hosts) {
    const { box } = host;
    if (host.index >= 0) {
      const label = {
        x: box.x + 20,
        y: box.y - HOST_LABEL_H / 2,
        w: Math.min(150, box.w - 40),
        h: HOST_LABEL_H,
      };
      hits.push(hit('host', host.id, label));
    }
  }
  return hits;
}
