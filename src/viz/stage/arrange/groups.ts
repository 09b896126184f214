import type { HerdView } from '../../../sim/view.ts';
import { hasStall } from '../fall.ts';
import { type Shelf, shelfHeight } from './shelf.ts';
import type { Detail, HostPlace, StallPlace } from '../placed.ts';

/** Containers of one host, in the order of their numbers: the dead keep their place among the living. */
export interface HostGroup {
  /** Index into `view.hosts`, -1 where the view names none. */
  readonly host: number;
  /** Indices into `view.containers`. */
  readonly members: readonly number[];
  /** Height that its volumes need on the floor of its fence. */
  readonly shelf: number;
}

/** What the arrangement of a herd answers. */
export interface HerdPlace {
  readonly detail: Detail;
  readonly hosts: readonly HostPlace[];
  readonly stalls: readonly StallPlace[];
  /** Rows of stalls share a rail that enters from the side; a column has one rail each. */
  readonly shared: boolean;
}

/** Every host of the view with its containers; one nameless group where there is no host. */
export function groupByHost(view: HerdView, shelf: Shelf): HostGroup[] {
  const order = view.containers
    .map((_, index) => index)
    .filter((index) => hasStall(view.containers[index]!, view.t))
    .toSorted((a, b) => {
      const left = view.containers[a]!;
      const right = view.containers[b]!;
      return left.number - right.number || left.id - right.id;
    });
  if (view.hosts.length === 0) return [{ host: -1, members: order, shelf: 0 }];
  const known = new Map(view.hosts.map((host, index) => [host.id, index]));
  const members: number[][] = view.hosts.map(() => []);
  for (const index of order) members[known.get(view.containers[index]!.host) ?? 0]!.push(index);
  return members.map((list, host) => ({
    host,
    members: list,
    shelf: shelfHeight(view, view.hosts[host]!.id, shelf),
  }));
}
