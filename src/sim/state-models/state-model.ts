import type { Container } from '../model/container.ts';
import type { StateKind } from '../model/scenario.ts';
import type { World } from '../model/world.ts';

/** A home of state: where its bytes live, and so what they survive (table A2). One file each. */
export interface StateModel {
  /** As written in a scenario. */
  readonly name: string;
  /** As people call it. */
  readonly label: string;
  /** What may live here. */
  readonly kinds: readonly StateKind[];
  /** The store kind that it needs (`redis`, `s3`), or null. A remote home is reached by a command over the network. */
  readonly store: string | null;
  /**
   * The place that a container reads and writes, asked at every start of its process. Opening a new one means that what
   * was there before is out of reach; returning an old one means that it survived.
   */
  attach(w: World, c: Container, kind: StateKind): number;
}
