import { mix32 } from '../engine/random.ts';
import type { World } from './world.ts';

/** A build that somebody pushed under a name that was there already: the tag moves (C-11, C-39). */
export interface Build {
  /** The version of the scenario that it behaves as. */
  readonly like: string;
  readonly entry: number;
}

/** Which image hides behind a name. Replaced, never changed in place. */
export interface Images {
  /** Pushed builds by name, in order; build 0 is the one of t = 0. */
  readonly pushed: ReadonlyMap<string, readonly Build[]>;
  /** Build that a host holds, by `host name`. */
  readonly local: ReadonlyMap<string, number>;
}

export const noImages = (): Images => ({ pushed: new Map(), local: new Map() });

/**
 * When a new container's image is fetched: at every creation, only where the host has none of that name, or never by name,
 * because the service remembers the digest (Swarm).
 */
export type PullRule = 'always' | 'missing' | 'pinned';

/** `repository:tag` → tag. */
export const tagOf = (image: string): string => {
  const at = image.lastIndexOf(':');
  return at > image.lastIndexOf('/') ? image.slice(at + 1) : 'latest';
};

/** The build that the registry serves under a name now. */
export const latestBuild = (w: World, image: string): number => w.images.pushed.get(image)?.length ?? 0;

/** The version of the scenario that a build behaves as. */
export const versionOfBuild = (w: World, image: string, build: number): string =>
  build === 0 ? tagOf(image) : (w.images.pushed.get(image)?.[build - 1]?.like ?? tagOf(image));

/** `docker push`: the name means another build from now on; whoever holds the old one goes on with it. */
export function push(w: World, image: string, like: string, cause: number): number {
  const entry = w.journal.add(w.now, 'image-pushed', cause, -1, -1, -1, latestBuild(w, image) + 1, image);
  const pushed = new Map(w.images.pushed);
  pushed.set(image, [...(pushed.get(image) ?? []), { like, entry }]);
  w.images = { ...w.images, pushed };
  return entry;
}

const key = (host: number, image: string): string => `${host} ${image}`;

/** What `docker pull` would leave on a host. */
export function pull(w: World, host: number, image: string): number {
  const build = latestBuild(w, image);
  keep(w, host, image, build);
  return build;
}

function keep(w: World, host: number, image: string, build: number): void {
  if (w.images.local.get(key(host, image)) === build) return;
  w.images = { ...w.images, local: new Map(w.images.local).set(key(host, image), build) };
}

/** The build that a host holds under a name, or undefined. */
export const localBuild = (w: World, host: number, image: string): number | undefined =>
  w.images.local.get(key(host, image));

/** How a service's images are fetched. */
export function pullRule(w: World, service: number): PullRule {
  const s = w.services[service];
  return w.platform.pulls?.(w, service) ?? s.def.pullPolicy ?? 'missing';
}

/** The build that a container created now on a host runs. */
export function buildFor(w: World, service: number, host: number, image: string, pinned?: number): number {
  const rule = pullRule(w, service);
  if (rule === 'pinned') return pinned ?? w.services[service].build;
  return rule === 'missing' ? (localBuild(w, host, image) ?? pull(w, host, image)) : pull(w, host, image);
}

/** A digest as tools print it; the same name and build have the same everywhere. */
export function digestOf(image: string, build: number): string {
  let word = mix32(build + 1);
  for (let i = 0; i < image.length; i++) word = mix32(word ^ image.charCodeAt(i));
  let hex = '';
  for (let k = 0; k < 8; k++) {
    word = mix32(word + k);
    hex += (word >>> 0).toString(16).padStart(8, '0');
  }
  return `sha256:${hex}`;
}
