import type { Answer, Command } from '../model/command.ts';
import type { Container } from '../model/container.ts';
import type { AppService, StateKind } from '../model/scenario.ts';
import type { World } from '../model/world.ts';
import type { PeersView } from '../view.ts';

/** Peers by name: those that are there, those without a process, and those that are not known. */
export interface PeerNames {
  readonly known: readonly string[];
  readonly dead: readonly string[];
  readonly unknown: readonly string[];
}

/** What `request` and `answered` return instead of ms: the kind has written the answer (status, cause, because) into the row. */
export const REFUSED = -1;
/** … or: go on when this store has answered. */
export const askStore = (store: number): number => -2 - store;
/** … or: go on after so many ms of waiting for somebody else. The place among those worked on is taken meanwhile. */
const WAITING = -1_000_000;
export const callFor = (ms: number): number => WAITING - ms;
export const isCall = (said: number): boolean => said <= WAITING;
export const calledFor = (said: number): number => WAITING - said;
export const askedStore = (said: number): number => -2 - said;

/**
 * A kind of state that is more than items in a place: what the application does with it, wherever its home is.
 * One file each. Where the bytes live, and so what they survive, is the state model's business (`homes`); a kind is told
 * what happens to containers, processes, places and requests. Hooks run only while `active` says so.
 */
export interface Kind {
  readonly kind: StateKind;
  /** Whether this herd does anything with it. */
  active(app: AppService): boolean;
  /** Plain data of a run, and its copy for a checkpoint. */
  initial(): unknown;
  copy(state: unknown): unknown;
  /** The herd's definition was read: at t = 0 before the first container, and after every change. Sets its timers, once. */
  settle?(w: World): void;
  /** A container was made: what is fixed at create. */
  created?(w: World, c: Container): void;
  /** A process has begun and knows its homes. */
  started?(w: World, c: Container): void;
  /** A process has ended, its places not yet; `clean` = it had time to tidy up. */
  ended?(w: World, c: Container, entry: number, clean: boolean): void;
  /** Whether something of this kind is in a place. */
  holds?(w: World, place: number): boolean;
  /** What a place held since `since` (-1 = ever) is gone by `entry`: the place ended, or its store forgot. */
  forgot?(w: World, place: number, entry: number, since: number): void;
  /**
   * A request is about to be worked on. Returns ms of work beyond its own (0 = none), REFUSED, `askStore(id)`
   * or `callFor(ms)`: then `answered` goes on, with `ok` false when the store did not answer.
   */
  request?(w: World, c: Container, r: number): number;
  answered?(w: World, c: Container, r: number, store: number, ok: boolean): number;
  /** A request that `request` let through has been worked on. */
  done?(w: World, c: Container, r: number): void;
  /** What was counted for this container so far is where it belongs from now on. */
  flush?(w: World, c: Container): void;
  /** A timer set with `kindTimer`. Returns an outcome code for the run hash. */
  timer?(w: World, a: number, b: number): number;
  /** Executions under way in a container. */
  underWay?(w: World, c: Container): number;
  /** Share of what could be kept that a place holds, 0..1; null = nothing is kept. */
  share?(w: World, place: number): number | null;
  /** Whom c takes for its peers, counted and by name; null = it keeps no list. */
  peers?(w: World, c: Container): PeersView | null;
  peerNames?(w: World, c: Container): PeerNames | null;
  /** `paddock rotate`, `paddock change-price`: the value changes in its home. */
  rotate?(w: World, command: Extract<Command, { verb: 'rotate' }>, cause: number): Answer;
}
