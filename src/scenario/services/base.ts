/** What every service has, read from Compose's own keys. */
import { MOST_REPLICAS } from '../../commands/verb-spec.ts';
import { signalNamed } from '../../commands/signal.ts';
import { COMPOSE_DEFAULTS, PLATFORM_DEFAULTS } from '../defaults.ts';
import type { AppService } from '../../sim/model/scenario.ts';
import type { RestartPolicy } from '../../sim/model/upkeep.ts';
import { readDependsOn } from '../compose/depends-on.ts';
import { readDeploy, type Deploy } from '../compose/deploy.ts';
import { readEnvironment } from '../compose/environment.ts';
import { readHealthcheck } from '../compose/healthcheck.ts';
import { readMounts, readTmpfs, type Volumes } from '../compose/mounts.ts';
import { readHostPorts, type HostPort } from '../compose/ports.ts';
import { megabytes } from '../forms/megabytes.ts';
import { readDefault, shown } from '../forms/form.ts';
import { bool, duration, integer } from '../forms/scalars.ts';
import { complain, isEmpty, scalarAt, textAt, type Place } from '../yaml/place.ts';
import type { ServiceDraft } from './draft.ts';

type BaseKeys =
  | 'name'
  | 'image'
  | 'replicas'
  | 'containerName'
  | 'pullPolicy'
  | 'restart'
  | 'restartMax'
  | 'restartCondition'
  | 'restartDelayMs'
  | 'restartWindowMs'
  | 'stopGraceMs'
  | 'stopSignal'
  | 'environment'
  | 'healthcheck'
  | 'hostPorts'
  | 'dependsOn'
  | 'mounts'
  | 'readOnly'
  | 'update'
  | 'rollback';
export type Base = Pick<AppService, BaseKeys>;

/** The base, and what checks need to point at. */
export interface BaseRead {
  readonly base: Base;
  readonly deploy: Deploy;
  readonly hostPorts: readonly HostPort[];
  readonly memoryLimitMb: number | null;
}

export interface Surroundings {
  readonly platform: string;
  readonly hosts: number;
  readonly volumes: Volumes;
}

/** Defaults of a platform; one that the table does not know is taken for plain Docker. */
export function platformDefaults(
  platform: string,
): (typeof PLATFORM_DEFAULTS)[keyof typeof PLATFORM_DEFAULTS] {
  return PLATFORM_DEFAULTS[platform as keyof typeof PLATFORM_DEFAULTS] ?? PLATFORM_DEFAULTS.docker;
}

export function readBase(
  { name, image, place, entries }: ServiceDraft,
  { platform, hosts, volumes }: Surroundings,
): BaseRead {
  const empty: Place = { ...place, node: null };
  const at = (key: string): Place => entries.get(key) ?? empty;
  const given = (key: string): Place | null => (isEmpty(at(key)) ? null : at(key));
  const deploy = readDeploy(at('deploy'));
  const hostPorts = readHostPorts(at('ports'));
  const graceAt = given('stop_grace_period');
  const memoryAt = given('mem_limit');
  const tmpfs = given('tmpfs');
  const readOnly = given('read_only');
  const containerName = given('container_name');
  const healthcheck = given('healthcheck');
  const base: Base = {
    name,
    image,
    replicas: replicasOf(deploy, given('scale'), hosts, place),
    pullPolicy: pullPolicyOf(at('pull_policy')),
    containerName: (containerName && textAt(containerName)) ?? null,
    ...restartOf(platform, deploy, given('restart'), place),
    stopGraceMs:
      (graceAt && duration.read(graceAt)) ??
      readDefault(duration, platformDefaults(platform).stop_grace_period, `${place.path}.stop_grace_period`),
    stopSignal: stopSignalOf(given('stop_signal')),
    environment: readEnvironment(at('environment')),
    healthcheck: healthcheck && readHealthcheck(healthcheck),
    // An engine's are those of its machine; Swarm's mesh answers on every node, but for those in mode host; elsewhere they are not asked.
    hostPorts: hostPorts
      .filter(
        ({ ofNode }) => platform === 'docker' || platform === 'compose' || (platform === 'swarm' && ofNode),
      )
      .map(({ port }) => port),
    dependsOn: readDependsOn(given('depends_on'), platform),
    mounts: [...readMounts(at('volumes'), name, volumes), ...(tmpfs ? readTmpfs(tmpfs) : [])],
    readOnly: (readOnly && bool.read(readOnly)) ?? false,
    update: deploy.update,
    rollback: deploy.rollback,
  };
  return {
    base,
    deploy,
    hostPorts,
    memoryLimitMb: deploy.memoryLimitMb ?? (memoryAt && megabytes.read(memoryAt)) ?? null,
  };
}

