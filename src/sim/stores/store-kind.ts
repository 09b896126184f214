import type { StoreService } from '../model/scenario.ts';
import type { Store } from '../model/store.ts';
import type { World } from '../model/world.ts';

/** How a store's process ended: `stopped` by SIGTERM, with time to finish; `killed` without. */
export type StoreEnd = 'stopped' | 'killed';

/** A kind of backing store. One file each; the client model and the faults are common to all (model/storing.ts). */
export interface StoreKind {
  /** As written in a scenario. */
  readonly name: string;
  /** As people call it. */
  readonly label: string;
  /** Its clients keep a connection, and find out by an attempt of their own that it is back; else every command opens one. */
  readonly connected: boolean;
  /** What it writes to disk, as a word for the picture. */
  persistence(def: StoreService): string;
  /** Path that its image declares as a VOLUME, and so where its data is (S-107); null = on no volume of the herd. */
  dataPath(def: StoreService): string | null;
  /** Its process has ended: loses what it did not keep (`loseSince`), because of the journal entry `entry`. */
  ended(w: World, store: Store, how: StoreEnd, entry: number): void;
}
