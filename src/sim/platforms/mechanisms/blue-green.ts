import type { Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { createContainer, startProcess } from '../../model/lifecycle.ts';
import { tellAdded, tellLeaving } from '../../model/pool.ts';
import type { AppService } from '../../model/scenario.ts';
import type { World } from '../../model/world.ts';
import type { Strategy } from './deploy.ts';
import { membersOf, staying } from './members.ts';
import { retire } from './retire.ts';
import { available } from './rolling.ts';
import { STAGE } from './timers.ts';

/** Stages. */
const COMING_UP = 0;

/**
 * Blue-green: a second herd comes up beside the first, and when all of it is available the traffic goes over at once.
 * The first is kept for `keep`, so that going back is as quick; what lived in its memory is out of reach meanwhile.
 */
export const blueGreen: Strategy = {
  step(w, d) {
    const s = w.services[d.service];
    const members = membersOf(w, d.service);
    const greens = members.filter((c) => c.revision === d.to.revision && staying(c));
    const blues = members.filter((c) => c.revision !== d.to.revision);
    if (d.stage === COMING_UP) {
      for (let k = greens.length; k < s.wanted; k++)
        startProcess(w, createContainer(w, d.service, d.entry), d.entry);
      for (const c of greens.splice(s.wanted))
        retire(w, c, { cause: d.entry, reason: 'scaled in', after: 'remove' });
      if (greens.length < s.wanted || !greens.every((c) => available(w, c))) return d;
      const entry = w.journal.add(w.now, 'traffic-switched', d.entry, -1, -1, -1, greens.length, d.to.image);
      turn(w, greens, blues, entry);
      const keep = (s.def as AppService).rollout.keepMs;
      if (keep > 0) w.after(keep, EV.platform, d.service, STAGE);
      return { ...d, stage: 1, stageAt: w.now };
    }
    if (w.now < d.stageAt + (s.def as AppService).rollout.keepMs) return d;
    for (const c of blues)
      if (!c.terminating) retire(w, c, { cause: d.entry, reason: 'replaced', after: 'remove' });
    return membersOf(w, d.service).some((c) => c.revision !== d.to.revision) ? d : null;
  },
  admits: (d, c) => (c.revision === d.to.revision) === (d.stage !== COMING_UP),
  carries: (d) => (d.stage === COMING_UP ? d.from : d.to),
  abandon(w, d) {
    if (d.stage === COMING_UP) return;
    const members = membersOf(w, d.service).filter((c) => !c.terminating);
    const entry = w.journal.add(w.now, 'traffic-switched', d.entry, -1, -1, -1, 0, d.from.image);
    turn(
      w,
      members.filter((c) => c.revision !== d.to.revision && c.ready),
      members.filter((c) => c.revision === d.to.revision),
      entry,
    );
  },
  impatient: true,
};

/** The balancer is told of those that come and of those that leave in one breath. */
function turn(w: World, to: readonly Container[], from: readonly Container[], cause: number): void {
  for (const c of to) tellAdded(w, c, w.app.endpointDelayMs);
  for (const c of from) tellLeaving(w, c, w.app.endpointDelayMs, cause);
}
