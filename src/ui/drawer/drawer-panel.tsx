/** The open drawer. Escape closes it, and the focus goes back to where it came from. */
import { Suspense, useRef, useState, type ReactNode } from 'react';
import type { Drawer } from '../../store/herd-state.ts';
import { PlayButton } from '../controls/play-button.tsx';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { CloseIcon } from '../icons.tsx';
import { useOverlay } from '../use-overlay.ts';
import { DrawerTopContext } from './drawer-top.tsx';
import { DRAWERS } from './drawers.ts';

export function DrawerPanel({ drawer, children }: { drawer: Drawer; children: ReactNode }) {
  const simulator = useSimulator();
  const panel = useRef<HTMLElement>(null);
  const [top, setTop] = useState<HTMLElement | null>(null);

  useOverlay(panel, drawer, () => {
    // Of the instruments it first gives back all of time.
    if (drawer === 'instruments' && simulator.store.getState().span) simulator.zoom(null);
    else simulator.openDrawer(null);
  });

  const label = DRAWERS.find(({ name }) => name === drawer)?.label;
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={label}
      data-drawer={drawer}
      className="bench-drawer flex flex-col outline-none"
    >
      <div className="drawer-bar">
        <h2 className="text-[17px] font-bold">{label}</h2>
        <div ref={setTop} className="drawer-top" />
        <div className="ml-auto flex items-center gap-2">
          <TimeHere />
          <button
            type="button"
            className="btn btn-quiet btn-icon"
            aria-label={`Close ${label}`}
            onClick={() => simulator.openDrawer(null)}
          >
            <CloseIcon />
          </button>
        </div>
      </div>
      {/* The padding is room for the focus ring. */}
      <div className="min-h-0 flex-1 overflow-auto px-4 pt-1.5 pb-3 min-[960px]:-mx-1.5 min-[960px]:px-1.5">
        <DrawerTopContext value={top}>
          <Suspense fallback={null}>{children}</Suspense>
        </DrawerTopContext>
      </div>
    </section>
  );
}

/** On a phone the drawer lies over the playback, so it has its own. */
function TimeHere() {
  const t = useHerd((state) => state.t);
  return (
    <div className="drawer-time">
      <span className="text-[17px] font-bold tabular-nums">{seconds(t)}</span>
      <PlayButton className="btn btn-icon" where=" here" />
    </div>
  );
}
