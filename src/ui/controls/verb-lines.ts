/** Verbs as console lines: what each button types, on the platform at hand. */
import { dialectOf } from '../../commands/dialects.ts';
import { namedHerd, withTag } from '../../commands/named-herd.ts';
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
  const say = dialectOf(facts.platform);
  const { name: project, backend: service, workload, image } = facts;
  const herd = namedHerd({ project, service, workload, image }, view);
  const one = (lines: readonly string[]): string | null => lines[0] ?? null;
  return [
    verb('Scale up', one(say.scale(herd, herd.wanted + 1))),
    verb(
      'Scale down',
      herd.wanted > 0 ? one(say.scale(herd, herd.wanted - 1)) : null,
      'nothing is left to take away',
    ),
    verb('Deploy', say.deploy(herd, nextImage(facts, view))),
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
  const tag = newest?.tag ?? (colon > image.lastIndexOf('/') ? image.slice(colon + 1) : '1.0');
  return withTag(image, tags[tags.indexOf(tag) + 1] ?? tagAfter(tag));
}

function tagAfter(tag: string): string {
  const match = /^(.*?)(\d+)$/.exec(tag);
  return match ? `${match[1]}${Number(match[2]) + 1}` : `${tag}-next`;
}
