/** What stands on the stage and has verbs of its own, with the place of its button. */
import type { ContainerView, StoreView } from '../../sim/view.ts';
import type { Hit, RunView } from '../../store/herd-state.ts';

export type Thing =
  | { readonly kind: 'container'; readonly key: string; readonly hit: Hit; readonly container: ContainerView }
  | { readonly kind: 'store'; readonly key: string; readonly hit: Hit; readonly store: StoreView };

/** Containers and stores in the order of the stage; what the view no longer holds is left out. */
export function things(hits: readonly Hit[], view: RunView): Thing[] {
  const containers = new Map(view.containers.map((container) => [container.id, container]));
  return hits.flatMap((hit): Thing[] => {
    if (hit.kind === 'container') {
      const container = containers.get(hit.id);
      return container && container.phase !== 'removed'
        ? [{ kind: 'container', key: `c${hit.id}`, hit, container }]
        : [];
    }
    if (hit.kind === 'store') {
      const store = view.stores.find(({ id }) => id === hit.id);
      return store ? [{ kind: 'store', key: `s${hit.id}`, hit, store }] : [];
    }
    return [];
  });
}
