import type { Container } from '../../model/container.ts';
import type { Template } from '../../model/lifecycle.ts';
import type { AppService } from '../../model/scenario.ts';
import type { World } from '../../model/world.ts';

/** A deploy under way, paused or going back. Plain data; replaced, never changed in place. */
export interface Deploy {
  readonly service: number;
  readonly strategy: AppService['rollout']['strategy'];
  /** What served before, and what is to serve. */
  readonly from: Template;
  readonly to: Template;
  readonly entry: number;
  readonly startedAt: number;
  readonly paused: boolean;
  /** Given up, by hand or by itself: the herd goes back to `from`. */
  readonly aborted: boolean;
  /** Its deadline has passed without progress, and that was said. */
  readonly late: boolean;
  /** Canary: which of its steps. Blue-green: 0 = the second herd comes up, 1 = it has the traffic. */
  readonly stage: number;
  /** When the stage began to count: its containers were available. -1 = not yet. */
  readonly stageAt: number;
  /** Sum that changes with every step forward, and when it last did. */
  readonly progress: number;
  readonly progressAt: number;
}

/** The one that goes in, or the one that it goes back to. */
export const target = (d: Deploy): Template => (d.aborted ? d.from : d.to);

/** What a deploy may do next, and to whom it lets traffic go. One file a strategy. */
export interface Strategy {
  /** One step, as far as it goes now; called whenever something changed. Null = it is done. */
  step(w: World, d: Deploy): Deploy | null;
  /** Whether a container that has become available gets traffic. */
  admits(d: Deploy, c: Container): boolean;
  /** Whose containers make up the wanted number while it lasts; null = all of them together. */
  carries(d: Deploy): Template | null;
  /** What has to be put back before the herd rolls back to what it was. */
  abandon(w: World, d: Deploy): void;
  /** Gives up when nothing moves until the deadline; else that is only said. */
  readonly impatient: boolean;
}
