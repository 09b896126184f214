import { mix32, USER_STEP, userExponential, userUniform } from '../engine/random.ts';
import type { Blocks } from '../engine/blocks.ts';
import { Pages, type Column, type Page } from '../engine/pages.ts';
import type { UserState } from '../view.ts';
import type { World } from './world.ts';

export interface SavedUsers {
  readonly jar: readonly Page[];
  readonly idle: readonly Page[];
  readonly moreIdle: readonly Page[];
  readonly kept: readonly Page[];
  readonly word: readonly Page[];
  readonly counts: readonly [number, number, number, number];
}

/** The cookie jars and habits of the users, in columns; their number is fixed for a run. */
export class Users {
  readonly count: number;
  /** Session cookie: item row and its generation; -1 = none. */
  readonly session: Int32Array;
  readonly sessionGen: Int32Array;
  /** Sticky cookie: container id, -1 = none. */
  readonly server: Int32Array;
  /** Kept-alive client connections that are idle: up to 3 of each user, two bits each; and how many more, which few users have. */
  private readonly idle: Int32Array;
  private readonly moreIdle: Uint16Array;
  /** The idle connection used last, where each is bound to a container (layer 4): a row of `Connections`, -1 = none. */
  readonly kept: Int32Array;
  /** What the picture shows of the user. */
  readonly state: Uint8Array;
  /** A sign-in of this user is under way. */
  readonly signingIn: Uint8Array;
  private readonly stale: Uint8Array;
  /** Word of the user's own random sequence. */
  readonly word: Int32Array;
  // What changes together shares pages. The bits have none: they change with every request.
  private readonly jarPages = new Pages();
  private readonly moreIdlePages = new Pages();
  private readonly keptPages = new Pages();
  private readonly wordPages = new Pages();
  private staleOnes = 0;
  signedIn = 0;
  atDoor = 0;
  /** Sign-ins of users whose session had been lost. */
  returned = 0;

  constructor(count: number, seed: number) {
    this.count = count;
    for (const pages of [this.jarPages, this.moreIdlePages, this.keptPages, this.wordPages])
      pages.reserve(count);
    this.session = new Int32Array(count).fill(-1);
    this.sessionGen = new Int32Array(count);
    this.server = new Int32Array(count).fill(-1);
    this.idle = new Int32Array((count + 15) >> 4);
    this.moreIdle = new Uint16Array(count);
    this.kept = new Int32Array(count).fill(-1);
    this.state = new Uint8Array(count);
    this.signingIn = new Uint8Array(count);
    this.stale = new Uint8Array(count);
    this.word = new Int32Array(count);
    for (let u = 0; u < count; u++)
      this.word[u] = mix32(mix32(seed + 0x51ed270b) ^ Math.imul(u + 1, 0x2545f491));
  }

  /** The users, to write to one's cookies or state; to the idle connection used last. */
  edit(u: number): this {
    this.jarPages.touch(u);
    return this;
  }
  editKept(u: number): this {
    this.keptPages.touch(u);
    return this;
  }

  /** One more of the user's connections is idle. */
  addIdle(u: number): void {
    const at = (u & 15) << 1;
    if (((this.idle[u >> 4] >> at) & 3) < 3) {
      this.idle[u >> 4] += 1 << at;
      return;
    }
    this.moreIdlePages.touch(u);
    this.moreIdle[u]++;
  }
  /** Takes an idle connection of the user; false = there is none. */
  takeIdle(u: number): boolean {
    const at = (u & 15) << 1;
    const n = (this.idle[u >> 4] >> at) & 3;
    if (n === 0) return false;
    if (n === 3 && this.moreIdle[u] > 0) {
      this.moreIdlePages.touch(u);
      this.moreIdle[u]--;
    } else this.idle[u >> 4] -= 1 << at;
    return true;
  }

  /** Uniform in (0, 1] from the user's own sequence. */
  uniform(u: number): number {
    this.wordPages.touch(u);
    this.word[u] = (this.word[u] + USER_STEP) | 0;
    return userUniform(this.word[u]);
  }
  exponential(u: number): number {
    this.wordPages.touch(u);
    this.word[u] = (this.word[u] + USER_STEP) | 0;
    return userExponential(this.word[u]);
  }

  setState(u: number, state: UserState): void {
    this.jarPages.touch(u);
    if (this.state[u] === 1) this.signedIn--;
    if (state === 1) {
      this.signedIn++;
      if (this.state[u] === 2) this.returned++;
    }
    this.state[u] = state;
  }
  setSigningIn(u: number, on: boolean): void {
    this.jarPages.touch(u);
    this.atDoor += Number(on) - this.signingIn[u];
    this.signingIn[u] = Number(on);
  }

  /** Was refused, and signs in again when next wanting something (relogin: next). Mostly nobody is, and no row is read. */
  isStale(u: number): boolean {
    return this.staleOnes > 0 && this.stale[u] !== 0;
  }
  setStale(u: number, on: boolean): void {
    this.jarPages.touch(u);
    this.staleOnes += Number(on) - this.stale[u];
    this.stale[u] = Number(on);
  }

  private jar(): readonly Column[] {
    return [this.session, this.sessionGen, this.server, this.state, this.signingIn, this.stale];
  }

  save(blocks: Blocks): SavedUsers {
    return {
      jar: this.jarPages.save(this.jar(), this.count),
      idle: blocks.copy([this.idle], this.idle.length),
      moreIdle: this.moreIdlePages.save([this.moreIdle], this.count),
      kept: this.keptPages.save([this.kept], this.count),
      word: this.wordPages.save([this.word], this.count),
      counts: [this.signedIn, this.atDoor, this.returned, this.staleOnes],
    };
  }
  load(saved: SavedUsers, blocks: Blocks): void {
    this.jarPages.load(this.jar(), saved.jar);
    blocks.put([this.idle], saved.idle);
    this.moreIdlePages.load([this.moreIdle], saved.moreIdle);
    this.keptPages.load([this.kept], saved.kept);
    this.wordPages.load([this.word], saved.word);
    [this.signedIn, this.atDoor, this.returned, this.staleOnes] = saved.counts;
  }
}

/** The network (/24) that a user comes from (S-92). */
export const networkOf = (w: World, user: number): number =>
  w.traffic.networks > 0 ? user % w.traffic.networks : user;
