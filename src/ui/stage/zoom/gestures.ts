/** Zoom and pan by wheel, pinch, drag, double click, keys and focus: the same moves for all. */
import { pointUnder, thingOn, wayIn, zoomFor, type Point } from './camera.ts';
import type { Mover } from './mover.ts';

/** One press of a key or a button. */
const STEP = 1.6;
/** A pointer that moves less than this many CSS px does not drag. */
const SLACK = 5;
/** Room left around what is brought into the window, in CSS px. */
const MARGIN = 12;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

const inMenu = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('[role="menu"]') !== null;

/** Zooms by steps about the middle, or about the thing in focus; 0 = the whole stage. */
export function zoomBy(mover: Mover, steps: number): void {
  const { camera } = mover;
  const { w, h } = mover.size();
  const middle = { x: w / 2, y: h / 2 };
  const z = steps === 0 ? 1 : camera.z * STEP ** steps;
  mover.go({ spot: mover.spotAt(middle), z, at: middle }, true);
}

/** Listens on the window over the stage and on the section around it; returns how to stop. */
export function listen(frame: HTMLElement, section: HTMLElement, mover: Mover): () => void {
  const heard = new AbortController();
  const { signal } = heard;
  const pointers = new Map<number, Point>();
  let dragging = false;
  let begunInMenu = false;

  function at({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top } = frame.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  function pan(by: Point, eased: boolean): void {
    const { w, h } = mover.size();
    const from = { x: w / 2, y: h / 2 };
    const spot = mover.spotAt(from);
    mover.go({ spot, z: mover.camera.z, at: { x: from.x + by.x, y: from.y + by.y } }, eased);
  }

  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    const steps = Math.max(-0.5, Math.min(0.5, -event.deltaY * lines * 0.01));
    const point = at(event);
    mover.go({ spot: mover.spotAt(point), z: mover.camera.z * 2 ** steps, at: point }, false);
  }

  function onPointerDown(event: PointerEvent): void {
    if (inMenu(event) || event.button !== 0) return;
    if (pointers.size === 0) dragging = false;
    pointers.set(event.pointerId, at(event));
  }

  function onPointerMove(event: PointerEvent): void {
    const before = pointers.get(event.pointerId);
    if (!before || pointers.size > 2) return;
    const now = at(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (!other && mover.camera.z === 1) return;
    if (!other && !dragging && Math.abs(now.x - before.x) + Math.abs(now.y - before.y) < SLACK) return;
    dragging = true;
    frame.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, now);
    // One pointer carries what is under it; two, what is between them.
    const far = (point: Point): number => (other ? Math.hypot(point.x - other.x, point.y - other.y) : 1);
    const middle = (point: Point): Point =>
      other ? { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 } : point;
    const z = mover.camera.z * (far(now) / Math.max(1, far(before)));
    mover.go({ spot: mover.spotAt(middle(before)), z, at: middle(now) }, false);
  }

  const onPointerEnd = (event: PointerEvent): void => void pointers.delete(event.pointerId);

  function onClick(event: MouseEvent): void {
    if (event.detail === 1) begunInMenu = inMenu(event);
    // The end of a drag presses nothing, nor does a second click: the first may have put a menu under it.
    if (event.detail > 1 || (dragging && event.detail > 0)) event.stopPropagation();
    dragging = false;
  }

  function onDoubleClick(event: MouseEvent): void {
    if (begunInMenu) return;
    // The menu that the first click opened is not what was wanted.
    const opened = frame.querySelector<HTMLElement>('[aria-expanded="true"]');
    opened?.click();
    opened?.focus({ preventScroll: true });
    const point = at(event);
    const thing = thingOn(mover.hits, pointUnder(mover.camera, point));
    if (!thing) {
      mover.go({ spot: mover.spotAt(point), z: mover.camera.z * STEP, at: point }, true);
      return;
    }
    const { w, h } = mover.size();
    mover.go(
      {
        spot: { thing, x: 0.5, y: 0.5 },
        z: zoomFor(thing, mover.camera.z, { w, h }),
        at: { x: w / 2, y: h / 2 },
      },
      true,
    );
  }

  /** The middle of the thing in focus, as the window has it. */
  function focused(): Point | null {
    const active = document.activeElement;
    if (!active || !frame.contains(active) || active.getAttribute('aria-haspopup') !== 'menu') return null;
    const { left, top, width, height } = active.getBoundingClientRect();
    return at({ clientX: left + width / 2, clientY: top + height / 2 });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (inMenu(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = event.shiftKey ? ARROWS[event.key] : undefined;
    const steps = { '+': 1, '=': 1, '-': -1, '0': 0 }[event.key];
    if (arrow && mover.camera.z > 1) {
      const { w, h } = mover.size();
      pan({ x: (arrow.x * w) / 4, y: (arrow.y * h) / 4 }, true);
    } else if (steps !== undefined) {
      const thing = focused();
      const { w, h } = mover.size();
      if (thing && steps !== 0)
        mover.go(
          { spot: mover.spotAt(thing), z: mover.camera.z * STEP ** steps, at: { x: w / 2, y: h / 2 } },
          true,
        );
      else zoomBy(mover, steps);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onFocusIn({ target }: FocusEvent): void {
    if (mover.camera.z === 1 || !(target instanceof HTMLElement)) return;
    const menu = target.closest('[role="menu"]');
    if (!menu && !target.matches(':focus-visible')) return;
    const { left, top, width, height } = (menu ?? target).getBoundingClientRect();
    const corner = at({ clientX: left, clientY: top });
    const by = wayIn({ ...corner, w: width, h: height }, mover.size(), MARGIN);
    if (by.x !== 0 || by.y !== 0) pan(by, true);
  }

  // The browser would take two fingers for a scroll.
  const onTouch = (event: TouchEvent): void => {
    if (event.touches.length > 1) event.preventDefault();
  };

  frame.addEventListener('wheel', onWheel, { signal, passive: false });
  frame.addEventListener('touchstart', onTouch, { signal, passive: false });
  frame.addEventListener('touchmove', onTouch, { signal, passive: false });
  frame.addEventListener('pointerdown', onPointerDown, { signal });
  frame.addEventListener('pointermove', onPointerMove, { signal });
  frame.addEventListener('pointerup', onPointerEnd, { signal });
  frame.addEventListener('pointercancel', onPointerEnd, { signal });
  frame.addEventListener('click', onClick, { signal, capture: true });
  frame.addEventListener('dblclick', onDoubleClick, { signal });
  frame.addEventListener('focusin', onFocusIn, { signal });
  section.addEventListener('keydown', onKeyDown, { signal });
  return () => heard.abort();
}
