/** What may befall a herd, as the console lines that bring it about on each platform. */
import type { ContainerView, HerdView } from '../../sim/view.ts';

export const ORDEALS = [
  'crash',
  'restart',
  'replacement',
  'scale-in',
  'deploy',
  'host loss',
  'store loss',
] as const;
export type Ordeal = (typeof ORDEALS)[number];

interface Herd {
  readonly view: HerdView;
  /** Name of the app service behind the balancer, and its image. */
  readonly backend: string;
  readonly image: string;
  /** The container that is to suffer. */
  readonly victim: ContainerView;
}

type Lines = Readonly<
  Record<Exclude<Ordeal, 'store loss' | 'host loss' | 'crash'>, (herd: Herd) => string[]>
>;

const composed = ({ backend }: Herd, n: number): string => `docker compose up -d --scale ${backend}=${n}`;
const service = ({ view, backend }: Herd): string => `${view.project}_${backend}`;

const deployment = ({ view, backend }: Herd): string => `deployment/${view.project}-${backend}`;

const SERVICES: Lines = {
  restart: ({ victim }) => [`docker restart ${victim.name}`],
  replacement: ({ victim }) => [`docker rm -f ${victim.name}`],
  'scale-in': (herd) => [`docker service scale ${service(herd)}=${herd.view.wanted - 1}`],
  deploy: (herd) => [`docker service update --force ${service(herd)}`],
};

/** Null = the platform has no word for it: it cannot happen there by command. */
const LINES: Readonly<Record<string, Lines>> = {
  bare: {
    ...SERVICES,
    replacement: (herd) => [`docker service update --force ${service(herd)}`],
  },
  swarm: SERVICES,
  docker: {
    restart: SERVICES.restart,
    replacement: () => [],
    'scale-in': () => [],
    deploy: () => [],
  },
  compose: {
    restart: SERVICES.restart,
    replacement: (herd) => [`docker rm -f ${herd.victim.name}`, composed(herd, herd.view.wanted)],
    'scale-in': (herd) => [composed(herd, herd.view.wanted - 1)],
    deploy: () => ['docker compose up -d --force-recreate'],
  },
  kubernetes: {
    restart: ({ victim }) => [`kubectl exec ${victim.name} -- kill 1`],
    replacement: ({ victim }) => [`kubectl delete pod ${victim.name}`],
    'scale-in': (herd) => [`kubectl scale ${deployment(herd)} --replicas=${herd.view.wanted - 1}`],
    deploy: (herd) => [`kubectl rollout restart ${deployment(herd)}`],
  },
};

/** The lines of an ordeal; none = it cannot be tried here. */
export function linesOf(ordeal: Ordeal, herd: Herd): string[] {
  const { view, victim } = herd;
  if (ordeal === 'crash') return [`paddock crash ${victim.name}`];
  if (ordeal === 'store loss') return view.stores.map(({ name }) => `paddock store ${name} kill`);
  if (ordeal === 'host loss') {
    const host = view.hosts.find(({ id }) => id === victim.host);
    return host ? [`paddock lose-host ${host.name}`] : [];
  }
  if (ordeal === 'scale-in' && view.wanted < 1) return [];
  return LINES[view.platform]?.[ordeal](herd) ?? [];
}
