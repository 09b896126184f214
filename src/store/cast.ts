/** Who is on the stage: what can be pressed, and what it is called, follows from these and not from every number of a view. */
import type { ContainerView, StoreView } from '../sim/view.ts';
import type { RunView } from '../runtime/protocol.ts';

/** The view that says who is there: the one from before for as long as nobody came, went, changed or is wanted otherwise. */
export const castOf = (before: RunView | null, view: RunView): RunView =>
  before !== null && isSameCast(before, view) ? before : view;

const isSameCast = (a: RunView, b: RunView): boolean =>
  a.wanted === b.wanted &&
  areSame(a.containers, b.containers, isSameContainer) &&
  areSame(a.stores, b.stores, isSameStore);

const isSameContainer = (a: ContainerView, b: ContainerView): boolean =>
  a.id === b.id && a.phase === b.phase && a.tag === b.tag && a.version === b.version;

const isSameStore = (a: StoreView, b: StoreView): boolean => a.id === b.id && a.state === b.state;

function areSame<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i] || isSame(each, b[i]!));
}
