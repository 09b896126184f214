/** Frames as the browser paces them. Injected, so that tests can pace them by hand. */

export interface FrameClock {
  /** Calls back once before the next repaint with the wall time in ms; returns how to cancel. */
  request(callback: (wallMs: number) => void): () => void;
}

export function browserFrameClock(): FrameClock {
  return {
    request(callback) {
      const id = requestAnimationFrame(callback);
      return () => cancelAnimationFrame(id);
    },
  };
}
