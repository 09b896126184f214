import { useRef } from 'react';
import type { RunView } from '../../store/herd-state.ts';
import { useHerd } from './herd-context.tsx';

/** The view as it is whenever time stands still, and else a new one only every so many ms of the viewer's time. */
export function useCalmView(everyMs: number): RunView | null {
  const shown = useRef<RunView | null>(null);
  return useHerd(({ view, playing, speed }) => {
    const before = shown.current;
    const since = before && view && view.t >= before.t ? view.t - before.t : Infinity;
    if (!playing || since >= everyMs * speed) shown.current = view;
    return shown.current;
  });
}
