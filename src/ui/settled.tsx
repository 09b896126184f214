/** Marks the whole for those who wait for a settled instant: tests, and whoever takes a picture. */
import type { ReactNode } from 'react';
import { useHerd } from './herd/herd-context.tsx';

export function Settled({ children }: { children: ReactNode }) {
  const settled = useHerd((state) => state.settled);
  const hash = useHerd((state) => state.hash);
  const seed = useHerd((state) => state.facts?.seed);
  const ms = useHerd((state) => (state.settled ? state.t : null));
  return (
    <div
      className="bench-frame"
      data-settled={settled || undefined}
      data-hash={settled ? hash : undefined}
      data-ms={ms ?? undefined}
      data-seed={seed}
    >
      {children}
    </div>
  );
}
