/** The picture, with a button over everything that can be pointed at. */
import { useEffect, useId, useRef } from 'react';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { RunProblem } from '../states/run-problem.tsx';
import { mountCanvas } from './mount-canvas.ts';
import { ThingButton } from './thing-button.tsx';
import { TextTwin } from './text-twin.tsx';
import { things } from './things.ts';

interface StageProps {
  /** Shown in words, over the picture. */
  text: boolean;
  closeText(): void;
}

export function Stage({ text, closeText }: StageProps) {
  const simulator = useSimulator();
  const box = useRef<HTMLDivElement>(null);
  const twinId = useId();
  const hits = useHerd((state) => state.hits);
  const view = useHerd((state) => state.view);
  const phase = useHerd((state) => state.phase);

  useEffect(() => (box.current ? mountCanvas(box.current, simulator) : undefined), [simulator]);

  return (
    <section className="bench-stage" aria-label="Herd">
      <div ref={box} className="absolute inset-0" />
      {phase === 'ready' && view && (
        <ul aria-label="On the stage">
          {things(hits, view).map((thing) => (
            <li key={thing.key}>
              <ThingButton thing={thing} describedBy={`${twinId}-${thing.key}`} />
            </li>
          ))}
        </ul>
      )}
      {phase === 'loading' && (
        <output className="absolute inset-0 grid place-items-center text-ink2">Opening the gate…</output>
      )}
      <RunProblem />
      <TextTwin idPrefix={twinId} visible={text} close={closeText} />
    </section>
  );
}
