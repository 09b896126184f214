import type { Server } from '../model/server.ts';
import type { World } from '../model/world.ts';

/** What a balancer does that others do differently (table A3). One file each. */
export interface Balancer {
  readonly name: string;
  /**
   * Where its own process is: in a container of the herd's platform, where it can be killed; in the platform itself, which
   * tells it of every death too; or nowhere in reach.
   */
  readonly runsIn: 'container' | 'platform' | 'cloud';
  /** Chooses a server for each client connection, and not for each request. */
  readonly perConnection: boolean;
  /** `keepalive` counts the idle connections of each server, not of all together. */
  readonly keepsPerServer?: boolean;
  /** The first request of a client connection never goes along a kept one (`http-reuse safe`, S-91). */
  readonly firstOnItsOwn?: boolean;
  /** Probes its servers itself when the scenario says `check`. */
  readonly checks: boolean;
  /** Whether a new server is DOWN until a single check has passed, whatever the platform says of it. */
  readonly firstCheckSuffices?: boolean;
  /** False = a server that drains gives up its sticky users too. */
  readonly drainKeepsCookies?: boolean;
  /** Signal on which it takes nothing new, and ends when it has answered what it has. On any other it just ends. */
  readonly finishesOn?: string;
  /** Status that a client gets when no server is left. */
  readonly noServerStatus: number;
  /** The request's server refused the connection, or (`timedOut`) never answered it. Returns an outcome code. */
  connectFailed(w: World, r: number, timedOut: boolean): number;
  /** The connection died while the request was with the server, before any byte of the answer. */
  serverDied(w: World, r: number, because: number): number;
  /** `timeout server` passed; `because` of the request says what took so long. */
  serverTimedOut(w: World, r: number): number;
  /** Whether a server that a cookie names may have the request; then it gets it. Always, if not given. */
  takes?(w: World, r: number, s: Server): boolean;
  /** What the balancer believes of a server has just changed. */
  changed?(w: World, s: Server): void;
  /** `deregistration-delay` is over for a server that left. */
  deregistered?(w: World, s: Server): void;
  /** A server gave an answer to request r. */
  answered?(w: World, s: Server, r: number): void;
  /** An answer other than 200: throws it away and sends the request again (an outcome code), or lets it pass (-1). */
  notGood?(w: World, r: number, status: number): number;
  /** Index of the server for a request that no cookie binds: -1 = none is usable, -2 = all are full. */
  pick(w: World, r: number): number;
}
