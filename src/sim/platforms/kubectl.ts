import { runInside } from '../model/shell.ts';
import { signalFromInside } from '../actions/containers.ts';
import { containerNamed } from '../actions/targets.ts';
import type { Answer, Command } from '../model/command.ts';
import { alive, type Container } from '../model/container.ts';
import { exitProcess } from '../model/lifecycle.ts';
import { tellLeaving } from '../model/pool.ts';
import type { World } from '../model/world.ts';
import { deploymentName, noDeployment, podName, resource } from './kubectl-names.ts';
import {
  blameSet,
  deploymentOf,
  nextGeneration,
  putDeployment,
  rollTo,
  scaleDeployment,
} from './mechanisms/controllers.ts';
import { abandon, currentSet } from './mechanisms/deployment.ts';
import { nodeOf } from './mechanisms/node.ts';
import { cordon, drain, staysOn } from './mechanisms/nodes.ts';
import { membersOf, serviceNamed } from './mechanisms/members.ts';
import { retire } from './mechanisms/retire.ts';
import { isStateful } from './mechanisms/stateful-set.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** What Docker's client says on a node, where containerd runs the containers, and what there is instead. */
export function noDocker(instead: string): Answer {
  return {
    ok: false,
    text: `Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\nOn Kubernetes: ${instead}`,
  };
}

const refused = (text: string): Answer => ({ ok: false, text });
const noPod = (name: string): string => `Error from server (NotFound): pods "${name}" not found`;
const DELETE = 'kubectl delete pod POD; with --force --grace-period=0 it gets no notice';

/** Commands that change something, in kubectl's words; null = not a command for a platform. */
export function kubectl(w: World, command: Command, cause: number): Answer | null {
  switch (command.verb) {
    case 'kubectl-delete-pod':
      return deletePods(w, command, cause);
    case 'kubectl-scale':
      return scale(w, command, cause);
    case 'kubectl-set-image':
      return setImage(w, command, cause);
    case 'kubectl-rollout':
      return rollout(w, command, cause);
    case 'kubectl-node':
      return node(w, command, cause);
    case 'kubectl-exec':
      return exec(w, command, cause);
    case 'kill':
    case 'stop':
    case 'rm':
      return noDocker(DELETE);
    case 'run':
      return noDocker(`kubectl scale deployment/${deploymentName(w, w.herd)} --replicas=N`);
    case 'update':
      return noDocker('a deployment always restarts its containers');
    case 'start':
      return noDocker('a pod starts its container again by itself');
    case 'restart':
      return noDocker(`kubectl rollout restart deployment/${deploymentName(w, w.herd)}`);
    case 'exec':
      return noDocker('kubectl exec POD -- COMMAND');
    case 'service-scale':
    case 'compose-up':
      return noDocker(`kubectl scale deployment/${deploymentName(w, w.herd)} --replicas=N`);
    case 'compose-down':
      return noDocker(`kubectl scale deployment/${deploymentName(w, w.herd)} --replicas=0`);
    case 'service-update':
      return noDocker(
        `kubectl set image deployment/${deploymentName(w, w.herd)} ${w.app.name}=IMAGE, or kubectl rollout restart`,
      );
    case 'deploy':
      return refused(
        `paddock: Kubernetes rolls by its own rules\nOn Kubernetes: kubectl rollout pause|resume|undo deployment/${deploymentName(w, w.herd)}`,
      );
    case 'service-rollback':
      return noDocker(`kubectl rollout undo deployment/${deploymentName(w, w.herd)}`);
    default:
      return null;
  }
}

