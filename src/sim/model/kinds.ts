import type { Kind } from '../kinds/kind.ts';
import { EV } from './events.ts';
import { STATE_KINDS, type StateKind } from './scenario.ts';
import { kindIndex } from './state.ts';
import type { World } from './world.ts';

/** Data of a kind in this run. */
export const kindState = <T>(w: World, index: number): T => (w.kindState[index] ?? begin(w, index)) as T;

/** A kind that was fetched when the run had begun already. */
function begin(w: World, index: number): unknown {
  const initial = w.kinds.find(({ kind }) => kind === STATE_KINDS[index])?.initial();
  w.kindState[index] = initial;
  return initial;
}

/** The first kind that has timers of its own: the codes of the others follow it in the order of STATE_KINDS. */
const FIRST_TIMER = kindIndex('cache');

/** Calls the kind's `timer` with (a, b) in `delay` ms. */
export function kindTimer(w: World, kind: StateKind, delay: number, a: number, b = 0): void {
  w.after(delay, EV.kindTimer + kindIndex(kind) - FIRST_TIMER, a, b);
}

export function onKindTimer(w: World, code: number, a: number, b: number): number {
  const name = STATE_KINDS[code - EV.kindTimer + FIRST_TIMER];
  const timer = w.kinds.find((kind) => kind.kind === name)?.timer;
  if (timer === undefined) throw new Error(`no handler for event kind ${code}`);
  return timer(w, a, b);
}

/** Which kinds the herd's definition makes active. */
export function refreshKinds(w: World): void {
  let [on, askers, finishers] = [0, 0, 0];
  w.kinds.forEach((kind, k) => {
    if (!kind.active(w.app)) return;
    on |= 1 << k;
    if (kind.request !== undefined) askers |= 1 << k;
    if (kind.done !== undefined) finishers |= 1 << k;
  });
  w.kindsOn = on;
  w.askers = askers;
  w.finishers = finishers;
  tellKinds(w, (kind) => kind.settle?.(w));
}

/** Tells the active kinds, in their order. */
export function tellKinds(w: World, tell: (kind: Kind) => void): void {
  if (w.kindsOn === 0) return;
  w.kinds.forEach((kind, k) => {
    if ((w.kindsOn & (1 << k)) !== 0) tell(kind);
  });
}
