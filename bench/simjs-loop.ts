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
  readonly Sim: new () => {
    addEntity(kind: new () => Entity): Entity;
    simulate(until: number, turns?: number): boolean;
  };
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

/** Requests round robin over `workers` workers; what is returned takes so many turns, each an arrival or a departure. */
export function simJsLoop(
  simjs: SimJs,
  workers: number,
  rho: number,
  seed: number,
): (turns: number) => number {
  const sim = new simjs.Sim();
  const random = new simjs.Random(seed);
  const herd = Array.from({ length: workers }, (_, i) => new simjs.Facility(`worker ${i}`));
  let events = 0;
  class Traffic extends simjs.Entity {
    override start(): void {
      this.next(0);
    }
    private next(i: number): void {
      this.setTimer(random.exponential(rho * workers)).done(() => {
        events++;
        const worker = herd[i % workers];
        if (worker !== undefined) this.useFacility(worker, random.exponential(1)).done(() => events++);
        this.next(i + 1);
      });
    }
  }
  sim.addEntity(Traffic);
  return (turns) => {
    const before = events;
    sim.simulate(Infinity, turns);
    return events - before;
  };
}
