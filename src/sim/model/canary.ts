import type { World } from './world.ts';

/** Part of the traffic that the balancer gives to the containers of one revision. */
export interface Share {
  readonly revision: number;
  /** 0..1 of the requests that no cookie binds. */
  readonly share: number;
}

/** Requests to the revision that gets the share, since that was set. */
export const tallyOf = (w: World): { answers: number; failures: number } => ({
  answers: w.proxy.canaryAnswers,
  failures: w.proxy.canaryFailures,
});

/** A request has ended that a container had (-1 = none). */
export function tally(w: World, container: number, failed: boolean): void {
  const p = w.proxy;
  if (p.canary === null || container < 0 || w.containers[container].revision !== p.canary.revision) return;
  p.canaryAnswers++;
  if (failed) p.canaryFailures++;
}

/** Chooses a side, evenly in the long run, then a server of that side by the balancer's own algorithm; the other side if it has none. */
export function pickShare(w: World, r: number): number {
  const p = w.proxy;
  const all = p.up;
  const young = p.upCanary;
  const old = p.upRest;
  p.credit += p.canary?.share ?? 0;
  const toYoung = p.credit >= 1;
  if (toYoung) p.credit -= 1;
  const side = toYoung ? young : old;
  if (side.length === 0) return w.balancer.pick(w, r);
  const { turn, members } = p;
  p.up = side;
  p.members = side;
  if (toYoung) p.turn = p.turnCanary;
  const s = w.balancer.pick(w, r);
  p.up = all;
  p.members = members;
  if (toYoung) {
    p.turnCanary = p.turn;
    p.turn = turn;
  }
  return s;
}
