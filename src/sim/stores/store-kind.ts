import type { AppService, StoreService } from '../model/scenario.ts';
import type { Store } from '../model/store.ts';
import type { World } from '../model/world.ts';

/**
 * How a store's process ended: `stopped` by SIGTERM, with time to finish; `killed` without; `power`: its machine lost what
 * had been written and not yet flushed to disk, too.
 */
export type StoreEnd = 'stopped' | 'killed' | 'power';

/** A kind of backing store. One file each; the client model and the faults are common to all (model/storing.ts). */
export interface StoreKind {
  /** As written in a scenario. */
  readonly name: string;
  /** As people call it. */
  readonly label: string;
  /**
   * What its usual client does while it is away. `waits`: keeps one connection and reconnects by itself, commands wait
   * meanwhile (R-9, `store-client`). `fails`: keeps a pool, a command that has no connection fails and the next one tries
   * to connect. `resends`: keeps none, sends a failed command again after a back-off.
   */
  readonly client: 'waits' | 'fails' | 'resends';
  /** Connections that one container of the herd keeps open. */
  connectionsOf(app: AppService): number;
  /** Connections that clients may have in all; Infinity = no limit. */
  ceiling(def: StoreService): number;
  /** What it says to one connection too many. */
  readonly tooMany: string;
  /** What it writes to disk, as a word for the picture. */
  persistence(def: StoreService): string;
  /** Path that its image declares as a VOLUME, and so where its data is (S-107); null = on no volume of the herd. */
  dataPath(def: StoreService): string | null;
  /** Its process has ended, at `store.endedAt`: loses what it did not keep (`loseSince`), because of the journal entry `entry`. */
  ended(w: World, store: Store, how: StoreEnd, entry: number): void;
  /** Whether it takes one command more now; else it answers that the client must slow down (S-114). */
  admit?(w: World, store: Store, write: boolean): boolean;
  /** Something was written to it: one change more. */
  wrote?(w: World, store: Store): void;
}
