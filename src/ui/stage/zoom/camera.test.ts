import { describe, expect, it } from 'vitest';
import { large } from '../../../viz/stage/fixtures/crowds.ts';
import { situations } from '../../../viz/stage/fixtures/situations.ts';
import { stageHits } from '../../../viz/stage/hits.ts';
import { layoutStage, layoutZoomed } from '../../../viz/stage/layout.ts';
import {
  cameraWith,
  placeOf,
  pointUnder,
  shownAt,
  spotOn,
  thingOn,
  wayIn,
  wayTo,
  WHOLE,
  zoomFor,
} from './camera.ts';

const STAGE = { width: 992, height: 512 };
const WINDOW = { w: STAGE.width, h: STAGE.height };

describe('the camera', () => {
  it('keeps the point under the pointer there, and goes no further than the stage reaches', () => {
    for (const z of [1, 1.3, 2, 4, 8]) {
      const spot = { x: 400, y: 300 };
      const camera = cameraWith(spot, z, spot, WINDOW);
      expect(shownAt(camera, spot)).toEqual({ x: expect.closeTo(400, 6), y: expect.closeTo(300, 6) });
      expect(pointUnder(camera, shownAt(camera, { x: 12, y: 34 })).x).toBeCloseTo(12, 9);
    }
    expect(cameraWith({ x: 0, y: 512 }, 3, { x: 500, y: 0 }, WINDOW)).toEqual({ z: 3, x: 0, y: 1024 });
    expect(cameraWith({ x: 300, y: 10 }, 0.3, { x: 7, y: 7 }, WINDOW)).toEqual(WHOLE);
    expect(cameraWith({ x: 300, y: 10 }, 30, { x: 7, y: 7 }, WINDOW).z).toBe(8);
  });

  it('finds the same thing under a point of the window as on the stage, in every situation', () => {
    for (const { name, view } of situations) {
      for (const z of [1, 2, 5.5]) {
        const hits = stageHits(layoutZoomed(view, STAGE, z));
        for (const hit of hits.filter(({ kind }) => kind === 'container' || kind === 'store')) {
          const middle = { x: hit.x + hit.w / 2, y: hit.y + hit.h / 2 };
          const camera = cameraWith(middle, z, { x: 496, y: 256 }, WINDOW);
          const shown = shownAt(camera, middle);
          expect(thingOn(hits, pointUnder(camera, shown)), name).toBe(hit);
          expect(shown.x >= 0 && shown.x <= WINDOW.w && shown.y >= 0 && shown.y <= WINDOW.h, name).toBe(true);
        }
      }
    }
  });

  it('stays with a thing that is laid out anew', () => {
    const { view } = large(300);
    const before = stageHits(layoutStage(view, STAGE));
    const after = stageHits(layoutZoomed(view, STAGE, 4));
    const hit = before.find(({ kind, id }) => kind === 'container' && id > 150)!;
    const spot = spotOn(before, { x: hit.x + hit.w / 4, y: hit.y + hit.h / 2 });
    const moved = after.find(({ kind, id }) => kind === hit.kind && id === hit.id)!;
    expect(placeOf(spot, after)!.x).toBeCloseTo(moved.x + moved.w / 4, 6);
    expect(placeOf(spot, [])).toBeNull();
  });

  it('brings a box into the window by the shortest way', () => {
    const box = { w: 100, h: 50 };
    expect(wayIn({ x: 300, y: 200, ...box }, WINDOW, 10)).toEqual({ x: 0, y: 0 });
    expect(wayIn({ x: -40, y: 500, ...box }, WINDOW, 10)).toEqual({ x: 50, y: -48 });
    expect(wayIn({ x: 30, y: 0, w: 3000, h: 50 }, WINDOW, 10)).toEqual({ x: -20, y: 10 });
  });

  it('pans to a thing that the window does not show, and not to one that it does', () => {
    const hit = { x: 100, y: 100, w: 50, h: 20 };
    expect(wayTo(hit, { z: 2, x: 150, y: 150 }, WINDOW, 10)).toEqual({ x: 0, y: 0 });
    const camera = { z: 2, x: 400, y: 195 };
    const by = wayTo(hit, camera, WINDOW, 10);
    expect(by).toEqual({ x: 210, y: 5 });
    expect(wayTo(hit, { z: 2, x: camera.x - by.x, y: camera.y - by.y }, WINDOW, 10)).toEqual({ x: 0, y: 0 });
  });

  it('zooms to a thing until it takes half of the window, and always closer', () => {
    expect(zoomFor({ w: 124, h: 20 }, 1, WINDOW)).toBe(4);
    expect(zoomFor({ w: 900, h: 400 }, 2, WINDOW)).toBe(3.2);
  });
});
