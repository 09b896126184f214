/** The anchor loop as one would write it with simjs: the comparison that a reader may know. */

interface Facility {
  readonly name: string;
}

interface Entity {
  start(): void;
  setTimer(delay: number): { done(callback: () => void): void };
  useFacility(facility: Facility, duration: number): { done(callback: () => void): void };
}

interface SimJs {
  readonly Sim: new () => { addEntity(kind: new () => Entity): Entity; simulate(until: number): boolean };
  readonly Entity: new () => Entity;
  readonly Facility: new (name: string, discipline?: number, servers?: number) => Facility;
  readonly Random: new (seed: number) => { exponential(rate: number): number };
}

/** simjs's code for first come, first served. */
const FIRST_COME = 1;

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

const HOP_MS = 0.2;
const WORK_MS = 40;
const PLACES = 8;
/** Two requests in ten have a trip to the object store at their end. */
const STORE_MS = 5 + 2 * HOP_MS;

/**
 * The herd of `herds.ts` in simjs, its mere movements: user to balancer to container, work in one of its eight places, for
 * two in ten the object store, and back. No sessions, checks, deadlines, journal or metrics. Returns the requests handled.
 */
export function simJsHerd(
  simjs: SimJs,
  workers: number,
  rate: number,
  requests: number,
  seed: number,
): number {
  const sim = new simjs.Sim();
  const random = new simjs.Random(seed);
  const herd = Array.from(
    { length: workers },
    (_, i) => new simjs.Facility(`worker ${i}`, FIRST_COME, PLACES),
  );
  let served = 0;
  class Traffic extends simjs.Entity {
    override start(): void {
      this.next(0);
    }
    private next(i: number): void {
      if (i === requests) return;
      this.setTimer(random.exponential(rate / 1000)).done(() => {
        this.handle(i);
        this.next(i + 1);
      });
    }
    private handle(i: number): void {
      const worker = herd[i % workers];
      if (worker === undefined) return;
      this.setTimer(HOP_MS).done(() => {
        this.setTimer(HOP_MS).done(() => {
          this.useFacility(worker, random.exponential(1 / WORK_MS)).done(() => {
            if (i % 10 < 2) this.setTimer(STORE_MS).done(() => this.back());
            else this.back();
          });
        });
      });
    }
    private back(): void {
      this.setTimer(HOP_MS).done(() => {
        this.setTimer(HOP_MS).done(() => served++);
      });
    }
  }
  sim.addEntity(Traffic);
  sim.simulate(1e12);
  if (served !== requests) throw new Error(`simjs served ${served} of ${requests}`);
  return requests;
}
