/** Which simulator the components below belong to. */
import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { HerdState } from '../../store/herd-state.ts';
import type { Simulator } from '../../store/simulator.ts';

const HerdContext = createContext<Simulator | null>(null);

export function HerdProvider({ simulator, children }: { simulator: Simulator; children: ReactNode }) {
  return <HerdContext value={simulator}>{children}</HerdContext>;
}

export function useSimulator(): Simulator {
  const simulator = use(HerdContext);
  if (!simulator) throw new Error('there is no simulator around this component');
  return simulator;
}

/** A part of the simulator's state; renders again when that part changes. */
export function useHerd<T>(select: (state: HerdState) => T): T {
  return useStore(useSimulator().store, select);
}
