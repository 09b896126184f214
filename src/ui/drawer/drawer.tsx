/** One drawer at a time. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { isOffered } from '../controls/offered.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { CloseIcon } from '../icons.tsx';
import { DRAWERS } from './drawers.ts';

// Each comes when it is first opened; the grammar of the commands comes with the console.
const Console = lazy(() => import('./console.tsx').then(({ Console: drawer }) => ({ default: drawer })));
const Inspect = lazy(() =>
  import('../inspect/inspect.tsx').then(({ Inspect: drawer }) => ({ default: drawer })),
);
const Journal = lazy(() => import('./journal.tsx').then(({ Journal: drawer }) => ({ default: drawer })));
const Instruments = lazy(() =>
  import('../instruments/instruments-panel.tsx').then(({ InstrumentsPanel }) => ({
    default: InstrumentsPanel,
  })),
);

/** What the drawers' buttons do, in order. `only` lists the names to offer; null = all. */
export function useDrawerActions(only: readonly string[] | null): readonly {
  readonly label: string;
  readonly open: boolean;
  act(): void;
}[] {
  const simulator = useSimulator();
  const drawer = useHerd((state) => state.drawer);
  const inspecting = useHerd((state) => state.inspecting);
  return DRAWERS.filter(({ label }) => isOffered(only, label)).map(({ name, label }) => ({
    label,
    open: drawer === name,
    act() {
      if (drawer === name) simulator.openDrawer(null);
      else if (name === 'inspect') simulator.inspect(inspecting);
      else simulator.openDrawer(name);
    },
  }));
}

/** The open drawer, or nothing. Escape closes it, and the focus goes back to where it came from. */
export function Drawer() {
  const simulator = useSimulator();
  const drawer = useHerd((state) => state.drawer);
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    if (drawer === null) return undefined;
    const before = document.activeElement;
    const opened = panel.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // Of the instruments it first gives back all of time.
      if (drawer === 'instruments' && simulator.store.getState().span) simulator.zoom(null);
      else simulator.openDrawer(null);
    };
    opened?.focus({ preventScroll: true });
    opened?.addEventListener('keydown', onKeyDown);
    return () => {
      opened?.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [drawer, simulator]);

  if (drawer === null) return null;
  const label = DRAWERS.find(({ name }) => name === drawer)?.label;
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={label}
      data-drawer={drawer}
      className="bench-drawer flex flex-col outline-none"
    >
      <div className="flex h-11 flex-none items-center gap-3 px-4 min-[960px]:px-0">
        <h2 className="text-[17px] font-bold">{label}</h2>
        <button
          type="button"
          className="btn btn-quiet btn-icon ml-auto"
          aria-label={`Close ${label}`}
          onClick={() => simulator.openDrawer(null)}
        >
          <CloseIcon />
        </button>
      </div>
      {/* The padding is room for the focus ring. */}
      <div className="min-h-0 flex-1 overflow-auto px-4 pt-1.5 pb-3 min-[960px]:-mx-1.5 min-[960px]:px-1.5">
        <Suspense fallback={null}>
          {drawer === 'instruments' && <Instruments />}
          {drawer === 'journal' && <Journal />}
          {drawer === 'console' && <Console />}
          {drawer === 'inspect' && <Inspect />}
        </Suspense>
      </div>
    </section>
  );
}
