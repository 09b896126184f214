import type { Facility, Pending, SimJs } from './simjs-loop.ts';

/** simjs's code for first come, first served. */
const FIRST_COME = 1;
const HOP_MS = 0.2;
const WORK_MS = 40;
const PLACES = 8;
/** Two requests in ten have a trip to the object store at their end. */
const STORE_MS = 5 + 2 * HOP_MS;
const CHECK_MS = 1000;
const CLIENT_TIMEOUT_MS = 10_000;
const SERVER_TIMEOUT_MS = 15_000;
const BIN_MS = 100;

interface Server {
  readonly places: Facility;
  readonly sessions: Set<User>;
  up: boolean;
  current: number;
}

interface User {
  server: Server | null;
}

interface Exchange {
  readonly number: number;
  readonly user: User;
  readonly sentAt: number;
  /** What ends it if nothing else does: its user's patience, and the balancer's. */
  readonly patience: Pending;
  limit: Pending | null;
}

export interface SimJsHerd {
  /** Takes so many of simjs's turns; returns how many events that were: a time-out that was cancelled is a turn, and no event. */
  run(turns: number): number;
  /** Events a request so far. */
  perRequest(): number;
}

/**
 * The herd of `herds.ts` with sessions in memory, as one would write it with simjs, event for event: users and their
 * cookies, a balancer that goes by the cookie or in turn, eight places in each container, the session looked up there, for
 * two requests in ten a trip to the object store, the way back, two time-outs that are set and cancelled, checks, and
 * latencies in bins. Nothing fails in it, and nobody could ask it why something did.
 */
export function simJsHerd(
  simjs: SimJs,
  workers: number,
  users: number,
  rate: number,
  seed: number,
): SimJsHerd {
  const sim = new simjs.Sim();
  const random = new simjs.Random(seed);
  const servers = Array.from({ length: workers }, (_, i): Server => ({
    places: new simjs.Facility(`worker ${i}`, FIRST_COME, PLACES),
    sessions: new Set(),
    up: true,
    current: 0,
  }));
  const people = Array.from({ length: users }, (_, i): User => {
    const server = servers[i % workers] ?? null;
    const user = { server };
    server?.sessions.add(user);
    return user;
  });
  const bins: { answers: number; ms: number }[] = [];
  let events = 0;
  let sent = 0;
  let served = 0;
  let refused = 0;
  let failed = 0;
  let turn = 0;

  class Herd extends simjs.Entity {
    override start(): void {
      this.next();
      for (const server of servers) this.check(server, random.uniform(0, CHECK_MS));
    }

    private next(): void {
      this.setTimer(random.exponential(rate / 1000)).done(() => {
        events++;
        this.send();
        this.next();
      });
    }

    private send(): void {
      const user = people[Math.floor(random.uniform(0, users))];
      if (user === undefined) return;
      const patience = this.setTimer(CLIENT_TIMEOUT_MS);
      patience.done(() => failed++);
      const x: Exchange = { number: sent++, user, sentAt: this.time(), patience, limit: null };
      this.setTimer(HOP_MS).done(() => this.atBalancer(x));
    }

    private atBalancer(x: Exchange): void {
      events++;
      let server = x.user.server;
      while (server === null || !server.up) server = servers[turn++ % workers] ?? null;
      const chosen = server;
      chosen.current++;
      x.limit = this.setTimer(SERVER_TIMEOUT_MS);
      x.limit.done(() => failed++);
      this.setTimer(HOP_MS).done(() => this.atServer(x, chosen));
    }

    private atServer(x: Exchange, server: Server): void {
      events++;
      if (!server.sessions.has(x.user)) refused++;
      this.useFacility(server.places, random.exponential(1 / WORK_MS)).done(() => {
        events++;
        if (x.number % 10 < 2)
          this.setTimer(STORE_MS).done(() => {
            events++;
            this.back(x, server);
          });
        else this.back(x, server);
      });
    }

    private back(x: Exchange, server: Server): void {
      this.setTimer(HOP_MS).done(() => {
        events++;
        x.limit?.cancel();
        server.current--;
        x.user.server = server;
        this.setTimer(HOP_MS).done(() => {
          events++;
          x.patience.cancel();
          served++;
          const bin = (bins[Math.floor(this.time() / BIN_MS)] ??= { answers: 0, ms: 0 });
          bin.answers++;
          bin.ms += this.time() - x.sentAt;
        });
      });
    }

    private check(server: Server, delay: number): void {
      this.setTimer(delay).done(() => {
        events++;
        this.setTimer(2 * HOP_MS).done(() => {
          events++;
          server.up = true;
          this.check(server, CHECK_MS);
        });
      });
    }
  }
  sim.addEntity(Herd);
  return {
    run(turns) {
      const before = events;
      sim.simulate(Infinity, turns);
      if (refused > 0 || failed > 0) throw new Error(`simjs refused ${refused} and failed ${failed}`);
      return events - before;
    },
    perRequest: () => events / served,
  };
}
