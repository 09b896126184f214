import type { Answer, Command } from '../model/command.ts';
import { NO_IMAGE } from '../model/boot.ts';
import { alive, type Container } from '../model/container.ts';
import type { World } from '../model/world.ts';
import { noDocker } from './kubectl.ts';
import { deploymentName, noDeployment, podName } from './kubectl-names.ts';
import { deploymentOf } from './mechanisms/controllers.ts';
import { currentSet, podsOf, replicasOf } from './mechanisms/deployment.ts';
import { nodeOf } from './mechanisms/node.ts';
import { membersOf, serviceNamed } from './mechanisms/members.ts';
import { available } from './mechanisms/rolling.ts';

/** Commands that only look, in kubectl's words; null = as everywhere. */
export function look(w: World, command: Command): Answer | null {
  switch (command.verb) {
    case 'kubectl-get':
      return command.resource === 'pods'
        ? getPods(w, command.wide)
        : command.resource === 'nodes'
          ? getNodes(w)
          : getDeployments(w);
    case 'kubectl-rollout-status':
      return status(w, command.deployment);
    case 'ps':
      return noDocker('kubectl get pods');
    case 'logs':
    case 'diff':
    case 'inspect':
      return noDocker(
        'kubectl get pods -o wide; kubectl exec POD -- ls shows what was changed in a container',
      );
    default:
      return null;
  }
}

/** An age as kubectl prints it: two units while they matter. */
export function age(ms: number): string {
  const s = Math.floor(ms / 1000);
  const m = Math.floor(s / 60);
  const h = Math.floor(m / 60);
  if (s < 120) return `${s}s`;
  if (m < 10) return s % 60 === 0 ? `${m}m` : `${m}m${s % 60}s`;
  if (h < 3) return `${m}m`;
  return h < 8 && m % 60 > 0 ? `${h}h${m % 60}m` : `${h}h`;
}

function table(rows: readonly (readonly string[])[]): Answer {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)) + 3);
  return {
    ok: true,
    text: rows
      .map((row) =>
        row
          .map((cell, i) => cell.padEnd(widths[i]))
          .join('')
          .trimEnd(),
      )
      .join('\n'),
  };
}

/** The STATUS column (S-69). */
function podStatus(c: Container): string {
  if (c.terminating) return 'Terminating';
  // What its node last reported of it still stands.
  return troubleOf(c) || 'Running';
}

/** Why a pod does not run, as its STATUS says it; '' = it does. */
export function troubleOf(c: Container): string {
  if (c.phase === 'created') return 'Pending';
  if (c.reason === NO_IMAGE) return c.phase === 'waiting' ? 'ImagePullBackOff' : 'ErrImagePull';
  return c.phase === 'waiting' ? 'CrashLoopBackOff' : '';
}

/** The last column is what the container is called in the picture. */
function getPods(w: World, wide: boolean): Answer {
  const rows = w.services.flatMap((_, service) =>
    membersOf(w, service).map((c) => [
      podName(w, c) ?? c.name,
      c.ready && alive(c) ? '1/1' : '0/1',
      podStatus(c),
      c.restarts === 0 ? '0' : `${c.restarts} (${age(w.now - Math.max(0, c.startedAt))} ago)`,
      age(w.now - c.createdAt),
      ...(wide ? [w.hosts[c.host].name] : []),
      c.name,
    ]),
  );
  if (rows.length === 0) return { ok: true, text: 'No resources found in default namespace.' };
  return table([['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', ...(wide ? ['NODE'] : []), 'TAG'], ...rows]);
}

function getDeployments(w: World): Answer {
  return table([
    ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'],
    ...w.services.flatMap((s, service) => {
      if (serviceNamed(w, s.def.name) !== service) return [];
      const pods = membersOf(w, service).filter((c) => !c.terminating);
      return [
        [
          deploymentName(w, service),
          `${pods.filter((c) => c.ready).length}/${s.wanted}`,
          String(podsOf(w, service, deploymentOf(w, service).current).length),
          String(pods.filter((c) => available(w, c)).length),
          age(w.now),
        ],
      ];
    }),
  ]);
}

function getNodes(w: World): Answer {
  return table([
    ['NAME', 'STATUS', 'ROLES', 'AGE'],
    ...w.hosts.slice(0, w.scenario.hosts).map((h) => {
      const { notReady, cordoned } = nodeOf(w, h.id);
      const status = `${notReady ? 'NotReady' : 'Ready'}${cordoned ? ',SchedulingDisabled' : ''}`;
      return [h.name, status, '<none>', age(w.now)];
    }),
  ]);
}

/** `kubectl rollout status`, as with --watch=false: where the rollout is; past its deadline it is an error (S-61). */
function status(w: World, deployment: string): Answer {
  const service = serviceNamed(w, deployment);
  if (service < 0) return { ok: false, text: noDeployment(deployment) };
  const name = deploymentName(w, service);
  const d = deploymentOf(w, service);
  if (d.exceeded) return { ok: false, text: `error: deployment "${name}" exceeded its progress deadline` };
  const { wanted } = w.services[service];
  const waiting = (what: string): Answer => ({
    ok: true,
    text: `Waiting for deployment "${name}" rollout to finish: ${what}...`,
  });
  const updated = podsOf(w, service, d.current);
  if (updated.length < wanted)
    return waiting(`${updated.length} out of ${wanted} new replicas have been updated`);
  const old = replicasOf(d) - currentSet(d).replicas;
  if (old > 0) return waiting(`${old} old replicas are pending termination`);
  const ready = updated.filter((c) => available(w, c)).length;
  if (ready < updated.length) return waiting(`${ready} of ${updated.length} updated replicas are available`);
  return { ok: true, text: `deployment "${name}" successfully rolled out` };
}