/** `kubectl delete pod` (S-63, S-64): notice with the pod's grace or the one given, and a replacement at once. */
function deletePods(w: World, command: Of<'kubectl-delete-pod'>, cause: number): Answer {
  const lines: string[] = [];
  const errors: string[] = [];
  const found: (readonly [string, Container])[] = [];
  for (const name of command.pods) {
    const c = containerNamed(w, name);
    if (c === undefined) errors.push(noPod(name));
    else if (!found.some(([, k]) => k === c)) found.push([name, c]);
  }
  if (command.selector !== null) {
    for (const service of selected(w, command.selector))
      for (const c of membersOf(w, service)) found.push([podName(w, c) ?? c.name, c]);
    if (found.length === 0) return { ok: true, text: 'No resources found' };
  }
  const force = command.force && command.graceMs === 0;
  if (force && found.length > 0)
    lines.push(
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
    );
  for (const [name, c] of found) {
    if (force) forceOut(w, c, cause);
    else deletePod(w, c, command.graceMs, cause);
    lines.push(`pod "${name}" ${force ? 'force deleted' : 'deleted'}`);
  }
  return { ok: errors.length === 0 || found.length > 0, text: [...lines, ...errors].join('\n') };
}

function deletePod(w: World, c: Container, graceMs: number | null, cause: number): void {
  // Its node does not answer: nobody confirms that it has ended.
  if (c.phase === 'exited' && !c.terminating) {
    c.entry = cause;
    abandon(c);
  } else if (!c.terminating || graceMs !== null)
    retire(w, c, {
      cause,
      reason: 'deleted',
      after: 'remove',
      graceFromNow: true,
      ...(graceMs === null ? {} : { graceMs }),
    });
  blameSet(w, c);
}

/** No notice at all: the pod is gone, its process killed. */
function forceOut(w: World, c: Container, cause: number): void {
  const told = c.terminating;
  c.terminating = true;
  c.afterStop = 'remove';
  if (!alive(c)) {
    retire(w, c, { cause, reason: 'deleted', after: 'remove' });
  } else {
    if (!told && c.server >= 0) {
      tellLeaving(w, c, w.app.endpointDelayMs, cause);
      c.toldAt = w.now + w.app.endpointDelayMs;
    }
    exitProcess(w, c, { code: 137, reason: 'killed', cause });
  }
  blameSet(w, c);
}

/** Services whose pods carry the label `app=NAME`; '' = every one. */
function selected(w: World, selector: string): number[] {
  const all = w.services.map((_, i) => i);
  if (selector === '') return all;
  const [key, value] = selector.split('=');
  const service = key === 'app' ? serviceNamed(w, value ?? '') : -1;
  return service < 0 ? [] : [service];
}

function scale(w: World, command: Of<'kubectl-scale'>, cause: number): Answer {
  const service = serviceNamed(w, command.deployment);
  if (service < 0) return refused(noDeployment(command.deployment));
  scaleDeployment(w, service, command.replicas, cause);
  return { ok: true, text: `${resource(w, service)} scaled` };
}

function setImage(w: World, command: Of<'kubectl-set-image'>, cause: number): Answer {
  const service = serviceNamed(w, command.deployment);
  if (service < 0) return refused(noDeployment(command.deployment));
  const { name } = w.services[service].def;
  if (command.container !== '*' && command.container !== name)
    return refused(
      `error: unable to find container named "${command.container}"\nThe container is called ${name}`,
    );
  const now = currentSet(deploymentOf(w, service));
  // Nothing changed, nothing said: it is the same template.
  if (now.image === command.image) return { ok: true, text: '' };
  rollTo(w, service, { ...now, image: command.image }, cause);
  return { ok: true, text: `${resource(w, service)} image updated` };
}

/** `kubectl rollout restart|undo|pause|resume` (S-62). */
function rollout(w: World, command: Of<'kubectl-rollout'>, cause: number): Answer {
  const service = serviceNamed(w, command.deployment);
  if (service < 0) return refused(noDeployment(command.deployment));
  const name = deploymentName(w, service);
  const d = deploymentOf(w, service);
  const done = (what: string): Answer => ({ ok: true, text: `${resource(w, service)} ${what}` });
  switch (command.action) {
    case 'pause':
    case 'resume':
      if (isStateful(w, service))
        return refused(
          `error: statefulsets.apps "${name}" ${command.action === 'pause' ? 'pausing' : 'resuming'} is not supported`,
        );
      return command.action === 'pause' ? pause(w, service) : resume(w, service);
    case 'restart':
      if (d.paused)
        return refused(
          `error: deployments.apps "${name}" can't restart paused deployment (run rollout resume first)`,
        );
      rollTo(w, service, { ...currentSet(d), generation: nextGeneration(d) }, cause);
      return done('restarted');
    case 'undo':
      return undo(w, service, command.toRevision, cause);
  }
}

