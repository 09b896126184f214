/** Moves the camera: at once or eased, and after things that are laid out anew under it. */
import type { Camera, Hit } from '../../../store/herd-state.ts';
import type { Simulator } from '../../../store/simulator.ts';
import {
  cameraWith,
  placeOf,
  pointUnder,
  shownAt,
  spotOn,
  wayTo,
  WHOLE,
  type Point,
  type Size,
  type Spot,
} from './camera.ts';

const EASED_MS = 200;
/** Room left around what is brought into the window, in CSS px. */
const MARGIN = 12;

/** Bring a spot to a point of the window, at a zoom. */
export interface Move {
  readonly spot: Spot;
  readonly z: number;
  readonly at: Point;
}

export interface Mover {
  readonly camera: Camera;
  readonly hits: readonly Hit[];
  size(): Size;
  /** What the window shows there, to hold on to. */
  spotAt(at: Point): Spot;
  go(move: Move, eased: boolean): void;
  stop(): void;
}

/** `sheet` holds the buttons of the things, laid out as on a stage seen whole, inside of `frame`. */
export function createMover(frame: HTMLElement, sheet: HTMLElement, simulator: Simulator): Mover {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let camera = WHOLE;
  let held: Move | null = null;
  let pending = 0;
  /** What the text spoke of last, until something else moves the camera: a closer layout may put it elsewhere. */
  let sought: string | null = null;
  let { hits, highlight } = simulator.store.getState();

  const size = (): Size => ({ w: frame.clientWidth, h: frame.clientHeight });

  function show(next: Camera): void {
    if (next.z === camera.z && next.x === camera.x && next.y === camera.y) return;
    camera = next;
    const { z, x, y } = camera;
    const whole = z === 1;
    const { style } = sheet;
    style.transform = whole ? '' : `translate(${-x}px, ${-y}px) scale(${z})`;
    style.setProperty('--zoom', String(z));
    frame.parentElement?.toggleAttribute('data-zoomed', !whole);
    simulator.setCamera(whole ? undefined : camera);
  }

  function put({ spot, z, at }: Move): void {
    const place = placeOf(spot, hits);
    if (place) show(cameraWith(place, z, at, size()));
  }

  function go(move: Move, eased: boolean): void {
    cancelAnimationFrame(pending);
    sought = null;
    const from = camera;
    const place = placeOf(move.spot, hits);
    if (!place) return;
    const at = shownAt(from, place);
    if (!eased || calm.matches) {
      held = move;
      put(move);
      return;
    }
    let begun: number | null = null;
    const frameAt = (now: number): void => {
      begun ??= now;
      const share = Math.min(1, (now - begun) / EASED_MS);
      const gone = 1 - (1 - share) ** 3;
      held = {
        spot: move.spot,
        z: from.z * (move.z / from.z) ** gone,
        at: { x: at.x + (move.at.x - at.x) * gone, y: at.y + (move.at.y - at.y) * gone },
      };
      if (share === 1) held = move;
      else pending = requestAnimationFrame(frameAt);
      put(held);
    };
    pending = requestAnimationFrame(frameAt);
  }

  /** What the text speaks of is brought into the window. */
  function seek(name: string): void {
    const { view } = simulator.store.getState();
    const id =
      view?.containers.find((one) => one.name === name)?.id ??
      view?.stores.find((one) => one.name === name)?.id;
    const hit = hits.find(({ kind, id: of }) =>
      kind === 'container' || kind === 'store' ? of === id : kind === name,
    );
    if (!hit) return;
    const by = wayTo(hit, camera, size(), MARGIN);
    if (by.x === 0 && by.y === 0) return;
    const { w, h } = size();
    const middle = { x: w / 2, y: h / 2 };
    const at = { x: middle.x + by.x, y: middle.y + by.y };
    go({ spot: spotOn(hits, pointUnder(camera, middle)), z: camera.z, at }, true);
    sought = name;
  }

  const unsubscribe = simulator.store.subscribe((state) => {
    const spokenOf = state.highlight === highlight ? null : state.highlight;
    ({ highlight } = state);
    if (spokenOf !== null && camera.z > 1) seek(spokenOf);
    if (state.hits === hits) return;
    ({ hits } = state);
    if (held && camera.z > 1) put(held);
    if (sought !== null && camera.z > 1) seek(sought);
  });
  const observer = new ResizeObserver(() => {
    if (camera.z > 1) show(cameraWith(pointUnder(camera, { x: 0, y: 0 }), camera.z, { x: 0, y: 0 }, size()));
  });
  observer.observe(frame);

  return {
    get camera() {
      return camera;
    },
    get hits() {
      return hits;
    },
    size,
    spotAt: (at) => spotOn(hits, pointUnder(camera, at)),
    go,
    stop() {
      cancelAnimationFrame(pending);
      unsubscribe();
      observer.disconnect();
      show(WHOLE);
    },
  };
}
