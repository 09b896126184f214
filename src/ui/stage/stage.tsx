/** The picture, with a button over everything that can be pointed at. */
import { lazy, memo, Suspense, useEffect, useId, useMemo, useRef } from 'react';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { RunProblem } from '../states/run-problem.tsx';
import { Crowd } from './crowd.tsx';
import { mountCanvas } from './mount-canvas.ts';
import { ThingButton } from './thing-button.tsx';
import { TextTwin } from './text-twin.tsx';
import { things, type Thing } from './things.ts';

const Zoom = lazy(() => import('./zoom/zoom.tsx').then(({ Zoom: zoom }) => ({ default: zoom })));

interface StageProps {
  /** Shown in words, over the picture. */
  text: boolean;
  closeText(): void;
}

export function Stage({ text, closeText }: StageProps) {
  const simulator = useSimulator();
  const box = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const twinId = useId();
  const hits = useHerd((state) => state.hits);
  const cast = useHerd((state) => state.cast);
  const all = useMemo(() => (cast ? things(hits, cast) : []), [hits, cast]);
  const phase = useHerd((state) => state.phase);

  useEffect(() => (box.current ? mountCanvas(box.current, simulator) : undefined), [simulator]);

  return (
    <section className="bench-stage" aria-label="Herd">
      <div ref={box} className="absolute inset-0" />
      <div className="stage-window">
        <div ref={sheet} className="stage-sheet">
          {phase === 'ready' && cast && <Things all={all} twinId={twinId} />}
        </div>
      </div>
      {phase === 'loading' && (
        <output className="absolute inset-0 grid place-items-center text-ink2">Opening the gate…</output>
      )}
      <Suspense>
        <Zoom sheet={sheet} />
      </Suspense>
      <RunProblem />
      <TextTwin idPrefix={twinId} visible={text} close={closeText} />
    </section>
  );
}

/** More containers than this share one button that goes where it is needed. */
const BUTTON_EACH = 60;

const Things = memo(function Things({ all, twinId }: { all: readonly Thing[]; twinId: string }) {
  const containers = all.filter(({ kind }) => kind === 'container');
  const crowded = containers.length > BUTTON_EACH;
  const single = crowded ? all.filter(({ kind }) => kind !== 'container') : all;
  return (
    <ul aria-label="On the stage">
      {crowded && (
        <li key="crowd">
          <Crowd things={containers} describedBy={`${twinId}-crowd`} />
        </li>
      )}
      {single.map((thing) => (
        <li key={thing.key}>
          <ThingButton thing={thing} describedBy={`${twinId}-${thing.key}`} />
        </li>
      ))}
    </ul>
  );
});
