/** One drawer at a time. */
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import type { Drawer as DrawerName } from '../../store/herd-state.ts';
import { isOffered } from '../controls/offered.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { DRAWERS } from './drawers.ts';

const DrawerPanel = lazy(() =>
  import('./drawer-panel.tsx').then(({ DrawerPanel: panel }) => ({ default: panel })),
);

/** What is in the drawers; those without contents do not open. */
export type Contents = Partial<Readonly<Record<DrawerName, ComponentType>>>;

/** The open drawer; `otherwise` while there is none, and until it has come. */
export function Drawer({ contents, otherwise = null }: { contents: Contents; otherwise?: ReactNode }) {
  const drawer = useHerd((state) => state.drawer);
  const Content = drawer === null ? undefined : contents[drawer];
  if (drawer === null || Content === undefined) return otherwise;
  return (
    <Suspense fallback={otherwise}>
      <DrawerPanel drawer={drawer}>
        <Content />
      </DrawerPanel>
    </Suspense>
  );
}

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