function pause(w: World, service: number): Answer {
  const d = deploymentOf(w, service);
  if (d.paused) return refused(`error: deployments.apps "${deploymentName(w, service)}" is already paused`);
  putDeployment(w, service, { ...d, paused: true });
  return { ok: true, text: `${resource(w, service)} paused` };
}

function resume(w: World, service: number): Answer {
  const d = deploymentOf(w, service);
  if (!d.paused) return refused(`error: deployments.apps "${deploymentName(w, service)}" is not paused`);
  putDeployment(w, service, { ...d, paused: false, progressedAt: w.now });
  return { ok: true, text: `${resource(w, service)} resumed` };
}

/** Back to the template of an earlier revision; the number of replicas stays (S-62). */
function undo(w: World, service: number, toRevision: number | null, cause: number): Answer {
  const name = deploymentName(w, service);
  const d = deploymentOf(w, service);
  if (d.paused)
    return refused(
      `error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume deployment/${name}' and try again`,
    );
  const others = d.sets.filter((s) => s.template !== d.current);
  const target =
    toRevision === null || toRevision === 0
      ? others.reduce((best, s) => (s.revision > best.revision ? s : best), others[0])
      : d.sets.find((s) => s.revision === toRevision);
  if (target === undefined)
    return refused(
      toRevision === null || toRevision === 0
        ? `error: no rollout history found for deployment "${name}"`
        : `error: unable to find specified revision ${toRevision} in history`,
    );
  if (target.template === d.current)
    return {
      ok: true,
      text: `${resource(w, service)} skipped rollback (current template already matches revision ${target.revision})`,
    };
  rollTo(w, service, target, cause, 'deploy-rolled-back');
  return { ok: true, text: `${resource(w, service)} rolled back` };
}

/** `kubectl cordon|uncordon|drain NODE` (S-77). */
function node(w: World, { action, node: name }: Of<'kubectl-node'>, cause: number): Answer {
  const host = w.hosts.find((h) => h.name === name && h.id < w.scenario.hosts);
  if (host === undefined) return refused(`Error from server (NotFound): nodes "${name}" not found`);
  const changed = cordon(w, host.id, action !== 'uncordon');
  const said = `node/${name} ${changed ? '' : 'already '}${action === 'uncordon' ? 'uncordoned' : 'cordoned'}`;
  if (action !== 'drain') return { ok: true, text: said };
  const evicted = drain(w, host.id, cause);
  const draining = nodeOf(w, host.id).draining >= 0;
  const blocked = draining && staysOn(w, host.id);
  return {
    ok: true,
    text: [
      said,
      ...evicted.map((c) => `evicting pod default/${podName(w, c) ?? c.name}`),
      ...(blocked
        ? [
            "error when evicting pods (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.",
          ]
        : []),
      // Those that are evicted have their grace period: the journal says when the last is gone.
      ...(draining ? [] : [`node/${name} drained`]),
    ].join('\n'),
  };
}

/** `kubectl exec POD -- …`: a hand edit, a look, or a signal to PID 1 from inside (S-8). */
function exec(w: World, command: Of<'kubectl-exec'>, cause: number): Answer {
  const c = containerNamed(w, command.pod);
  if (c === undefined) return refused(noPod(command.pod));
  if (!alive(c))
    return refused(
      `error: unable to upgrade connection: container not found ("${w.services[c.service].def.name}")`,
    );
  const result = runInside(w, c, command.argv, cause);
  if (result.signal !== null) signalFromInside(w, c, result.signal, cause);
  return {
    ok: result.ok,
    text: result.ok
      ? result.text
      : `${result.text}\ncommand terminated with exit code ${result.text.includes('not found') ? 127 : 1}`,
  };
}
