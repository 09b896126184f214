/** How the tool of each platform says what a person wants done to a herd. One record a platform, and nowhere else. */
import type { NamedHerd } from './named-herd.ts';

/** A list of lines is what a person would type one after the other. */
interface Dialect {
  /** What there is. */
  readonly list: string;
  readonly kill: (name: string) => string;
  readonly stop: (name: string) => string;
  /** The beginning of a line that runs a command inside. */
  readonly exec: (name: string) => string;
  /** Null = what has ended cannot be started by hand. */
  readonly start: ((name: string) => string) | null;
  readonly restart: (name: string) => string;
  /** This one goes for good and another comes. */
  readonly replace: (herd: NamedHerd, name: string) => readonly string[];
  /** To `replicas`, which may be more or fewer. */
  readonly scale: (herd: NamedHerd, replicas: number) => readonly string[];
  /** Another image. */
  readonly deploy: (herd: NamedHerd, image: string) => string;
  /** The same image again: every container is made anew. */
  readonly redeploy: (herd: NamedHerd) => readonly string[];
  /** One goes as planned, with its grace; which one, the platform may decide. */
  readonly leave: (herd: NamedHerd, name: string) => readonly string[];
  /** Whether a planned end goes by a preStop and by what the balancer is told; else it is a signal and a grace period. */
  readonly notice: boolean;
}

const engine = {
  list: 'docker ps',
  kill: (name: string) => `docker kill ${name}`,
  stop: (name: string) => `docker stop ${name}`,
  exec: (name: string) => `docker exec ${name}`,
  start: (name: string) => `docker start ${name}`,
  restart: (name: string) => `docker restart ${name}`,
};

const again = ({ name, image }: { readonly name: string; readonly image: string }): string[] => [
  `docker rm -f ${name}`,
  `docker run -d --name ${name} ${image}`,
];

/** Nobody counts: containers are made and removed one by one, and a new version runs beside the old one. */
const docker: Dialect = {
  ...engine,
  replace: (herd, name) => again(herd.containers.find((c) => c.name === name) ?? { name, image: herd.image }),
  scale({ containers, image }, replicas) {
    const more = replicas - containers.length;
    return more > 0
      ? Array.from({ length: more }, () => `docker run -d ${image}`)
      : containers.slice(replicas).map(({ name }) => `docker rm -f ${name}`);
  },
  deploy: (_, image) => `docker run -d ${image}`,
  redeploy: ({ containers }) => containers.flatMap(again),
  leave: (_, name) => [engine.stop(name)],
  notice: false,
};

const upTo = (herd: NamedHerd, replicas: number): string =>
  `docker compose up -d --scale ${herd.service}=${replicas}`;

const compose: Dialect = {
  ...engine,
  replace: (herd, name) => [`docker rm -f ${name}`, upTo(herd, herd.wanted)],
  scale: (herd, replicas) => [upTo(herd, replicas)],
  deploy: ({ service }, image) => `paddock set services.${service}.image=${image}`,
  redeploy: () => ['docker compose up -d --force-recreate'],
  leave: (herd) => [upTo(herd, herd.wanted - 1)],
  notice: false,
};

const task = ({ project, service }: NamedHerd): string => `${project}_${service}`;
const scaledTo = (herd: NamedHerd, replicas: number): string =>
  `docker service scale ${task(herd)}=${replicas}`;

const swarm: Dialect = {
  ...engine,
  replace: (_, name) => [`docker rm -f ${name}`],
  scale: (herd, replicas) => [scaledTo(herd, replicas)],
  deploy: (herd, image) => `docker service update --image ${image} ${task(herd)}`,
  redeploy: (herd) => [`docker service update --force ${task(herd)}`],
  leave: (herd) => [scaledTo(herd, herd.wanted - 1)],
  notice: true,
};

const workload = (herd: NamedHerd): string => `${herd.workload}/${herd.project}-${herd.service}`;

const kubernetes: Dialect = {
  list: 'kubectl get pods',
  kill: (name) => `kubectl delete pod ${name} --grace-period=0 --force`,
  stop: (name) => `kubectl delete pod ${name}`,
  exec: (name) => `kubectl exec ${name} --`,
  // A pod starts its container by itself.
  start: null,
  restart: (name) => `kubectl exec ${name} -- kill 1`,
  replace: (_, name) => [`kubectl delete pod ${name}`],
  scale: (herd, replicas) => [`kubectl scale ${workload(herd)} --replicas=${replicas}`],
  deploy: (herd, image) => `kubectl set image ${workload(herd)} ${herd.service}=${image}`,
  redeploy: (herd) => [`kubectl rollout restart ${workload(herd)}`],
  leave: (_, name) => [`kubectl delete pod ${name}`],
  notice: true,
};

/** A supervisor counts when it is told a number: what was taken away by hand comes back with that. */
const bare: Dialect = {
  ...swarm,
  replace: (herd, name) => [`docker rm -f ${name}`, scaledTo(herd, herd.wanted)],
};

const DIALECTS: Readonly<Record<string, Dialect>> = { bare, docker, compose, swarm, kubernetes };

/** Names of the platforms that have a dialect. */
export const SPOKEN = Object.keys(DIALECTS);

/** The dialect of a platform; before one is known, Docker's. */
export const dialectOf = (platform: string | undefined): Dialect => DIALECTS[platform ?? ''] ?? docker;
