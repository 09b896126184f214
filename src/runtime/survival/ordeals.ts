/** What may befall a herd, as the console lines that bring it about on its platform. */
import { dialectOf } from '../../commands/dialects.ts';
import type { NamedHerd } from '../../commands/named-herd.ts';
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

interface Subject {
  readonly view: HerdView;
  readonly herd: NamedHerd;
  /** The container that is to suffer. */
  readonly victim: ContainerView;
}

/** Lines to type, or why there are none, in a few words. */
type Recipe = readonly string[] | string;

const RECIPES: Readonly<Record<Ordeal, (subject: Subject) => Recipe>> = {
  crash: ({ victim }) => [`paddock crash ${victim.name}`],
  restart: ({ view, victim }) => [dialectOf(view.platform).restart(victim.name)],
  replacement: ({ view, herd, victim }) => dialectOf(view.platform).replace(herd, victim.name),
  'scale-in': ({ view, herd }) =>
    herd.wanted < 1 ? 'none is wanted' : dialectOf(view.platform).scale(herd, herd.wanted - 1),
  deploy: ({ view, herd }) => dialectOf(view.platform).redeploy(herd),
  'host loss': ({ view, victim }) => {
    const host = view.hosts.find(({ id }) => id === victim.host);
    return host ? [`paddock lose-host ${host.name}`] : 'no host';
  },
  'store loss': ({ view }) =>
    view.stores.length === 0 ? 'no store here' : view.stores.map(({ name }) => `paddock store ${name} kill`),
};

export const recipeOf = (ordeal: Ordeal, subject: Subject): Recipe => RECIPES[ordeal](subject);
