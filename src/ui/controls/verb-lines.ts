/** Verbs as console lines: what each button types, on the platform at hand. */
import type { ContainerView, StoreView } from '../../sim/view.ts';
import type { RunFacts, RunView } from '../../store/herd-state.ts';

export interface VerbLine {
  /** Accessible name of the button. */
  readonly name: string;
  /** Null = not now; `why` says so. */
  readonly line: string | null;
  readonly why: string;
}

const isAlive = (container: ContainerView): boolean =>
  ['running', 'booting', 'prestop', 'stopping'].includes(container.phase);

const verb = (name: string, line: string | null, why = ''): VerbLine => ({ name, line, why });

/** How the tool of a platform says it; `kill` and the like get a name, `scale` and `deploy` the service. */
interface Dialect {
  readonly kill: (name: string) => string;
  readonly stop: (name: string) => string;
  readonly exec: (name: string) => string;
  /** Null = what has ended cannot be started by hand. */
  readonly start: ((name: string) => string) | null;
  readonly scale: (facts: RunFacts, replicas: number) => string;
  readonly deploy: (facts: RunFacts, image: string) => string;
}

const docker: Pick<Dialect, 'kill' | 'stop' | 'exec' | 'start'> = {
  kill: (name) => `docker kill ${name}`,
  stop: (name) => `docker stop ${name}`,
  exec: (name) => `docker exec ${name}`,
  start: (name) => `docker start ${name}`,
};

/** Compose, and Docker by hand. */
const compose: Dialect = {
  ...docker,
  scale: ({ backend }, replicas) => `docker compose up -d --scale ${backend}=${replicas}`,
  deploy: ({ backend }, image) => `paddock set services.${backend}.image=${image}`,
};

const services: Dialect = {
  ...docker,
  scale: ({ name, backend }, replicas) => `docker service scale ${name}_${backend}=${replicas}`,
  deploy: ({ name, backend }, image) => `docker service update --image ${image} ${name}_${backend}`,
};

const kubernetes: Dialect = {
  kill: (name) => `kubectl delete pod ${name} --grace-period=0 --force`,
  stop: (name) => `kubectl delete pod ${name}`,
  exec: (name) => `kubectl exec ${name} --`,
  start: null,
  scale: ({ name, backend }, replicas) =>
    `kubectl scale deployment/${name}-${backend} --replicas=${replicas}`,
  deploy: ({ name, backend }, image) => `kubectl set image deployment/${name}-${backend} ${backend}=${image}`,
};

const DIALECTS: Readonly<Record<string, Dialect>> = { swarm: services, bare: services, kubernetes };
const dialectOf = (platform: string | undefined): Dialect => DIALECTS[platform ?? ''] ?? compose;

/** What can be done to one container. */
export function containerVerbs(container: ContainerView | null, platform: string | undefined): VerbLine[] {
  const none = 'there is no container';
  const say = dialectOf(platform);
  const alive = container && isAlive(container) ? container.name : null;
  const ended = container ? `${container.name} is not running` : none;
  const edit = `sh -c 'echo fixed by hand >> /app/config.js'`;
  return [
    verb('Kill', alive && say.kill(alive), ended),
    verb('Crash', alive && `paddock crash ${alive}`, ended),
    verb('Stop', alive && say.stop(alive), ended),
    verb('Edit by hand', alive && `${say.exec(alive)} ${edit}`, ended),
  ];
}

/** Start is offered only for what has ended and is still there, where a person can start it. */
export function startVerb(container: ContainerView | null, platform: string | undefined): VerbLine | null {
  const { start } = dialectOf(platform);
  return start && container && (container.phase === 'exited' || container.phase === 'created')
    ? verb('Start', start(container.name))
    : null;
}

/** What can be done to the herd as a whole. */
export function herdVerbs(facts: RunFacts, view: RunView): VerbLine[] {
  if (facts.platform === 'docker') return engineVerbs(facts, view);
  const say = dialectOf(facts.platform);
  return [
    verb('Scale up', say.scale(facts, view.wanted + 1)),
    verb(
      'Scale down',
      view.wanted > 0 ? say.scale(facts, view.wanted - 1) : null,
      'nothing is left to take away',
    ),
    verb('Deploy', say.deploy(facts, nextImage(facts, view))),
  ];
}

/** With docker alone containers are made and removed one by one, and a new version runs beside the old one. */
function engineVerbs(facts: RunFacts, view: RunView): VerbLine[] {
  const there = view.containers.filter(({ phase }) => phase !== 'removed');
  const last = there.at(-1);
  return [
    verb('Scale up', `docker run -d ${facts.image}`),
    verb('Scale down', last ? `docker rm -f ${last.name}` : null, 'nothing is left to take away'),
    verb('Deploy', `docker run -d ${nextImage(facts, view)}`),
  ];
}

export function storeVerbs(store: StoreView): VerbLine[] {
  return store.state === 'down'
    ? [verb('Start store', `paddock store ${store.name} up`)]
    : [verb('Stop store', `paddock store ${store.name} down`)];
}

/** The tag after the newest that runs: the next one the file knows, else one minor version on. */
export function nextImage({ image, tags }: RunFacts, view: RunView): string {
  const newest = view.containers.reduce<ContainerView | null>(
    (best, container) => (best === null || container.version > best.version ? container : best),
    null,
  );
  const colon = image.lastIndexOf(':');
  const repository = colon > image.lastIndexOf('/') ? image.slice(0, colon) : image;
  const tag = newest?.tag ?? (colon > 0 ? image.slice(colon + 1) : '1.0');
  const known = tags[tags.indexOf(tag) + 1];
  return `${repository}:${known ?? tagAfter(tag)}`;
}

function tagAfter(tag: string): string {
  const match = /^(.*?)(\d+)$/.exec(tag);
  return match ? `${match[1]}${Number(match[2]) + 1}` : `${tag}-next`;
}
