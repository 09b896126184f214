/** Zoom without a pointer. */
import { axisEnd } from '../../store/axis-end.ts';
import { moved, zoomed } from '../../viz/axis/span.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

export function ZoomButtons() {
  const simulator = useSimulator();
  const span = useHerd((state) => state.span);
  const readings = useHerd((state) => state.readings);
  const t = useHerd((state) => state.t);
  if (!readings) return null;
  const { fromMs, toMs } = readings;
  const shown = { fromMs, toMs };
  const end = axisEnd(t);
  // Around the playhead while that is in sight, else around the middle.
  const around = t >= fromMs && t <= toMs ? t : (fromMs + toMs) / 2;
  return (
    <fieldset className="tabs items-center text-[14px]" aria-label="Zoom">
      <button
        type="button"
        className="btn btn-quiet"
        onClick={() => simulator.zoom(zoomed(shown, 0.5, around, end))}
      >
        Zoom in
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        disabled={!span}
        onClick={() => simulator.zoom(zoomed(shown, 2, around, end))}
      >
        Zoom out
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        disabled={!span || fromMs <= 0}
        onClick={() => simulator.zoom(moved(shown, -0.5, end))}
      >
        Earlier
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        disabled={!span || toMs >= end}
        onClick={() => simulator.zoom(moved(shown, 0.5, end))}
      >
        Later
      </button>
      <button type="button" className="btn btn-quiet" disabled={!span} onClick={() => simulator.zoom(null)}>
        All of it
      </button>
      <span className="ml-2 flex-none text-ink2 tabular-nums">
        {seconds(fromMs)} to {seconds(toMs)}
      </span>
    </fieldset>
  );
}
