/** Keys that the chosen platform has no place for, or does not read. */
import type { AppService } from '../../sim/model/scenario.ts';
import { isEmpty, complain, type Place } from '../yaml/place.ts';
import type { Parts } from './parts.ts';

export function checkPlatformRules({ platform, hosts, hostsAt, apps, root }: Parts): void {
  const { report } = root;
  if (hosts > 1 && (platform === 'docker' || platform === 'compose'))
    complain(hostsAt, `${platform} runs on one host; write hosts: 1, or platform: swarm`);
  for (const { draft, given, base, service } of apps) {
    const onExit = given.get('on-exit');
    if (onExit && platform !== 'bare')
      complain(onExit, `is for platform: bare; ${platform} has its own rule for a process that ends`);
    for (const name of ['liveness', 'startup-probe']) {
      const probe = given.get(name);
      if (probe && platform !== 'kubernetes')
        complain(probe, `is for platform: kubernetes; ${platform} has no such probe`);
    }
    const versions = given.get('versions');
    if (
      versions &&
      platform !== 'compose' &&
      Object.values(service.versions).some((v) => v.create === 'fails')
    )
      complain(versions, `create: fails is for platform: compose; write pull: fails or crash: boot`);
    const workload = given.get('workload');
    if (workload && platform !== 'kubernetes')
      complain(workload, `is for platform: kubernetes; ${platform} has no such thing`);
    if (platform === 'kubernetes' && service.mounts.some((m) => m.type === 'volume'))
      report.note(
        `${draft.place.path}.volumes: on Kubernetes one without a name is an emptyDir of its pod, a named one a PersistentVolumeClaim that every ${service.workload === 'statefulset' ? 'pod has of its own' : 'pod reaches'}`,
      );
    const pdb = given.get('pdb');
    if (pdb && platform !== 'kubernetes')
      complain(pdb, `is for platform: kubernetes; ${platform} asks nobody before it drains`);
    const rollout = given.get('rollout');
    const scaler = given.get('scaler');
    if (scaler && !isEmpty(scaler) && platform === 'docker')
      complain(
        scaler,
        'needs a platform that keeps a number of replicas; write platform: swarm, or leave it out',
      );
    const { strategy, maxSurge, maxUnavailable } = service.rollout;
    if (rollout && strategy === 'rolling' && isNone(maxSurge) && isNone(maxUnavailable))
      complain(
        rollout,
        'max-unavailable may not be 0 when max-surge is 0: nothing could ever be replaced; write max-surge: 1',
      );
    if (rollout && platform === 'kubernetes' && strategy !== 'rolling' && strategy !== 'recreate')
      complain(rollout, `a Deployment of Kubernetes rolls or recreates; write strategy: rolling or recreate`);
    if (rollout && platform === 'swarm')
      report.note(`${rollout.path} is not read by Swarm: deploy.update_config is`);
    if (rollout && (platform === 'compose' || platform === 'docker'))
      report.note(
        `${rollout.path} is not read by ${platform === 'compose' ? 'Compose, which recreates every replica at once' : 'Docker, which replaces nothing by itself'}`,
      );
    const { updateAt } = base.deploy;
    if (updateAt && !isEmpty(updateAt) && platform !== 'swarm')
      report.note(
        `${updateAt.path} is not read by ${platform === 'compose' ? 'Compose, which recreates every replica at once' : platform}`,
      );
    noteUnread(platform, given, service);
    if (service.healthcheck && platform === 'kubernetes')
      report.note(
        `${draft.place.path}.healthcheck is not read by Kubernetes: x-paddock.readiness is its probe`,
      );
    if (service.readOnly) checkReadOnly(draft.entries.get('read_only') ?? draft.place, service.state);
  }
}

const STOPS = 'which tells nobody before it stops a container';

/** Platforms that have no word for a key, and what goes on there instead (S-20, S-47, S-66). */
const UNREAD: Readonly<Record<string, readonly (readonly [platform: string, instead: string])[]>> = {
  prestop: [
    ['docker', `Docker, ${STOPS}`],
    ['compose', `Compose, ${STOPS}`],
  ],
  drain: [
    ['docker', `Docker, ${STOPS}`],
    ['compose', `Compose, ${STOPS}`],
  ],
  'endpoint-delay': [
    ['docker', `Docker, ${STOPS}`],
    ['compose', `Compose, ${STOPS}`],
  ],
  readiness: [
    ['docker', 'Docker, which sends traffic at once'],
    ['compose', "Compose, which sends traffic at once: the balancer's check decides"],
    ['swarm', 'Swarm: healthcheck is'],
  ],
};

/** Says which written keys change nothing here; those that ask for nothing are passed over. */
function noteUnread(
  platform: string,
  given: ReadonlyMap<string, Place>,
  { prestopMs, drain, endpointDelayMs, readiness }: AppService,
): void {
  const asked: Readonly<Record<string, boolean>> = {
    prestop: prestopMs > 0,
    drain: drain !== 'none',
    'endpoint-delay': endpointDelayMs > 0,
    readiness: readiness.kind !== 'none',
  };
  for (const [key, platforms] of Object.entries(UNREAD)) {
    const at = given.get(key);
    const instead = platforms.find(([name]) => name === platform)?.[1];
    if (at && instead !== undefined && asked[key] === true)
      at.report.note(`${at.path} is not read by ${instead}`);
  }
}

const isNone = (share: number | { readonly percent: number }): boolean =>
  share === 0 || (typeof share === 'object' && share.percent === 0);

function checkReadOnly(at: Parameters<typeof complain>[0], state: Readonly<Record<string, string>>): void {
  for (const kind of ['sessions', 'uploads'] as const)
    if (state[kind] === 'layer')
      complain(
        at,
        `${kind} in layer cannot be written with read_only: true; give them another home under x-paddock.state`,
      );
}
