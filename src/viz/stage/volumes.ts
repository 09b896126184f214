import type { HerdView, StoreView, VolumeView } from '../../sim/view.ts';

/** Volumes that are drawn as one box: one of them, or all of a kind where there is no room for a box each. */
export type VolumeGroup = readonly VolumeView[];

/** What is shared comes first, then what a container has of its own, then what nobody reaches any more. */
const rank = ({ kind, orphaned }: VolumeView): number => (orphaned ? 2 : kind === 'anonymous' ? 1 : 0);

/** Volumes on the disk of a host, in at most `room` boxes (1 or more): where they are too many, those of a kind share one. */
export function volumesOn(view: HerdView, host: number, room: number): VolumeGroup[] {
  const all = view.volumes.filter((volume) => volume.host === host).toSorted((a, b) => rank(a) - rank(b));
  const groups = all.map((volume): VolumeView[] => [volume]);
  // Those left over are the first to share a box, and what is mounted under a name the last.
  for (const shared of [2, 1, 0]) {
    if (groups.length <= room) break;
    const first = groups.findIndex(([volume]) => rank(volume!) === shared);
    if (first < 0) continue;
    const last = groups.findLastIndex(([volume]) => rank(volume!) === shared);
    groups.splice(first, last - first + 1, groups.slice(first, last + 1).flat());
  }
  return groups.length <= room ? groups : [groups.flat()];
}

/** Numbers of volumes among those of stores. */
const FIRST_VOLUME = 2_000_000;

/** Where state is kept beside the hosts: stores, and volumes on the network. In the order of `withNetworkVolumes`. */
export const backing = (view: HerdView): { readonly id: number; readonly kind: string }[] => [
  ...view.stores,
  ...view.volumes.filter(({ host }) => host < 0).map(({ id }) => ({ id: FIRST_VOLUME + id, kind: 'volume' })),
];

/** The view with its volumes on the network among the stores, where they are drawn: beside the hosts, not on one. */
export function withNetworkVolumes(view: HerdView): HerdView {
  const network = view.volumes.filter(({ host }) => host < 0);
  return network.length === 0 ? view : { ...view, stores: [...view.stores, ...network.map(asStore)] };
}

const asStore = ({ id, name, sessions, uploads, records }: VolumeView): StoreView => ({
  id: FIRST_VOLUME + id,
  name,
  kind: 'volume',
  state: 'up',
  persistence: 'disk',
  sessions,
  uploads,
  records,
  evicted: 0,
  keys: 0,
  maxKeys: null,
  connections: 0,
  maxConnections: null,
  savedAt: null,
  unsaved: 0,
  standby: null,
  takeoverAt: null,
  cached: null,
  waiting: 0,
  cutOff: [],
});

/** Whose volume it is, in a few words; the shorter ones where there is no room. */
export function volumeName(group: VolumeGroup, view: HerdView, fits: (words: string) => boolean): string {
  const [first] = group;
  if (!first) return '';
  const names = group.length > 1 ? groupNames(group) : ownNames(first, view);
  return names.find(fits) ?? names.at(-1)!;
}

function ownNames({ name, kind, orphaned, mountedBy }: VolumeView, view: HerdView): string[] {
  if (orphaned) return ['left over, no way in', 'left over', 'left'];
  if (kind === 'bind') return [`folder ${name}`, name];
  if (kind === 'named') return [`volume ${name}`, name];
  const owner = view.containers.find(({ id }) => id === mountedBy[0]);
  return owner
    ? [
        `volume of ${owner.service}-${owner.number}`,
        `${owner.service}-${owner.number}’s`,
        `${owner.number}’s`,
      ]
    : ['volume'];
}

const groupNames = (group: VolumeGroup): string[] =>
  group.every(({ orphaned }) => orphaned)
    ? [`${group.length} left over`, `${group.length} left`]
    : [`${group.length} volumes`, `${group.length} vol.`, `${group.length}×`];
