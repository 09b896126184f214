import type { Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { appDef, createContainer, startProcess } from '../../model/lifecycle.ts';
import type { AppService } from '../../model/scenario.ts';
import type { World } from '../../model/world.ts';
import { membersOf, staying } from './members.ts';
import { retire } from './retire.ts';

/** A rolling update under way. Plain data. */
export interface Rollout {
  readonly service: number;
  readonly revision: number;
  readonly strategy: 'rolling' | 'recreate';
  readonly entry: number;
}

/** Fenceposts: surge rounds up, unavailable rounds down, and both 0 means one may be missing (S-58). */
export function fenceposts(
  replicas: number,
  rollout: AppService['rollout'],
): { surge: number; unavailable: number } {
  const { maxSurge, maxUnavailable } = rollout;
  const surge = typeof maxSurge === 'number' ? maxSurge : Math.ceil((replicas * maxSurge.percent) / 100);
  let unavailable =
    typeof maxUnavailable === 'number'
      ? maxUnavailable
      : Math.floor((replicas * maxUnavailable.percent) / 100);
  if (surge === 0 && unavailable === 0) unavailable = 1;
  return { surge, unavailable };
}

/** Available = ready for at least `min-ready`, and known to the balancer where its platform waits for that. */
export const available = (w: World, c: Container): boolean => {
  if (!c.ready || c.terminating) return false;
  return w.now >= c.readySince + minReadyMs(w, c) && w.now >= c.toldAt;
};

const minReadyMs = (w: World, c: Container): number => appDef(w, c)?.rollout.minReadyMs ?? 0;

/**
 * One step of a rolling update (S-59): new containers while there is room, old ones go while enough are available.
 * Called whenever something changed. Returns true when it is done.
 */
export function roll(w: World, rollout: Rollout): boolean {
  const s = w.services[rollout.service];
  const { surge, unavailable } =
    rollout.strategy === 'recreate'
      ? { surge: 0, unavailable: s.wanted }
      : fenceposts(s.wanted, (s.def as AppService).rollout);
  for (let steps = 0; steps < 4 * s.wanted + 8; steps++) {
    const members = membersOf(w, rollout.service);
    const news = members.filter((c) => c.revision === rollout.revision && staying(c));
    const olds = members.filter((c) => c.revision !== rollout.revision && !c.terminating);
    const live = members.filter(staying).length;
    const leaving = members.filter((c) => c.terminating).length;
    const ready = members.filter((c) => available(w, c)).length;
    if (olds.length === 0 && news.length === s.wanted && news.every((c) => available(w, c)) && leaving === 0)
      return true;
    // The herd that it goes back to may be larger than what is wanted by now.
    if (news.length > s.wanted) {
      retire(w, news[news.length - 1], { cause: rollout.entry, reason: 'scaled in', after: 'remove' });
      continue;
    }
    // Recreate: every old one is gone before the first new one is made (S-63).
    const mayCreate = rollout.strategy === 'rolling' || members.every((c) => c.revision === rollout.revision);
    // It waits for its old ones: no more of them may be on their way out than it may be off by.
    const patient = leaving <= surge + unavailable;
    if (mayCreate && patient && news.length < s.wanted && live < s.wanted + surge) {
      const c = createContainer(w, rollout.service, rollout.entry);
      startProcess(w, c, rollout.entry);
      continue;
    }
    const idle = olds.find((c) => !c.ready);
    const victim = idle ?? olds[0];
    if (
      victim !== undefined &&
      (rollout.strategy === 'recreate' || !victim.ready || ready - 1 >= s.wanted - unavailable)
    ) {
      retire(w, victim, { cause: rollout.entry, reason: 'replaced', after: 'remove' });
      continue;
    }
    return false;
  }
  return false;
}

/** A container became ready: with `min-ready` the next step comes later, by the platform timer `word`. */
export function awaitMinReady(w: World, c: Container, word: number): void {
  const ms = minReadyMs(w, c);
  if (ms > 0) w.after(ms, EV.platform, c.id, word);
}
