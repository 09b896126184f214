import type { LatticeSpec } from './lattice.ts';
import type { Track } from './track.ts';

/** A rectangle in stage units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** `stalls` show every token, `tags` a fill level each, `field` a density. */
export type Detail = 'stalls' | 'tags' | 'field';

export interface StallPlace {
  /** Index into `view.containers`. */
  readonly index: number;
  readonly id: number;
  /** What belongs to this container, label included. */
  readonly cell: Box;
  readonly body: Box;
  readonly tag: Box;
  readonly lattice: Box;
  /** Where its rail ends. */
  readonly gate: { readonly x: number; readonly y: number; readonly side: 'left' | 'top' };
  /** Beside it (several lines) or below it (one). `y` is the first baseline. */
  readonly label: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly side: 'right' | 'below';
    readonly lines: number;
  };
  /** Size against the full drawing of one stall. */
  readonly scale: number;
}

export interface HostPlace {
  /** Index into `view.hosts`, -1 where the view names no host. */
  readonly index: number;
  readonly id: number;
  readonly box: Box;
  /** Heights at which a hairline parts two stalls. */
  readonly partings: readonly number[];
}

export interface StorePlace {
  readonly index: number;
  readonly id: number;
  readonly box: Box;
  /** `line` has room for a name and a number only. */
  readonly size: 'full' | 'line';
}

export interface UsersPlace {
  readonly box: Box;
  /** First baseline of the words. */
  readonly words: { readonly x: number; readonly y: number };
  /** Heads: columns, pitch, and how many users one head stands for. */
  readonly cols: number;
  readonly pitchX: number;
  readonly pitchY: number;
  readonly x0: number;
  readonly y0: number;
  readonly heads: number;
  readonly per: number;
  /** Size against the full figure; figures below 0.5 are heads only. */
  readonly scale: number;
  readonly bodies: boolean;
}

export interface BalancerPlace {
  readonly box: Box;
  readonly ports: readonly { readonly id: number; readonly x: number; readonly y: number }[];
  /** Baseline of its name; inside the box where it lies flat. */
  readonly title: { readonly x: number; readonly y: number };
}

/** Where everything is. Stage units, except `width`, `height` (CSS px), `room` and `scale` (CSS px a unit). */
export interface StageLayout {
  readonly mode: 'wide' | 'compact';
  readonly detail: Detail;
  readonly width: number;
  readonly height: number;
  /** How many times as wide and as high as the stage the sheet is; 1 = everything is on the stage. */
  readonly room: number;
  readonly scale: number;
  /** Where the units begin, in CSS px. */
  readonly origin: { readonly x: number; readonly y: number };
  readonly users: UsersPlace;
  /** The sign-in door; none where there is no room. */
  readonly door: Box | null;
  readonly balancer: BalancerPlace | null;
  readonly hosts: readonly HostPlace[];
  readonly stalls: readonly StallPlace[];
  readonly stores: readonly StorePlace[];
  readonly lattice: LatticeSpec;
  /** Outer width of a rail. */
  readonly railWidth: number;
  readonly tracks: {
    /** Users to balancer; null without one. */
    readonly users: Track | null;
    readonly door: Track | null;
    /** Balancer (or users, without one) to container, by container id. */
    readonly servers: ReadonlyMap<number, Track>;
    /** Container edge to store, by store id then container id. */
    readonly stores: ReadonlyMap<number, ReadonlyMap<number, Track>>;
  };
}
