/** A canvas that follows its box, drawn on by the simulator: handed over to its thread where it has one. */
import type { Simulator } from '../../store/simulator.ts';
import { watchSight } from './watch-sight.ts';

/**
 * Puts a canvas into `box`; returns how to take it away. A canvas can be handed over once, so each mount makes its own.
 * `plain` = too small for words.
 */
export function mountCanvas(box: HTMLElement, simulator: Simulator, plain = false): () => void {
  const canvas = document.createElement('canvas');
  canvas.className = 'block size-full';
  canvas.setAttribute('aria-hidden', 'true');
  box.append(canvas);
  let attached = false;

  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    if (width < 1 || height < 1) return;
    const size = { width, height, dpr: Math.min(devicePixelRatio || 1, 3), plain };
    if (attached) simulator.resize(size);
    else simulator.attach(simulator.threaded ? canvas.transferControlToOffscreen() : canvas, size);
    attached = true;
  });
  observer.observe(box);
  const unwatch = watchSight(box, simulator.setSeen);

  return () => {
    observer.disconnect();
    unwatch();
    if (attached) simulator.detach();
    canvas.remove();
  };
}
