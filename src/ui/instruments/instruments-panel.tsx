/** Every instrument on one axis of time. Dragging zooms, the buttons do the same; a point in time can be read. */
import { useMemo, useState, type PointerEvent } from 'react';
import { instrumentsLayout, type Instruments } from '../../viz/instruments/lanes.ts';
import { storeSpans } from '../../viz/instruments/store-spans.ts';
import { useWidth } from '../axis/use-width.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { InstrumentsPicture } from './instruments-picture.tsx';
import { ZoomButtons } from './zoom-buttons.tsx';

/** A shorter drag is a click. */
const DRAG_PX = 5;
const SHORTEST_MS = 1000;

export function InstrumentsPanel() {
  const simulator = useSimulator();
  const [width, measure] = useWidth();
  const layout = useLayout(width);
  const [pointed, setPointed] = useState<number | null>(null);
  const [from, setFrom] = useState<number | null>(null);

  const msAt = (event: PointerEvent<SVGSVGElement>): number => {
    if (!layout) return 0;
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = Math.min(1, Math.max(0, (px - layout.x0) / (layout.x1 - layout.x0)));
    return layout.fromMs + share * (layout.toMs - layout.fromMs);
  };
  const endDrag = (to: number): void => {
    if (layout && from !== null) {
      const pxPerMs = (layout.x1 - layout.x0) / (layout.toMs - layout.fromMs);
      const [a, b] = [Math.min(from, to), Math.max(from, to)];
      if ((b - a) * pxPerMs > DRAG_PX)
        simulator.zoom({ fromMs: Math.floor(a), toMs: Math.ceil(Math.max(b, a + SHORTEST_MS)) });
    }
    setFrom(null);
  };

  return (
    <div ref={measure}>
      <ZoomButtons />
      {layout && (
        <>
          <ul className="sr-only" aria-label="Instruments in words">
            {layout.lanes.map((lane) => (
              <li key={lane.id}>{lane.words}</li>
            ))}
          </ul>
          <InstrumentsPicture
            layout={layout}
            pointed={pointed}
            drag={from}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setFrom(msAt(event));
            }}
            onPointerMove={(event) => setPointed(msAt(event))}
            onPointerUp={(event) => endDrag(msAt(event))}
            onPointerCancel={() => setFrom(null)}
            onPointerLeave={() => setPointed(null)}
            onDoubleClick={() => simulator.zoom(null)}
          />
          {pointed !== null && <p className="sr-only">{`At ${seconds(pointed)}`}</p>}
        </>
      )}
    </div>
  );
}

function useLayout(width: number): Instruments | null {
  const readings = useHerd((state) => state.readings);
  const commands = useHerd((state) => state.commands);
  const wanted = useHerd((state) => state.view?.wanted ?? 0);
  const names = useHerd((state) => state.view?.stores.map(({ name }) => name).join('\n') ?? '');
  const t = useHerd((state) => state.t);
  return useMemo(() => {
    if (width === 0 || !readings) return null;
    return instrumentsLayout({
      ...readings,
      width,
      nowMs: t,
      wanted,
      stores: storeSpans(names === '' ? [] : names.split('\n'), readings.storeEntries),
      commands: commands.filter((command) => command.ok),
    });
  }, [width, readings, commands, wanted, names, t]);
}
