import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { axisEnd } from '../../store/axis-end.ts';
import { spanOf } from '../../viz/axis/span.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

interface BrushProps {
  scale: { readonly fromMs: number; readonly toMs: number };
  onKeyDown(event: KeyboardEvent): void;
  /** The picture of the axis, for the eye and the pointer. */
  children: ReactNode;
}

/** The part of time that is shown, for those without a pointer: a slider that nobody sees, with its focus around the picture. */
export function Brush({ scale: { fromMs, toMs }, onKeyDown, children }: BrushProps) {
  const simulator = useSimulator();
  const end = useHerd((state) => axisEnd(state.t));
  const isPart = useHerd((state) => state.span !== null);
  const id = useId();
  return (
    <>
      <input
        type="range"
        className="peer sr-only"
        aria-label="Part of time shown"
        aria-describedby={id}
        aria-valuetext={`${seconds(fromMs)} to ${seconds(toMs)}`}
        min={0}
        max={Math.max(0, end - (toMs - fromMs))}
        step={100}
        value={fromMs}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          const from = Number(event.target.value);
          if (isPart) simulator.zoom(spanOf(from, from + toMs - fromMs));
        }}
      />
      <span id={id} className="sr-only">
        Plus and minus zoom, the arrows move, Escape shows all of it.
      </span>
      <div className="rounded outline-offset-2 outline-ink peer-focus-visible:outline-3">{children}</div>
    </>
  );
}
