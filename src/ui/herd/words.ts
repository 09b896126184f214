/** What the picture shows, in words. */
import type { ContainerView, StoreView } from '../../sim/view.ts';
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
  bare: 'a bare host',
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
  const due = dueAt !== null && dueAt > t ? `${seconds(dueAt - t)} to go` : '';
  const isLive = phase === 'running' || phase === 'prestop' || phase === 'stopping';
  return [
    reason ? `${PHASES[phase]} (${reason})` : PHASES[phase],
    due,
    isLive ? count(sessions, 'session') : '',
    !isLive && lostSessions > 0 ? `${count(lostSessions, 'session')} lost` : '',
    edits > 0 ? count(edits, 'hand edit') : '',
    frozen ? 'frozen' : '',
    slow > 1 ? `${slow} times slower` : '',
    health === 'unhealthy' ? 'unhealthy' : '',
    isLive && server !== 'up' && server !== 'absent' ? `${server} at the balancer` : '',
    `version ${container.tag}`,
  ]
    .filter(Boolean)
    .join(', ');
}

export function storeWords(store: StoreView): string {
  const held = [
    store.sessions > 0 ? count(store.sessions, 'session') : '',
    store.uploads > 0 ? count(store.uploads, 'upload') : '',
    store.records > 0 ? count(store.records, 'record') : '',
  ].filter(Boolean);
  return [store.state, ...(held.length > 0 ? held : ['nothing held'])].join(', ');
}

export function userWords({ userCount, usersSignedIn, usersAtDoor }: RunView): string {
  const out = userCount - usersSignedIn;
  return `${count(userCount, 'user')}: ${usersSignedIn} signed in${out > 0 ? `, ${out} not signed in` : ''}${usersAtDoor > 0 ? `, ${usersAtDoor} signing in` : ''}`;
}
