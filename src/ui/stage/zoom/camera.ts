/** Where a magnified stage stands in its window. Points of the stage are CSS px of it seen whole, points of the window CSS px. */
import type { Camera, Hit } from '../../../store/herd-state.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of the window. */
export interface Size {
  readonly w: number;
  readonly h: number;
}

export type Box = Size & Point;

/** The whole stage. */
export const WHOLE: Camera = { z: 1, x: 0, y: 0 };
const MOST = 8;

const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, value));

export const clampZoom = (z: number): number => between(1, Math.round(z * 1e4) / 1e4, MOST);

/** The camera under which a point of the stage, `z` times as large, is at a point of the window, as far as the stage reaches. */
export function cameraWith(spot: Point, z: number, at: Point, { w, h }: Size): Camera {
  const zoom = clampZoom(z);
  return {
    z: zoom,
    x: between(0, spot.x * zoom - at.x, w * (zoom - 1)),
    y: between(0, spot.y * zoom - at.y, h * (zoom - 1)),
  };
}

/** Where the window shows a point of the stage. */
export const shownAt = ({ z, x, y }: Camera, spot: Point): Point => ({
  x: spot.x * z - x,
  y: spot.y * z - y,
});

/** What point of the stage the window shows there. */
export const pointUnder = ({ z, x, y }: Camera, at: Point): Point => ({
  x: (at.x + x) / z,
  y: (at.y + y) / z,
});

/** How far a box in the window has to move to be seen whole, or as much of its beginning as there is room for. */
export function wayIn(box: Box, { w, h }: Size, margin: number): Point {
  const along = (from: number, size: number, room: number): number =>
    between(margin, from, Math.max(margin, room - margin - size)) - from;
  return { x: along(box.x, box.w, w), y: along(box.y, box.h, h) };
}

/** How the camera has to pan so that a thing is seen in the window: by this much, in CSS px of it. */
export function wayTo(hit: Box, camera: Camera, window: Size, margin: number): Point {
  const { z } = camera;
  return wayIn({ ...shownAt(camera, hit), w: hit.w * z, h: hit.h * z }, window, margin);
}

/** A zoom at which a thing takes about half of the window, and is larger than it is. */
export function zoomFor({ w, h }: Size, now: number, window: Size): number {
  return clampZoom(Math.max(now * 1.6, Math.min(window.w / (2 * w), window.h / (2 * h))));
}

/** A point of a thing, that stays with it when things are laid out anew. */
export interface Spot extends Point {
  readonly thing: Pick<Hit, 'kind' | 'id'> | null;
}

const isOn = (hit: Hit, { x, y }: Point): boolean =>
  x >= hit.x && x <= hit.x + hit.w && y >= hit.y && y <= hit.y + hit.h;

const THINGS: ReadonlySet<Hit['kind']> = new Set(['container', 'store', 'balancer']);

/** The thing at a point of the stage, if there is one. */
export const thingOn = (hits: readonly Hit[], point: Point): Hit | null =>
  hits.find((hit) => THINGS.has(hit.kind) && isOn(hit, point)) ?? null;

/** A point of the stage, as a share of the thing that it is on, else of the stage. */
export function spotOn(hits: readonly Hit[], point: Point): Spot {
  const thing = thingOn(hits, point);
  return thing === null
    ? { thing, ...point }
    : { thing, x: (point.x - thing.x) / thing.w, y: (point.y - thing.y) / thing.h };
}

/** Where a spot is now; null when its thing is no longer there. */
export function placeOf({ thing, x, y }: Spot, hits: readonly Hit[]): Point | null {
  if (thing === null) return { x, y };
  const hit = hits.find(({ kind, id }) => kind === thing.kind && id === thing.id);
  return hit ? { x: hit.x + x * hit.w, y: hit.y + y * hit.h } : null;
}
