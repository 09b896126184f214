/** What the host needs of whoever draws the stage. Injected, so that this layer knows no canvas library. */
import type { HerdView, Legs } from '../sim/view.ts';
import type { Hit, StageLook, StageSize } from './protocol.ts';

export interface Painting {
  readonly view: HerdView;
  readonly legs: Legs;
  readonly t: number;
  /** How long a leg is drawn at least, in ms of virtual time. */
  readonly stretchMs: number;
}

export interface Painter {
  resize(size: StageSize): void;
  look(look: StageLook): void;
  /** How far back the legs of a painting must reach, in ms of virtual time. */
  legWindow(stretchMs: number): number;
  /** Draws, and answers with the places that can be pointed at when they have moved, else null. */
  draw(painting: Painting): readonly Hit[] | null;
}

export type CreatePainter = (
  canvas: OffscreenCanvas | HTMLCanvasElement,
  size: StageSize,
  look: StageLook,
) => Painter;
