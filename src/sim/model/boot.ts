import { versionOf } from './behaviour.ts';
import type { Container } from './container.ts';
import { EV } from './events.ts';
import { nameFault } from './names.ts';
import type { AppService } from './scenario.ts';
import type { World } from './world.ts';

/** The registry has no such tag, or does not give it out. */
export const pullFails = (app: AppService, tag: string): boolean => app.versions[tag]?.pull === 'fails';

/** Reason of an end for want of an image. */
export const NO_IMAGE = 'no image';

/** As Docker says it. */
export const pullError = (image: string): string =>
  `Error response from daemon: manifest for ${image} not found: manifest unknown`;

/** It takes a process (or a registry) this many ms to find out, however short the boot is. */
export const FIND_OUT_MS = 100;

/** Why a container's process cannot come up, in words, or null. */
export function bootFault(w: World, c: Container): string | null {
  const app = w.services[c.service].def;
  if (app.role !== 'app') return nameFault(w, c);
  if (pullFails(app, c.tag))
    return `the image ${app.image.replace(/:[^:/]*$/, '')}:${c.tag} cannot be pulled`;
  const version = versionOf(w, app, c);
  const missing = [...app.requires, ...(version.requires ?? [])].find((name) => !c.environment[name]);
  if (missing !== undefined) return `the environment does not set ${missing}`;
  return version.crash === 'boot' ? 'it crashes while it starts' : null;
}

/** The process is up; a version that crashes some time later has its hour. */
export function planCrash(w: World, c: Container): void {
  const app = w.services[c.service].def;
  const crash = app.role === 'app' ? versionOf(w, app, c).crash : undefined;
  if (typeof crash === 'number') w.after(crash, EV.crashDue, c.id, c.life);
}
