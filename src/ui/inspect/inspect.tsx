/** Looking closer: why something happened, one container, how containers live, what each event would cost now. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Inspecting } from '../../store/herd-state.ts';
import { DrawerTop } from '../drawer/drawer-top.tsx';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { Why } from './why.tsx';

// Each comes when it is first looked at.
const Lifecycle = lazy(() =>
  import('../lifecycle/lifecycle-panel.tsx').then(({ LifecyclePanel }) => ({ default: LifecyclePanel })),
);
const Survival = lazy(() =>
  import('../survival/survival-panel.tsx').then(({ SurvivalPanel }) => ({ default: SurvivalPanel })),
);
const Container = lazy(() =>
  import('./container.tsx').then(({ ContainerPanel }) => ({ default: ContainerPanel })),
);
const Request = lazy(() =>
  import('../request/request-panel.tsx').then(({ RequestPanel }) => ({ default: RequestPanel })),
);
const Stopping = lazy(() =>
  import('../stopping/stopping-panel.tsx').then(({ StoppingPanel }) => ({ default: StoppingPanel })),
);

const VIEWS: readonly { readonly name: Inspecting; readonly label: string }[] = [
  { name: 'why', label: 'Why' },
  { name: 'container', label: 'One container' },
  { name: 'request', label: 'One request' },
  { name: 'stopping', label: 'The last seconds' },
  { name: 'survival', label: 'What would survive' },
  { name: 'lifecycle', label: 'Lifecycle' },
];

export function Inspect() {
  const inspecting = useHerd((state) => state.inspecting);
  return (
    <>
      <DrawerTop>
        <Views />
      </DrawerTop>
      {inspecting === 'why' && <Why />}
      <Suspense fallback={null}>
        {inspecting === 'container' && <Container />}
        {inspecting === 'request' && <Request />}
        {inspecting === 'stopping' && <Stopping />}
        {inspecting === 'survival' && <Survival />}
        {inspecting === 'lifecycle' && <Lifecycle />}
      </Suspense>
    </>
  );
}

function Views() {
  const simulator = useSimulator();
  const inspecting = useHerd((state) => state.inspecting);
  const tabs = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const row = tabs.current;
    const open = row?.querySelector<HTMLElement>('[aria-pressed="true"]');
    if (row && open)
      row.scrollLeft = open.offsetLeft - row.offsetLeft - row.clientWidth / 2 + open.offsetWidth / 2;
  }, [inspecting]);
  return (
    <fieldset ref={tabs} className="tabs" aria-label="What to look at">
      {VIEWS.map(({ name, label }) => (
        <button
          key={name}
          type="button"
          className="btn btn-quiet"
          aria-pressed={name === inspecting}
          onClick={() => simulator.inspect(name)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
