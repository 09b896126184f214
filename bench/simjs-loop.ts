/** The anchor loop as one would write it with simjs: the comparison that a reader may know. */

export interface Facility {
  readonly name: string;
}

/** Something that was asked for and will come, unless it is cancelled. */
export interface Pending {
  done(callback: () => void): void;
  cancel(): void;
}

interface Entity {
  start(): void;
  time(): number;
  setTimer(delay: number): Pending;
  useFacility(facility: Facility, duration: number): Pending;
}

export interface SimJs {
  readonly Sim: new () => { addEntity(kind: new () => Entity): Entity; simulate(until: number): boolean };
  readonly Entity: new () => Entity;
  readonly Facility: new (name: string, discipline?: number, servers?: number) => Facility;
  readonly Random: new (seed: number) => {
    exponential(rate: number): number;
    uniform(lower: number, upper: number): number;
  };
}

/** Loads simjs, which wants a `window`. */
export async function loadSimJs(): Promise<SimJs> {
  const host = globalThis as { window?: { Sim?: SimJs } };
  host.window ??= {};
  await import('simjs');
  const found = host.window.Sim;
  delete host.window;
  if (found === undefined) throw new Error('simjs left nothing behind');
  return found;
}

/** `requests` requests round robin over `workers` workers; returns the events (arrivals and departures). */
export function simJsLoop(
  simjs: SimJs,
  workers: number,
  rho: number,
  requests: number,
  seed: number,
): number {
  const sim = new simjs.Sim();
  const random = new simjs.Random(seed);
  const herd = Array.from({ length: workers }, (_, i) => new simjs.Facility(`worker ${i}`));
  let served = 0;
  class Traffic extends simjs.Entity {
    override start(): void {
      this.next(0);
    }
    private next(i: number): void {
      if (i === requests) return;
      this.setTimer(random.exponential(rho * workers)).done(() => {
        const worker = herd[i % workers];
        if (worker !== undefined) this.useFacility(worker, random.exponential(1)).done(() => served++);
        this.next(i + 1);
      });
    }
  }
  sim.addEntity(Traffic);
  sim.simulate(1e12);
  if (served !== requests) throw new Error(`simjs served ${served} of ${requests}`);
  return 2 * requests;
}