/** Signals that do not end a process are none to stop it with. */
const NO_END: readonly string[] = ['STOP', 'CONT', 'TSTP'];

function stopSignalOf(at: Place | null): string | null {
  if (at === null) return null;
  const name = signalNamed(textAt(at) ?? '');
  if (name !== undefined && !NO_END.includes(name)) return name;
  complain(at, `${shown(at)} is not a signal to stop with; write SIGTERM, SIGQUIT, SIGINT or SIGUSR1`);
  return null;
}

/** Whether an image is fetched anew at every creation; every other policy fetches it where there is none. */
function pullPolicyOf(at: Place): Base['pullPolicy'] {
  const written = textAt(at);
  if (isEmpty(at) || written === undefined) return null;
  if (written === 'always') return 'always';
  if (!/^(missing|if_not_present|never|build|daily|weekly|every_\w+)$/.test(written))
    complain(at, `${shown(at)} is not a pull policy; write always, missing, never, build, daily or weekly`);
  return 'missing';
}

function replicasOf(deploy: Deploy, scale: Place | null, hosts: number, place: Place): number {
  if (deploy.global) {
    place.report.note(
      `${place.path}: deploy.mode global, so one replica on each of ${hosts} host${hosts === 1 ? '' : 's'}`,
    );
    return hosts;
  }
  const scaled = scale && integer(0, MOST_REPLICAS).read(scale);
  if (scale && deploy.replicas !== null && scaled !== undefined && scaled !== deploy.replicas)
    complain(scale, `differs from deploy.replicas (${deploy.replicas}); keep one of them`);
  return deploy.replicas ?? scaled ?? 1;
}

type Restart = Pick<
  Base,
  'restart' | 'restartMax' | 'restartCondition' | 'restartDelayMs' | 'restartWindowMs'
>;

/** Who reads no `restart`, and what decides there. */
const RESTARTED_BY: Readonly<Record<string, string>> = {
  swarm: 'Swarm: deploy.restart_policy is',
  kubernetes: 'Kubernetes: a Deployment always restarts',
  bare: 'bare: x-paddock.on-exit is',
};

/** Swarm reads `deploy.restart_policy` only; Docker and Compose read `restart`, which the policy's condition overrides (S-29). */
function restartOf(platform: string, deploy: Deploy, restartAt: Place | null, place: Place): Restart {
  const { condition, delayMs, maxAttempts, windowMs, at: policyAt } = deploy.restart;
  const swarm = { restartCondition: condition, restartDelayMs: delayMs, restartWindowMs: windowMs };
  const written = restartAt ? readRestart(restartAt) : { restart: COMPOSE_DEFAULTS.restart, max: 0 };
  const engine = platform === 'docker' || platform === 'compose';
  const always = written.restart === 'always' || written.restart === 'unless-stopped';
  for (const at of [engine || always ? null : restartAt, platform === 'swarm' || engine ? null : policyAt])
    if (at) place.report.note(`${at.path} is not read by ${RESTARTED_BY[platform] ?? platform}`);
  const policy = ({ any: 'always', 'on-failure': 'on-failure', none: 'no' } as const)[condition];
  if (engine && policyAt !== null) return { restart: policy, restartMax: maxAttempts, ...swarm };
  return {
    restart: written.restart,
    restartMax: platform === 'swarm' ? maxAttempts : written.max,
    ...swarm,
  };
}

function readRestart(place: Place): { readonly restart: RestartPolicy; readonly max: number } {
  const text = scalarAt(place) === false ? 'no' : (textAt(place) ?? '');
  const match = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(text);
  const restart = match?.[1] as RestartPolicy | undefined;
  if (restart !== undefined && (match?.[2] === undefined || restart === 'on-failure'))
    return { restart, max: Number(match?.[2] ?? 0) };
  complain(
    place,
    `${shown(place)} is not a restart policy; write no, always, unless-stopped, on-failure or on-failure:3`,
  );
  return { restart: 'no', max: 0 };
}
