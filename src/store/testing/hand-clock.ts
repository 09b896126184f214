/** Frames paced by hand, and a wait for what comes of them: for tests. */
import type { FrameClock } from '../../runtime/host/frame-clock.ts';

export interface HandClock extends FrameClock {
  /** Paints a frame `ms` after the last one, and lets all that follows from it happen. */
  frame(ms?: number): Promise<void>;
  /** Plays for this long, a frame every 50 ms. */
  play(ms: number): Promise<void>;
}

/** Lets everything that was posted be handled, and answered, and that again. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
}

export function handClock(): HandClock {
  let wall = 0;
  const wanted = new Set<(wallMs: number) => void>();
  const clock: HandClock = {
    request(callback) {
      wanted.add(callback);
      return () => wanted.delete(callback);
    },
    async frame(ms = 50) {
      await settle();
      wall += ms;
      const due = [...wanted];
      wanted.clear();
      for (const callback of due) callback(wall);
      await settle();
    },
    async play(ms) {
      // The first frame only starts the clock.
      for (let t = 0; t <= ms; t += 50) await clock.frame();
    },
  };
  return clock;
}
