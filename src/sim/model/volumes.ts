import type { Container, Mounted } from './container.ts';
import type { Mount, StateKind, StoreService } from './scenario.ts';
import { endPlace, isEmpty } from './state.ts';
import { type Store, storeIn } from './store.ts';
import type { World } from './world.ts';

/**
 * Volumes as places. A named or bind volume is one place per host, one on the network is one for all hosts (S-56, S-116);
 * an anonymous one belongs to the container that it was made for (S-23). They end with `-v`, or with their host.
 */

/** Directory that a kind of state is kept in, where it lives in files. */
export const pathOf = (paths: Readonly<Partial<Record<StateKind, string>>>, kind: StateKind): string =>
  paths[kind] ?? `/app/${kind}`;

/** Where the data of the store in this container is, or null. */
const dataPath = (w: World, c: Container): string | null =>
  storeIn(w, c)?.kind.dataPath(w.services[c.service].def as StoreService) ?? null;

/** Mounts of a new container: what is shared is found, what is anonymous is made for it (S-23). */
export function openMounts(w: World, c: Container): void {
  const def = w.services[c.service].def;
  c.mounts = def.mounts
    .filter((m) => m.type !== 'tmpfs')
    .map((m): Mounted =>
      m.source === null
        ? anonymous(w, c, m.target)
        : { target: trimmed(m.target), place: sharedVolume(w, c, m), anonymous: false },
    );
  const data = dataPath(w, c);
  if (data !== null && mountedAt(c, data) === undefined) c.mounts = [...c.mounts, anonymous(w, c, data)];
}

const trimmed = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path);

const anonymous = (w: World, c: Container, target: string): Mounted => ({
  target: trimmed(target),
  place: open(w, c, c.id, '', c.host),
  anonymous: true,
});

/** A volume of a store's container is reached through the store. */
function open(w: World, c: Container, owner: number, label: string, host: number): number {
  const store = storeIn(w, c);
  return store === undefined
    ? w.places.open('volume', owner, label, host)
    : w.places.open('store', store.id, label, host);
}

/** Pods of a StatefulSet: each claims a volume of its own, which stays with its number (S-76). */
function isNumbered(w: World, c: Container): boolean {
  const { def } = w.services[c.service];
  return def.role === 'app' && def.workload === 'statefulset';
}

/** The volume of a name on this host, or of a name on the network: made when it is first mounted. */
function sharedVolume(w: World, c: Container, mount: Mount): number {
  const claimed = mount.type === 'volume' && w.platform.claims === true;
  const own = claimed && isNumbered(w, c);
  const label = own ? `${mount.source ?? ''}-${c.name}` : (mount.source ?? '');
  const everywhere = mount.type === 'network' || claimed;
  const key = `${everywhere ? '*' : c.host}/${mount.type === 'bind' ? 'bind' : 'volume'}/${label}`;
  const had = w.volumes.get(key);
  if (had !== undefined && w.places.get(had) !== undefined) return had;
  const place = open(w, c, -1, label, everywhere ? -1 : c.host);
  w.volumes.set(key, place);
  return place;
}

/** The mount that a path lies in, the innermost where several do. */
function mountedAt(c: Container, path: string): Mounted | undefined {
  let best: Mounted | undefined;
  for (const m of c.mounts) {
    const inside = path === m.target || path.startsWith(m.target === '/' ? '/' : `${m.target}/`);
    if (inside && (best === undefined || m.target.length > best.target.length)) best = m;
  }
  return best;
}

/** Whether a path is on a volume or a tmpfs, and so outside the layer. */
export const isMounted = (w: World, c: Container, path: string): boolean =>
  mountedAt(c, path) !== undefined ||
  w.services[c.service].def.mounts.some(
    (m) => m.type === 'tmpfs' && path.startsWith(`${trimmed(m.target)}/`),
  );

/** Place of the volume at a path of this container; where nothing is mounted there, an anonymous volume is. */
export function volumeAt(w: World, c: Container, path: string): number {
  let mount = mountedAt(c, path);
  if (mount === undefined) {
    mount = anonymous(w, c, path);
    c.mounts = [...c.mounts, mount];
  }
  return mount.place;
}

/** Takes a container's anonymous volumes from it, to be handed on: it goes on using them until it ends. */
export function takeVolumes(c: Container): readonly Mounted[] {
  const own = c.mounts.filter((m) => m.anonymous);
  c.mounts = c.mounts.filter((m) => !m.anonymous);
  return own;
}

