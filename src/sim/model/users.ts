import { mix32, USER_STEP, userExponential, userUniform } from '../engine/random.ts';
import type { UserState } from '../view.ts';

/** The cookie jars and habits of the users, in columns; their number is fixed for a run. */
export class Users {
  readonly count: number;
  /** Session cookie: item row and its generation; -1 = none. */
  readonly session: Int32Array;
  readonly sessionGen: Int32Array;
  /** Sticky cookie: container id, -1 = none. */
  readonly server: Int32Array;
  /** Kept-alive client connections that are idle. */
  readonly idle: Int32Array;
  /** The idle connection used last, where each is bound to a container (layer 4): a row of `Connections`, -1 = none. */
  readonly kept: Int32Array;
  /** What the picture shows of the user. */
  readonly state: Uint8Array;
  /** A sign-in of this user is under way. */
  readonly signingIn: Uint8Array;
  /** Was refused, and signs in again when next wanting something (relogin: next). */
  readonly stale: Uint8Array;
  /** Word of the user's own random sequence. */
  readonly word: Int32Array;
  signedIn = 0;
  atDoor = 0;

  constructor(count: number, seed: number) {
    this.count = count;
    this.session = new Int32Array(count).fill(-1);
    this.sessionGen = new Int32Array(count);
    this.server = new Int32Array(count).fill(-1);
    this.idle = new Int32Array(count);
    this.kept = new Int32Array(count).fill(-1);
    this.state = new Uint8Array(count);
    this.signingIn = new Uint8Array(count);
    this.stale = new Uint8Array(count);
    this.word = new Int32Array(count);
    for (let u = 0; u < count; u++)
      this.word[u] = mix32(mix32(seed + 0x51ed270b) ^ Math.imul(u + 1, 0x2545f491));
  }

  /** Uniform in (0, 1] from the user's own sequence. */
  uniform(u: number): number {
    this.word[u] = (this.word[u] + USER_STEP) | 0;
    return userUniform(this.word[u]);
  }
  exponential(u: number): number {
    this.word[u] = (this.word[u] + USER_STEP) | 0;
    return userExponential(this.word[u]);
  }

  setState(u: number, state: UserState): void {
    if (this.state[u] === 1) this.signedIn--;
    if (state === 1) this.signedIn++;
    this.state[u] = state;
  }
  setSigningIn(u: number, on: boolean): void {
    this.atDoor += Number(on) - this.signingIn[u];
    this.signingIn[u] = Number(on);
  }

  save(): unknown {
    return {
      columns: [
        this.session,
        this.sessionGen,
        this.server,
        this.idle,
        this.kept,
        this.state,
        this.signingIn,
        this.stale,
        this.word,
      ].map((c) => c.slice()),
      counts: [this.signedIn, this.atDoor],
    };
  }
  load(saved: unknown): void {
    const { columns, counts } = saved as { columns: (Int32Array | Uint8Array)[]; counts: [number, number] };
    [
      this.session,
      this.sessionGen,
      this.server,
      this.idle,
      this.kept,
      this.state,
      this.signingIn,
      this.stale,
      this.word,
    ].forEach((c, i) => c.set(columns[i]));
    [this.signedIn, this.atDoor] = counts;
  }
}
