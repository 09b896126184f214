import type { World } from '../../model/world.ts';

/** A host as Kubernetes knows it. Plain data, replaced when it changes. */
export interface Node {
  /** No new pods (`kubectl cordon`). */
  readonly cordoned: boolean;
  /** Silent for its grace period (S-78). */
  readonly notReady: boolean;
  /** Journal entry of the drain under way, -1 = none. */
  readonly draining: number;
  /** Cancels its timers. */
  readonly stamp: number;
}

export const newNode = (): Node => ({ cordoned: false, notReady: false, draining: -1, stamp: 0 });

interface WithNodes {
  readonly nodes: readonly Node[];
}

export const nodeOf = (w: World, host: number): Node => (w.platformState as WithNodes).nodes[host];
export function putNode(w: World, host: number, node: Node): void {
  const state = w.platformState as WithNodes;
  w.platformState = { ...state, nodes: state.nodes.map((x, i) => (i === host ? node : x)) };
}
