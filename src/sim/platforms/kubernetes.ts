import { alive, type Container } from '../model/container.ts';
import { EV } from '../model/events.ts';
import { tagOf } from '../model/images.ts';
import { planStart } from '../model/lifecycle.ts';
import { renewMounts } from '../model/volumes.ts';
import type { World } from '../model/world.ts';
import { gitops } from './mechanisms/gitops.ts';
import { cleanLayer } from './mechanisms/clean-layer.ts';
import {
  deploymentOf,
  firstDeployment,
  type KubernetesState,
  nextGeneration,
  onDeadline,
  progress,
  rollTo,
  scaleDeployment,
  sync,
  wake,
} from './mechanisms/controllers.ts';
import { crashLoopDelay } from './mechanisms/crash-loop.ts';
import { admitEndpoint, announce, withdraw } from './mechanisms/endpoints.ts';
import { hpa } from './mechanisms/hpa.ts';
import { newNode } from './mechanisms/node.ts';
import { onDrain, onDrained, onNode, onNodeEvicted, onNodeSilent } from './mechanisms/nodes.ts';
import { beginProbes, onPodProbe } from './mechanisms/pod-probes.ts';
import { numberOf, TIMER, timerOf, timerWord } from './mechanisms/pod-timers.ts';
import { finishRetired } from './mechanisms/retire.ts';
import { awaitMinReady } from './mechanisms/rolling.ts';
import { look, troubleOf } from './kubectl-look.ts';
import { podName } from './kubectl-names.ts';
import { kubectl } from './kubectl.ts';
import type { Platform } from './platform.ts';

/**
 * Kubernetes: every app service is a Deployment, every container a pod of one container. A container that ends is started
 * again in its pod with a clean layer (S-68); a pod that is deleted is replaced at once, while it still goes (S-63).
 */
export const kubernetes: Platform = {
  name: 'kubernetes',
  notInSpec: ['rollout', 'pdb'],
  machines: 'many',
  detectors: ['Argo CD'],
  keepsSpec: true,
  /** imagePullPolicy: Always for `:latest`, else IfNotPresent. */
  pulls: (w, service) => (tagOf(w.services[service].image) === 'latest' ? 'always' : null),
  ignoresHealthcheck: true,
  freshOnRestart: true,
  claims: true,
  // The kubelet's syncFrequency, and what its cache may add (S-80).
  mountedFiles: { everyMs: 60_000, lagMs: 30_000 },
  autoscaler: hpa,
  initialState: (): KubernetesState => ({ deployments: [], nodes: [], dirty: [] }),
  copyState: (state) => ({ ...(state as KubernetesState) }),
  alias: podName,
  agent: gitops,
  statusWord: troubleOf,

  settle(w) {
    w.platformState = {
      deployments: w.services.map((_, service) => firstDeployment(w, service)),
      nodes: w.hosts.map(newNode),
      dirty: [],
    };
    for (const c of w.containers) if (alive(c)) beginProbes(w, c, true);
  },

  onStarted: (w, c) => beginProbes(w, c),
  onRemoved: (w, c) => wake(w, c.service),

  /** Ready pods are the endpoints of their Service (S-65, S-67), and let a rollout go on. */
  onAvailable(w, c) {
    if (c.ready) {
      announce(w, c);
      awaitMinReady(w, c, timerWord(TIMER.minReady));
      if (c.revision === deploymentOf(w, c.service).current) progress(w, c.service);
    } else withdraw(w, c);
    wake(w, c.service);
  },

  onExit(w, c) {
    if (c.terminating) {
      if (c.afterStop !== 'remove') return;
      // Where the news of its deletion is still on its way, the balancer goes on sending to it.
      if (w.now < c.toldAt) w.at(c.toldAt, EV.platform, c.id, timerWord(TIMER.gone));
      else finishRetired(w, c, c.entry);
      wake(w, c.service);
      return;
    }
    restartInPod(w, c);
    wake(w, c.service);
  },

  /** A kubelet that is back starts the containers of its pods again; of pods that went with their node nothing is left. */
  onHost(w, host) {
    onNode(w, host);
    if (!host.up) return;
    for (const c of w.containers) {
      if (c.host !== host.id) continue;
      if (c.phase === 'exited' && !c.terminating) restartInPod(w, c);
      wake(w, c.service);
    }
  },
  evict: (_w, c, host) => ({
    ok: false,
    text: `paddock: the scheduler chooses the node of a pod, not ${host.name} by name: kubectl delete pod ${c.name}`,
  }),

  onTimer(w, a, b) {
    const timer = timerOf(b);
    switch (timer) {
      case TIMER.sync:
        return sync(w, a);
      case TIMER.admit:
        admitEndpoint(w, w.containers[a]);
        return 0;
      case TIMER.gone:
        return clearAway(w, w.containers[a]);
      case TIMER.minReady:
        wake(w, w.containers[a].service);
        return 0;
      case TIMER.deadline:
        return onDeadline(w, a, numberOf(b));
      case TIMER.nodeSilent:
        return onNodeSilent(w, a, numberOf(b));
      case TIMER.nodeEvicted:
        return onNodeEvicted(w, a, numberOf(b));
      case TIMER.drain:
        return onDrain(w, a);
      case TIMER.drained:
        return onDrained(w, a);
      default:
        return onPodProbe(w, w.containers[a], timer - TIMER.probe, numberOf(b));
    }
  },

  command: kubectl,
  look,

  rescale(w, service, replicas, cause) {
    scaleDeployment(w, service, replicas, cause);
    return { ok: true, text: `${w.services[service].def.name}: ${replicas} replicas` };
  },

  /** Other settings under the same image are another template all the same. */
  redeploy(w, service, cause) {
    const s = w.services[service];
    const d = deploymentOf(w, service);
    const { environment } = s.def;
    rollTo(w, service, { image: s.image, environment, generation: nextGeneration(d) }, cause);
    return { ok: true, text: `${s.def.name}: rolling out ${s.image}` };
  },
};

/** The container is gone with its layer and its image's volumes; the pod starts another, at once or after its back-off (S-68, S-69). */
function restartInPod(w: World, c: Container): void {
  withdraw(w, c);
  cleanLayer(w, c);
  c.lostSessions += renewMounts(w, c, c.entry);
  planStart(w, c, crashLoopDelay(c, w.now - c.startedAt));
}

function clearAway(w: World, c: Container): number {
  if (c.phase !== 'exited' || !c.terminating) return 0;
  finishRetired(w, c, c.entry);
  wake(w, c.service);
  return 1;
}
