/** Which container the verbs act on: the chosen one, else a sensible one. */
import type { ContainerView } from '../../sim/view.ts';
import type { HerdState } from '../../store/herd-state.ts';

export function targetOf({ cast, selected }: Pick<HerdState, 'cast' | 'selected'>): ContainerView | null {
  if (!cast) return null;
  // Asked at every change: nothing is listed anew.
  const { containers } = cast;
  return (
    (selected === null ? undefined : containers.find((each) => isThere(each) && each.name === selected)) ??
    containers.find(({ phase }) => phase === 'running') ??
    containers.find(isThere) ??
    null
  );
}

const isThere = ({ phase }: ContainerView): boolean => phase !== 'removed';
