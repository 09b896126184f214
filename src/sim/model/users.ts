import { mix32, USER_STEP, userExponential, userUniform } from '../engine/random.ts';
import type { Blocks } from '../engine/blocks.ts';
import { PAGE_BITS, Pages, type Page } from '../engine/pages.ts';
import type { UserState } from '../view.ts';
import type { World } from './world.ts';

/** Words of a user's record: a request reads them together, so they lie in one line of the memory. */
const RECORD_BITS = 2;
/** Session cookie: item row and its generation; -1 = none. */
const SESSION = 0;
const SESSION_GEN = 1;
/** Sticky cookie: container id, -1 = none. */
const SERVER = 2;
const FLAGS = 3;

/** Bits of the word `FLAGS`. */
/** A sign-in of this user is under way. */
const SIGNING_IN = 1;
/** Was refused, and signs in again when next wanting something (relogin: next). */
const STALE = 2;

export interface SavedUsers {
  readonly records: readonly Page[];
  readonly state: readonly Page[];
  readonly idle: readonly Page[];
  readonly moreIdle: readonly Page[];
  readonly kept: readonly Page[];
  readonly word: readonly Page[];
  readonly counts: readonly [number, number, number, number];
}

/** The cookie jars and habits of the users, in columns; their number is fixed for a run. */
export class Users {
  readonly count: number;
  private readonly records: Int32Array;
  /** Kept-alive client connections that are idle: up to 3 of each user, two bits each; and how many more, which few users have. */
  private readonly idle: Int32Array;
  private readonly moreIdle: Uint16Array;
  /** The idle connection used last, where each is bound to a container (layer 4): a row of `Connections`, -1 = none. */
  readonly kept: Int32Array;
  /** What the picture shows of the user. */
  readonly state: Uint8Array;
  /** Word of the user's own random sequence. */
  readonly word: Int32Array;
  // What changes together shares pages. The bits have none: they change with every request.
  private readonly recordPages = new Pages(PAGE_BITS + RECORD_BITS);
  private readonly statePages = new Pages();
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
    this.recordPages.reserve(count << RECORD_BITS);
    for (const pages of [this.statePages, this.moreIdlePages, this.keptPages, this.wordPages])
      pages.reserve(count);
    this.records = new Int32Array(count << RECORD_BITS);
    for (let at = 0; at < this.records.length; at += 1 << RECORD_BITS) {
      this.records[at + SESSION] = -1;
      this.records[at + SERVER] = -1;
    }
    this.idle = new Int32Array((count + 15) >> 4);
    this.moreIdle = new Uint16Array(count);
    this.kept = new Int32Array(count).fill(-1);
    this.state = new Uint8Array(count);
    this.word = new Int32Array(count);
    for (let u = 0; u < count; u++)
      this.word[u] = mix32(mix32(seed + 0x51ed270b) ^ Math.imul(u + 1, 0x2545f491));
  }

  /** Session cookie: item row, -1 = none; and that row's generation. */
  session(u: number): number {
    return this.records[(u << RECORD_BITS) + SESSION];
  }
  sessionGen(u: number): number {
    return this.records[(u << RECORD_BITS) + SESSION_GEN];
  }
  setSession(u: number, item: number, gen: number): void {
    this.write(u, SESSION, item);
    this.write(u, SESSION_GEN, gen);
  }
  /** Sticky cookie: container id, -1 = none. */
  server(u: number): number {
    return this.records[(u << RECORD_BITS) + SERVER];
  }
  setServer(u: number, container: number): void {
    this.write(u, SERVER, container);
  }
  private write(u: number, word: number, value: number): void {
    const at = (u << RECORD_BITS) + word;
    this.recordPages.touch(at);
    this.records[at] = value;
  }
  private has(u: number, flag: number): boolean {
    return (this.records[(u << RECORD_BITS) + FLAGS] & flag) !== 0;
  }
  /** Sets a flag or clears it; by how much the number of users who have it changes. */
  private flag(u: number, flag: number, on: boolean): number {
    const was = this.has(u, flag);
    const flags = this.records[(u << RECORD_BITS) + FLAGS];
    if (was !== on) this.write(u, FLAGS, flags ^ flag);
    return Number(on) - Number(was);
  }

  /** The users, to write to the idle connection of one that was used last. */
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
    this.statePages.touch(u);
    if (this.state[u] === 1) this.signedIn--;
    if (state === 1) {
      this.signedIn++;
      if (this.state[u] === 2) this.returned++;
    }
    this.state[u] = state;
  }
  signingIn(u: number): boolean {
    return this.has(u, SIGNING_IN);
  }
  setSigningIn(u: number, on: boolean): void {
    this.atDoor += this.flag(u, SIGNING_IN, on);
  }

  /** Mostly nobody is, and no record is read. */
  isStale(u: number): boolean {
    return this.staleOnes > 0 && this.has(u, STALE);
  }
  setStale(u: number, on: boolean): void {
    this.staleOnes += this.flag(u, STALE, on);
  }

  save(blocks: Blocks): SavedUsers {
    return {
      records: this.recordPages.save([this.records], this.records.length),
      state: this.statePages.save([this.state], this.count),
      idle: blocks.copy([this.idle], this.idle.length),
      moreIdle: this.moreIdlePages.save([this.moreIdle], this.count),
      kept: this.keptPages.save([this.kept], this.count),
      word: this.wordPages.save([this.word], this.count),
      counts: [this.signedIn, this.atDoor, this.returned, this.staleOnes],
    };
  }
  load(saved: SavedUsers, blocks: Blocks): void {
    this.recordPages.load([this.records], saved.records);
    this.statePages.load([this.state], saved.state);
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
