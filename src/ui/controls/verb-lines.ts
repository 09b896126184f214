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

/** What can be done to one container. */
export function containerVerbs(container: ContainerView | null): VerbLine[] {
  const none = 'there is no container';
  const alive = container && isAlive(container) ? container.name : null;
  const ended = container ? `${container.name} is not running` : none;
  const edit = `sh -c 'echo fixed by hand >> /app/config.js'`;
  return [
    verb('Kill', alive && `docker kill ${alive}`, ended),
    verb('Crash', alive && `paddock crash ${alive}`, ended),
    verb('Stop', alive && `docker stop ${alive}`, ended),
    verb('Edit by hand', alive && `docker exec ${alive} ${edit}`, ended),
  ];
}

/** Start is offered only for what has ended and is still there. */
export function startVerb(container: ContainerView | null): VerbLine | null {
  return container && (container.phase === 'exited' || container.phase === 'created')
    ? verb('Start', `docker start ${container.name}`)
    : null;
}

/** What can be done to the herd as a whole. */
export function herdVerbs(facts: RunFacts, view: RunView): VerbLine[] {
  const { platform, name, backend } = facts;
  if (platform === 'docker') return engineVerbs(facts, view);
  const hasServices = platform === 'swarm' || platform === 'bare';
  const scaleTo = (replicas: number): string =>
    hasServices
      ? `docker service scale ${name}_${backend}=${replicas}`
      : `docker compose up -d --scale ${backend}=${replicas}`;
  const next = nextImage(facts, view);
  const deploy = hasServices
    ? `docker service update --image ${next} ${name}_${backend}`
    : `paddock set services.${backend}.image=${next}`;
  return [
    verb('Scale up', scaleTo(view.wanted + 1)),
    verb('Scale down', view.wanted > 0 ? scaleTo(view.wanted - 1) : null, 'nothing is left to take away'),
    verb('Deploy', deploy),
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
