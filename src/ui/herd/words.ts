/** What the picture shows, in words. */
import type { ContainerView, HostView, PeersView, StoreView, VolumeView } from '../../sim/view.ts';
import type { RunView } from '../../store/herd-state.ts';

const PHASES: Readonly<Record<ContainerView['phase'], string>> = {
  created: 'created, not started',
  waiting: 'waiting to start',
  booting: 'starting',
  running: 'running',
  prestop: 'about to stop',
  stopping: 'stopping',
  exited: 'ended',
  removed: 'gone',
};

/** Platforms as they write themselves. */
const PLATFORMS: Readonly<Record<string, string>> = {
  bare: 'a supervisor',
  docker: 'Docker',
  compose: 'Compose',
  swarm: 'Swarm',
  kubernetes: 'Kubernetes',
};

/** Two words at most. */
export const phaseWords = (phase: ContainerView['phase']): string =>
  phase === 'created' ? 'created' : PHASES[phase];

export const platformWords = (platform: string): string => PLATFORMS[platform] ?? platform;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `running, 14 sessions, 2 hand edits`. */
export function containerWords(container: ContainerView, t: number): string {
  const { phase, reason, dueAt, sessions, lostSessions, edits, frozen, slow, health, server } = container;
  const { cutOff, diskFull, memory, status, peers, jobs, cached, variant } = container;
  const due = dueAt !== null && dueAt > t ? `${seconds(dueAt - t)} to go` : '';
  const isLive = phase === 'running' || phase === 'prestop' || phase === 'stopping';
  return [
    reason ? `${PHASES[phase]} (${reason})` : PHASES[phase],
    due,
    isLive ? count(sessions, 'session') : '',
    !isLive && lostSessions > 0 ? `${count(lostSessions, 'session')} lost` : '',
    edits > 0 ? count(edits, 'hand edit') : '',
    status,
    frozen ? 'frozen' : '',
    cutOff ? 'cut off' : '',
    diskFull ? 'disk full' : '',
    memory !== null && memory >= 0.85 ? `memory ${Math.round(memory * 100)} %` : '',
    slow > 1 ? `${slow} times slower` : '',
    health === 'unhealthy' ? 'unhealthy' : '',
    peers ? peerWords(peers) : '',
    jobs > 0 ? `runs ${count(jobs, 'job')}` : '',
    cached === null ? '' : `cache ${Math.round(cached * 100)} % full`,
    isLive && variant > 0 ? 'answers differently' : '',
    isLive && server !== 'up' && server !== 'absent' ? `${server} at the balancer` : '',
    `version ${container.tag}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What a member of a cluster believes of its peers, and where it is wrong. */
function peerWords({ known, dead, unknown }: PeersView): string {
  return [
    `believes in ${count(known, 'peer')}`,
    dead > 0 ? `${dead} of them gone` : '',
    unknown > 0 ? `does not know ${unknown}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Stores that packets from this container do not reach. */
export const outOfReach = (container: ContainerView, stores: readonly StoreView[]): string =>
  stores
    .filter(({ cutOff }) => cutOff.includes(container.id))
    .map(({ name }) => `, no way to ${name}`)
    .join('');

export function storeWords(store: StoreView): string {
  const { connections, maxConnections, evicted, standby, cached } = store;
  const odd = [
    standby === null ? '' : standby ? 'a replica stands by' : 'no replica left',
    cached === null ? '' : `cache ${Math.round(cached * 100)} % full`,
    evicted > 0 ? `${evicted} evicted` : '',
    maxConnections !== null && connections >= maxConnections ? 'no connection left' : '',
  ].filter(Boolean);
  return [store.state, ...odd, ...heldWords(store)].join(', ');
}

const VOLUMES: Readonly<Record<VolumeView['kind'], string>> = {
  anonymous: 'anonymous volume',
  named: 'named volume',
  bind: 'bound directory',
  network: 'volume',
};

/** What a volume is, where it is, who mounts it and what is in it. */
export function volumeWords(
  { kind, host, mountedBy, orphaned, ...held }: VolumeView,
  containers: readonly ContainerView[],
  hosts: readonly HostView[],
): string {
  const names = containers.filter(({ id }) => mountedBy.includes(id)).map(({ name }) => name);
  const where =
    kind === 'network' ? 'on the network' : `on ${hosts.find(({ id }) => id === host)?.name ?? 'its host'}`;
  return [
    `${VOLUMES[kind]} ${where}`,
    orphaned
      ? 'left over: nothing will mount it again'
      : names.length > 0
        ? `mounted by ${names.join(' and ')}`
        : 'mounted by nobody',
    ...heldWords(held),
  ].join(', ');
}

const heldWords = ({
  sessions,
  uploads,
  records,
}: Pick<StoreView, 'sessions' | 'uploads' | 'records'>): string[] => {
  const held = [
    sessions > 0 ? count(sessions, 'session') : '',
    uploads > 0 ? count(uploads, 'upload') : '',
    records > 0 ? count(records, 'record') : '',
  ].filter(Boolean);
  return held.length > 0 ? held : ['nothing held'];
};

export function userWords({ userCount, usersSignedIn, usersAtDoor, usersReturned }: RunView): string {
  const out = userCount - usersSignedIn;
  return `${count(userCount, 'user')}: ${usersSignedIn} signed in${out > 0 ? `, ${out} not signed in` : ''}${usersAtDoor > 0 ? `, ${usersAtDoor} signing in` : ''}${usersReturned > 0 ? `, ${usersReturned} signed in again after a loss` : ''}`;
}
