/** The instruments in a hand-made moment: the components themselves, fed with state instead of a run. */
import { createRoot } from 'react-dom/client';
import { browserFrameClock } from '../../runtime/host/frame-clock.ts';
import { createSimulator } from '../../store/simulator.ts';
import type { ThemeName } from '../../store/herd-state.ts';
import { TimeAxis } from '../../ui/axis/time-axis.tsx';
import { HerdProvider } from '../../ui/herd/herd-context.tsx';
import { InstrumentsPanel } from '../../ui/instruments/instruments-panel.tsx';
import { LifecyclePanel } from '../../ui/lifecycle/lifecycle-panel.tsx';
import { SequencePicture } from '../../ui/request/sequence-picture.tsx';
import { StoppingPanel } from '../../ui/stopping/stopping-panel.tsx';
import { sequence } from '../../viz/request/sequence.ts';
import { panelState, trace } from './panel-state.ts';
import '../styles/app.css';

/** Nobody is at the other end. */
const SILENT = {
  threaded: false,
  post: () => undefined,
  hand: () => undefined,
  nextNumber: () => 0,
  listen: () => () => undefined,
  close: () => undefined,
};

/** Puts every instrument into `place`, this many CSS px wide. */
export function showPanels(place: HTMLElement, theme: ThemeName, width: number): void {
  document.documentElement.dataset['theme'] = theme;
  const simulator = createSimulator({
    endpoint: SILENT,
    clock: browserFrameClock(),
    run: 'gallery',
    source: '',
    file: '',
    seed: null,
    autoplay: false,
    look: { theme, reducedMotion: true },
  });
  simulator.store.setState(panelState);
  const panels = [
    ['time axis', <TimeAxis key="" />],
    ['instruments', <InstrumentsPanel key="" />],
    ['one request', <SequencePicture key="" picture={sequence(trace, Math.min(width, 860), true)} />],
    ['the last seconds', <StoppingPanel key="" />],
    ['lifecycle', <LifecyclePanel key="" />],
  ] as const;
  createRoot(place).render(
    <HerdProvider simulator={simulator}>
      <div className="bg-paper p-4 text-ink" style={{ width: width + 32 }}>
        {panels.map(([name, panel]) => (
          <section key={name} data-cell={name} className="overflow-hidden pb-6" aria-label={name}>
            {panel}
          </section>
        ))}
      </div>
    </HerdProvider>,
  );
}
