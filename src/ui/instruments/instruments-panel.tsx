/** Every instrument on one axis of time. Dragging zooms, the buttons do the same; a point in time can be read. */
import { useMemo } from 'react';
import { instrumentsLayout, type Instruments } from '../../viz/instruments/lanes.ts';
import { storeSpans } from '../../viz/instruments/store-spans.ts';
import { FaultFlags } from '../axis/fault-flags.tsx';
import { useBrush } from '../axis/use-brush.ts';
import { useWidth } from '../axis/use-width.ts';
import { DrawerTop } from '../drawer/drawer-top.tsx';
import { useHerd } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { Brush } from '../axis/brush.tsx';
import { InstrumentsPicture, LaneNames } from './instruments-picture.tsx';
import { ZoomButtons } from './zoom-buttons.tsx';

export function InstrumentsPanel() {
  const [width, measure] = useWidth();
  const layout = useLayout(width);
  const { pointed, brushed, onPicture, onKeyDown } = useBrush(layout);
  return (
    <div ref={measure}>
      <DrawerTop>
        <ZoomButtons />
      </DrawerTop>
      {layout && (
        <>
          <ul className="sr-only" aria-label="Instruments in words">
            {layout.lanes.map((lane) => (
              <li key={lane.id}>{lane.words}</li>
            ))}
          </ul>
          <div className="relative">
            <Brush scale={layout} onKeyDown={onKeyDown}>
              <InstrumentsPicture layout={layout} pointed={pointed} brushed={brushed} {...onPicture} />
            </Brush>
            <LaneNames layout={layout} />
            <FaultFlags scale={layout} />
          </div>
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
