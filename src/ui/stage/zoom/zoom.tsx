/** Zoom and pan of the stage: what listens, and three buttons in its corner. */
import { useEffect, useRef, type RefObject } from 'react';
import { useSimulator } from '../../herd/herd-context.tsx';
import { listen, zoomBy } from './gestures.ts';
import { createMover, type Mover } from './mover.ts';

const BUTTONS = [
  { name: 'Closer', sign: '+', keys: '+', steps: 1 },
  { name: 'Farther', sign: '−', keys: '-', steps: -1 },
  { name: 'Whole stage', sign: '⤢', keys: '0', steps: 0 },
] as const;

/** `sheet` holds the buttons of the things; its parent is the window on it. */
export function Zoom({ sheet }: { sheet: RefObject<HTMLElement | null> }) {
  const simulator = useSimulator();
  const mover = useRef<Mover>(null);

  useEffect(() => {
    const frame = sheet.current?.parentElement;
    const section = frame?.parentElement;
    if (!sheet.current || !frame || !section) return undefined;
    const made = (mover.current = createMover(frame, sheet.current, simulator));
    const unlisten = listen(frame, section, made);
    return () => {
      unlisten();
      made.stop();
    };
  }, [sheet, simulator]);

  return (
    <fieldset aria-label="Closer look" className="stage-zoom">
      {BUTTONS.map(({ name, sign, keys, steps }) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          aria-keyshortcuts={keys}
          title={`${name} (${keys})`}
          onClick={() => mover.current && zoomBy(mover.current, steps)}
        >
          {sign}
        </button>
      ))}
    </fieldset>
  );
}