/** Compose recreates a container with the anonymous volumes of the one before (S-38). */
export function inheritVolumes(w: World, c: Container, given: readonly Mounted[]): void {
  for (const volume of given) {
    const place = w.places.get(volume.place);
    if (place === undefined) continue;
    for (const m of c.mounts) if (m.anonymous && m.target === volume.target) w.places.all.delete(m.place);
    c.mounts = [...c.mounts.filter((m) => m.target !== volume.target), volume];
    if (place.bound === 'volume') place.owner = c.id;
  }
}

/**
 * The container is gone. Its anonymous volumes go with it (`remove`: `docker rm -v`, Swarm's clearing away), or stay behind:
 * the bytes exist, and no container will ever mount them again (S-23). Returns the number of sessions lost.
 */
export function leaveVolumes(w: World, c: Container, remove: boolean, cause: number): number {
  let lost = 0;
  for (const m of c.mounts) {
    const place = m.anonymous ? w.places.get(m.place) : undefined;
    if (place === undefined) continue;
    leaveStore(w, m.place);
    if (isEmpty(w, place)) w.places.all.delete(m.place);
    else if (remove)
      lost += endPlace(w, m.place, w.journal.add(w.now, 'volume-removed', cause, c.id, -1, -1, 0, m.target));
    else {
      w.journal.add(w.now, 'volume-orphaned', cause, c.id, -1, -1, 0, m.target);
      place.owner = -1;
    }
  }
  c.mounts = c.mounts.filter((m) => !m.anonymous);
  return lost;
}

/**
 * Another container in the same pod: the volumes that the image declares go with the container, those that the file asks
 * for without a name (emptyDir) stay with the pod (S-68). Returns the number of sessions lost.
 */
export function renewMounts(w: World, c: Container, cause: number): number {
  const asked = w.services[c.service].def.mounts
    .filter((m) => m.source === null)
    .map((m) => trimmed(m.target));
  const kept = c.mounts.filter((m) => m.anonymous && asked.includes(m.target));
  c.mounts = c.mounts.filter((m) => !kept.includes(m));
  const lost = leaveVolumes(w, c, true, cause);
  openMounts(w, c);
  inheritVolumes(w, c, kept);
  return lost;
}

/** Volumes that the engine keeps under a name; what is bound in from a host's directory is none of them. */
export const namedVolumes = (w: World): string[] =>
  [...w.volumes]
    .filter(([key]) => key.includes('/volume/'))
    .map(([, serial]) => w.places.get(serial)?.label ?? '');

/** `docker compose down -v`: every named volume goes, with what is in it. */
export function removeVolumes(w: World, cause: number): void {
  for (const [key, serial] of w.volumes) {
    const place = w.places.get(serial);
    if (place === undefined || !key.includes('/volume/')) continue;
    const entry = w.journal.add(w.now, 'volume-removed', cause, -1, -1, -1, 0, place.label);
    leaveStore(w, serial);
    endPlace(w, serial, entry);
    w.volumes.delete(key);
  }
}

/** A host is gone with its disks: every volume on it, whoever mounts it. */
export function endVolumes(w: World, host: number, cause: number): void {
  for (const place of w.places.all.values()) {
    if (place.host !== host || (place.bound !== 'volume' && place.bound !== 'store')) continue;
    leaveStore(w, place.serial);
    endPlace(w, place.serial, cause);
  }
  for (const [key, serial] of w.volumes) if (w.places.get(serial) === undefined) w.volumes.delete(key);
}

/**
 * At the start of a store's process: what it holds is in the volume that its container has mounted. After a replacement
 * that is another, empty one, and what the old one holds is out of reach (S-107).
 */
export function mountStore(w: World, c: Container): void {
  const store = storeIn(w, c);
  const path = dataPath(w, c);
  if (store !== undefined && path !== null && !store.elsewhere) moveStore(w, store, volumeAt(w, c, path));
}

/** A store whose volume is out of reach, or about to end, holds nothing until it is started with another. */
function leaveStore(w: World, serial: number): void {
  const store = w.stores.find((s) => s.place === serial);
  if (store !== undefined) moveStore(w, store, w.places.open('store', store.id, '', -1));
}

/** From now on a store's data is in another place. Its clients follow the address, not the bytes. */
function moveStore(w: World, store: Store, to: number): void {
  const from = store.place;
  if (from === to) return;
  store.place = to;
  for (const c of w.containers)
    if (c.homes.includes(from)) c.homes = c.homes.map((home) => (home === from ? to : home));
  if (w.places.get(from)?.head === -1 && !w.containers.some((c) => c.mounts.some((m) => m.place === from)))
    w.places.all.delete(from);
}
