/** Names that the simulation knows: what a compose file may say for platform, kind and home. */
import type { StateKind } from '../sim/model/scenario.ts';

export interface KnownNames {
  readonly platforms: readonly string[];
  readonly balancers: readonly string[];
  readonly stores: readonly string[];
  /** Homes by kind of state. A kind with none has nothing to choose: only its default may be written. */
  readonly homes: Readonly<Partial<Record<StateKind, readonly string[]>>>;
  /** Kind of store that a home needs: `redis` for sessions in `redis`. */
  readonly homeStore: Readonly<Record<string, string>>;
}

/** `; did you mean …` is for slips; a name that does not exist is answered with all that do. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  return `unknown ${what} '${name}'; use ${listed(known)}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
