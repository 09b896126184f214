/** Looking at a part of time: by dragging over an axis, or by its keys. Every axis shows the same part. */
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { axisEnd } from '../../store/axis-end.ts';
import { moved, spanOf, zoomed } from '../../viz/axis/span.ts';
import { useSimulator } from '../herd/herd-context.tsx';

/** A shorter drag is a click. */
const DRAG_PX = 5;

interface Scale {
  readonly x0: number;
  readonly x1: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** `onPicture` belongs to the svg that is drawn on `scale`, `onKeyDown` to what takes the focus around it. */
export function useBrush(scale: Scale | null) {
  const simulator = useSimulator();
  const [pointed, setPointed] = useState<number | null>(null);
  const [from, setFrom] = useState<number | null>(null);

  const msAt = (event: PointerEvent<SVGSVGElement>): number => {
    if (!scale) return 0;
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = Math.min(1, Math.max(0, (px - scale.x0) / (scale.x1 - scale.x0)));
    return scale.fromMs + share * (scale.toMs - scale.fromMs);
  };
  const endDrag = (to: number): void => {
    if (scale && from !== null) {
      const pxPerMs = (scale.x1 - scale.x0) / (scale.toMs - scale.fromMs);
      if (Math.abs(to - from) * pxPerMs > DRAG_PX) simulator.zoom(spanOf(from, to));
    }
    setFrom(null);
  };

  return {
    pointed,
    /** The part being dragged over, or null. */
    brushed:
      from !== null && pointed !== null
        ? { fromMs: Math.min(from, pointed), toMs: Math.max(from, pointed) }
        : null,
    onPicture: {
      onPointerDown(event: PointerEvent<SVGSVGElement>) {
        if (!event.isPrimary || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(msAt(event));
        setPointed(msAt(event));
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => setPointed(msAt(event)),
      onPointerUp: (event: PointerEvent<SVGSVGElement>) => endDrag(msAt(event)),
      onPointerCancel: () => setFrom(null),
      onPointerLeave: () => setPointed(null),
      onDoubleClick: () => simulator.zoom(null),
    },
    onKeyDown(event: KeyboardEvent) {
      if (!scale || event.ctrlKey || event.metaKey || event.altKey) return;
      const { t, span: wanted } = simulator.store.getState();
      const end = axisEnd(t);
      // What was asked for last, though its counts may still be under way: quick keys build on each other.
      const shown = wanted ?? { fromMs: 0, toMs: end };
      const middle = (shown.fromMs + shown.toMs) / 2;
      // Around the playhead while that is in sight.
      const around = t >= shown.fromMs && t <= shown.toMs ? t : middle;
      const key = event.key;
      if (key === 'Escape' && from !== null) setFrom(null);
      else if (key === 'Escape' && wanted) simulator.zoom(null);
      else if (key === '+' || key === '=') simulator.zoom(zoomed(shown, 0.5, around, end));
      else if (key === '-' && wanted) simulator.zoom(zoomed(shown, 2, around, end));
      else if (key === 'ArrowLeft' && wanted) simulator.zoom(moved(shown, -0.25, end));
      else if (key === 'ArrowRight' && wanted) simulator.zoom(moved(shown, 0.25, end));
      else return;
      event.preventDefault();
    },
  };
}
