import { tallyOf } from '../../model/canary.ts';
import { setShare } from '../../model/pool.ts';
import { EV } from '../../model/events.ts';
import { createContainer, startProcess } from '../../model/lifecycle.ts';
import type { AppService } from '../../model/scenario.ts';
import type { World } from '../../model/world.ts';
import type { Deploy, Strategy } from './deploy.ts';
import { membersOf, staying } from './members.ts';
import { retire } from './retire.ts';
import { available } from './rolling.ts';
import { STAGE } from './timers.ts';

/**
 * Canary with analysis: a few containers of the new version beside the whole old herd get a share of the traffic; after each
 * `interval` their share of failed requests decides between the next step and the way back. After the last step the rest
 * is rolled. It looks at failures only: what is answered 401, or slowly, or wrong, passes.
 */
export const canary: Strategy = {
  step(w, d) {
    const s = w.services[d.service];
    const { steps, intervalMs, maxErrorRate, minRequests } = (s.def as AppService).rollout.canary;
    if (d.stage >= steps.length) return d;
    const canaries = membersOf(w, d.service).filter((c) => c.revision === d.to.revision && staying(c));
    const wanted = Math.min(s.wanted, Math.max(1, Math.ceil(steps[d.stage] * s.wanted)));
    if (w.proxy.canary === null) setShare(w, { revision: d.to.revision, share: steps[d.stage] });
    for (let k = canaries.length; k < wanted; k++)
      startProcess(w, createContainer(w, d.service, d.entry), d.entry);
    for (const c of canaries.slice(wanted))
      retire(w, c, { cause: d.entry, reason: 'scaled in', after: 'remove' });
    if (canaries.length < wanted || !canaries.every((c) => available(w, c))) return d;
    if (d.stageAt < 0) {
      setShare(w, { revision: d.to.revision, share: steps[d.stage] });
      w.journal.add(w.now, 'canary-step', d.entry, -1, -1, -1, Math.round(steps[d.stage] * 1000), d.to.image);
      return wait(w, d, intervalMs);
    }
    if (w.now < d.stageAt + intervalMs) return d;
    const { answers, failures } = tallyOf(w);
    // Too little to judge by: another interval.
    if (answers < minRequests) return wait(w, d, intervalMs);
    if (failures > maxErrorRate * answers) {
      const why = `${failures} of ${answers} requests to it failed`;
      const entry = w.journal.add(w.now, 'deploy-failed', d.entry, -1, -1, -1, failures, why);
      return { ...d, aborted: true, entry };
    }
    if (d.stage + 1 < steps.length) return canary.step(w, { ...d, stage: d.stage + 1, stageAt: -1 });
    setShare(w, null);
    return { ...d, strategy: 'rolling', stage: d.stage + 1 };
  },
  admits: () => true,
  carries: (d) => d.from,
  abandon: (w) => setShare(w, null),
  impatient: true,
};

function wait(w: World, d: Deploy, intervalMs: number): Deploy {
  w.after(intervalMs, EV.platform, d.service, STAGE);
  return { ...d, stageAt: w.now };
}
