/** A herd at work in its small picture, for as long as somebody looks at it: its beginning, again and again. */
import { useEffect, useRef } from 'react';
import type { Simulator } from '../../store/simulator.ts';
import { mountCanvas } from '../stage/mount-canvas.ts';

/** Virtual ms after which it begins again. */
const LENGTH = 24_000;
const SPEED = 2;

/** Opens a run of a herd by its name; the preview closes it. */
export type OpenPreview = (name: string) => Promise<Simulator>;

export function HerdPreview({ name, open }: { name: string; open: OpenPreview }) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    return showIn(element, open(name));
  }, [name, open]);
  return <span ref={box} className="absolute inset-0 block" data-preview={name} aria-hidden="true" />;
}

function showIn(box: HTMLElement, opening: Promise<Simulator>): () => void {
  let end: (() => void) | null = null;
  let isOver = false;
  const begin = (simulator: Simulator): void => {
    if (isOver) {
      simulator.close();
      return;
    }
    simulator.setSpeed(SPEED);
    const unmount = mountCanvas(box, simulator, true);
    const unsubscribe = simulator.store.subscribe(({ t }) => {
      if (t > LENGTH) simulator.reset();
    });
    end = () => {
      unsubscribe();
      unmount();
      simulator.close();
    };
  };
  // Whoever cannot open it keeps the still.
  opening.then(begin, () => undefined);
  return () => {
    isOver = true;
    end?.();
  };
}
