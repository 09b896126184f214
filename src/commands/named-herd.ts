/** The herd behind the balancer, as console lines name it. */
import type { ContainerView } from '../sim/view.ts';

/** What the lines name. */
export interface NamedHerd {
  readonly project: string;
  /** The app service behind the balancer, and what runs it where somebody watches over numbers. */
  readonly service: string;
  readonly workload: 'deployment' | 'statefulset';
  /** `shop:1.0`: what a new container is made from. */
  readonly image: string;
  /** How many there should be. */
  readonly wanted: number;
  /** Containers of the service that are there, the oldest first, each with the image it was made from. */
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

export function namedHerd(
  names: Pick<NamedHerd, 'project' | 'service' | 'workload' | 'image'>,
  { wanted, containers }: { readonly wanted: number; readonly containers: readonly ContainerView[] },
): NamedHerd {
  const there = containers
    .filter((c) => c.service === names.service && c.phase !== 'removed')
    .map(({ name, tag }) => ({ name, image: withTag(names.image, tag) }));
  return { ...names, wanted, containers: there };
}

/** `shop:1.0` with another tag. */
export function withTag(image: string, tag: string): string {
  const colon = image.lastIndexOf(':');
  return `${colon > image.lastIndexOf('/') ? image.slice(0, colon) : image}:${tag}`;
}
