/** Zoom without a pointer. */
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

const SHORTEST_MS = 1000;

export function ZoomButtons() {
  const simulator = useSimulator();
  const span = useHerd((state) => state.span);
  const readings = useHerd((state) => state.readings);
  const t = useHerd((state) => state.t);
  if (!readings) return null;
  const { fromMs, toMs } = readings;
  const length = toMs - fromMs;
  // Around the playhead while that is in sight, else around the middle.
  const centre = t >= fromMs && t <= toMs ? t : fromMs + length / 2;
  const show = (from: number, size: number): void => {
    const start = Math.max(0, Math.round(from));
    simulator.zoom({ fromMs: start, toMs: start + Math.max(SHORTEST_MS, Math.round(size)) });
  };
  return (
    <fieldset className="flex flex-wrap items-center gap-1 pb-2 text-[14px]" aria-label="Zoom">
      <button type="button" className="btn btn-quiet" onClick={() => show(centre - length / 4, length / 2)}>
        Zoom in
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        disabled={!span}
        onClick={() => show(fromMs - length / 2, 2 * length)}
      >
        Zoom out
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        disabled={!span || fromMs <= 0}
        onClick={() => show(fromMs - length / 2, length)}
      >
        Earlier
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        disabled={!span}
        onClick={() => show(fromMs + length / 2, length)}
      >
        Later
      </button>
      <button type="button" className="btn btn-quiet" disabled={!span} onClick={() => simulator.zoom(null)}>
        All of it
      </button>
      <span className="ml-2 text-ink2 tabular-nums">
        {seconds(fromMs)} to {seconds(toMs)}
      </span>
    </fieldset>
  );
}
