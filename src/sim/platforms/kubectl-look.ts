import { table } from '../actions/table.ts';
import type { Answer, Command } from '../model/command.ts';
import { NO_IMAGE } from '../model/boot.ts';
import { alive, type Container } from '../model/container.ts';
import type { World } from '../model/world.ts';
import { noDocker } from './kubectl.ts';
import { deploymentName, noDeployment, podName, resource } from './kubectl-names.ts';
import { deploymentOf } from './mechanisms/controllers.ts';
import { currentSet, podsOf, replicasOf } from './mechanisms/deployment.ts';
import { nodeOf } from './mechanisms/node.ts';
import { membersOf, serviceNamed } from './mechanisms/members.ts';
import { available } from './mechanisms/rolling.ts';
import { isStateful } from './mechanisms/stateful-set.ts';

/** Commands that only look, in kubectl's words; null = as everywhere. */
export function look(w: World, command: Command): Answer | null {
  switch (command.verb) {
    case 'kubectl-get':
      return get(w, command);
    case 'kubectl-rollout-history':
      return history(w, command.deployment, command.revision);
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

/** `kubectl get`: all of a kind, or those that are named; each name may be the one in the picture. */
function get(w: World, command: Extract<Command, { verb: 'kubectl-get' }>): Answer {
  const rows = ROWS[command.resource](w, command.wide);
  const names = command.names ?? [];
  if (names.length === 0) return rows.length > 1 ? { ok: true, text: table(rows) } : nothing();
  const found = rows.slice(1).filter((row) => names.some((name) => named(row, name)));
  const errors = names
    .filter((name) => !rows.slice(1).some((row) => named(row, name)))
    .map((name) => `Error from server (NotFound): ${KINDS[command.resource]} "${name}" not found`);
  const shown = found.length === 0 ? [] : [table([rows[0], ...found])];
  return { ok: found.length > 0, text: [...shown, ...errors].join('\n') };
}

const nothing = (): Answer => ({ ok: true, text: 'No resources found in default namespace.' });
const named = (row: readonly string[], name: string): boolean =>
  row[0] === name || row[row.length - 1] === name;
const KINDS = {
  pods: 'pods',
  deployments: 'deployments.apps',
  nodes: 'nodes',
  hpa: 'horizontalpodautoscalers.autoscaling',
} as const;

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
function pods(w: World, wide: boolean): Rows {
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
  return [['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', ...(wide ? ['NODE'] : []), 'TAG'], ...rows];
}

function deployments(w: World): Rows {
  return [
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
  ];
}

function nodes(w: World): Rows {
  return [
    ['NAME', 'STATUS', 'ROLES', 'AGE'],
    ...w.hosts.slice(0, w.scenario.hosts).map((h) => {
      const { notReady, cordoned } = nodeOf(w, h.id);
      const status = `${notReady ? 'NotReady' : 'Ready'}${cordoned ? ',SchedulingDisabled' : ''}`;
      return [h.name, status, '<none>', age(w.now)];
    }),
  ];
}

/** TARGETS as `cpu: 45%/60%`, or as the average of a metric of the pods (S-72). */
function autoscalers(w: World): Rows {
  const head = ['NAME', 'REFERENCE', 'TARGETS', 'MINPODS', 'MAXPODS', 'REPLICAS', 'AGE'];
  const s = w.app.scaler;
  if (s === null) return [head];
  const name = deploymentName(w, w.herd);
  const usage = w.scaler?.usage ?? null;
  const shown = (x: number): string =>
    s.metric === 'cpu' ? `${Math.round(100 * x)}%` : String(Math.round(10 * x) / 10);
  const targets = `${s.metric === 'cpu' ? 'cpu: ' : ''}${usage === null ? '<unknown>' : shown(usage)}/${shown(s.target)}`;
  const kind = isStateful(w, w.herd) ? 'StatefulSet' : 'Deployment';
  const replicas = String(membersOf(w, w.herd).filter((c) => !c.terminating).length);
  return [head, [name, `${kind}/${name}`, targets, String(s.min), String(s.max), replicas, age(w.now)]];
}

type Rows = readonly (readonly string[])[];
const ROWS: Readonly<
  Record<Extract<Command, { verb: 'kubectl-get' }>['resource'], (w: World, wide: boolean) => Rows>
> = { pods, deployments, nodes, hpa: autoscalers };

/** `kubectl rollout history`: the revisions that can be gone back to, or the template of one (S-62). */
function history(w: World, deployment: string, revision: number | null): Answer {
  const service = serviceNamed(w, deployment);
  if (service < 0) return { ok: false, text: noDeployment(deployment) };
  const sets = [...deploymentOf(w, service).sets].sort((a, b) => a.revision - b.revision);
  const head = resource(w, service);
  if (revision === null)
    return {
      ok: true,
      text: `${head}\n${table([['REVISION', 'CHANGE-CAUSE'], ...sets.map((s) => [String(s.revision), '<none>'])])}`,
    };
  const set = sets.find((s) => s.revision === revision);
  if (set === undefined)
    return { ok: false, text: `error: unable to find the specified revision ${revision} in history` };
  const { name } = w.services[service].def;
  const variables = Object.entries(set.environment).map(([key, value]) => `      ${key}:\t${value}`);
  return {
    ok: true,
    text: [
      `${head} with revision #${revision}`,
      'Pod Template:',
      `  Labels:\tapp=${deploymentName(w, service)}`,
      '  Containers:',
      `   ${name}:`,
      `    Image:\t${set.image}`,
      ...(variables.length > 0 ? ['    Environment:', ...variables] : ['    Environment:\t<none>']),
    ].join('\n'),
  };
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
