/** Which container the verbs act on: the chosen one, else a sensible one. */
import type { ContainerView } from '../../sim/view.ts';
import type { HerdState } from '../../store/herd-state.ts';

export function targetOf({ view, selected }: Pick<HerdState, 'view' | 'selected'>): ContainerView | null {
  if (!view) return null;
  const there = view.containers.filter((container) => container.phase !== 'removed');
  return (
    there.find((container) => container.name === selected) ??
    there.find((container) => container.phase === 'running') ??
    there[0] ??
    null
  );
}
