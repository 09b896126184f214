/** A driver whose grammar is fetched while the run already moves: nothing was typed yet, so nothing waits for it. */
import type { Driver } from '../commands/driver.ts';
import type { Run } from '../sim/run.ts';

export interface LateDriver extends Driver {
  /** Settles when lines can be read; null = they can. */
  readonly waiting: Promise<void> | null;
}

/** `load` makes the driver that the run goes on with; until then it plays by itself. */
export function createLateDriver(run: Run, load: Promise<Driver>): LateDriver {
  let inner: Driver | null = null;
  let waiting: Promise<void> | null = load.then((driver) => {
    inner = driver;
    waiting = null;
  });
  return {
    get waiting() {
      return waiting;
    },
    get problems() {
      return inner?.problems ?? [];
    },
    get log() {
      return inner?.log ?? run.commands();
    },
    get pending() {
      return inner?.pending ?? [];
    },
    advance(toMs) {
      if (inner) inner.advance(toMs);
      else if (toMs > run.now) run.advance(toMs);
    },
    catchUp: () => inner?.catchUp(),
    step: () => (inner ?? run).step(),
    apply(line) {
      return (
        inner?.apply(line) ?? { ok: false, text: `paddock: ${line}: the console is not there yet; try again` }
      );
    },
  };
}
