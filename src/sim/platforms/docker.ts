import type { Answer, Command } from '../model/command.ts';
import { createContainer, startProcess } from '../model/lifecycle.ts';
import type { World } from '../model/world.ts';
import {
  engineExited,
  engineHost,
  engineRestarted,
  engineStarted,
  noRollOut,
  notASwarm,
  nowhere,
} from './mechanisms/engine.ts';
import { membersOf } from './mechanisms/members.ts';
import { startRefused } from './mechanisms/ports.ts';
import type { Platform } from './platform.ts';

const INSTEAD = 'With docker alone: docker run -d IMAGE, docker rm -f CONTAINER';

/**
 * One Docker Engine and nobody who wants anything: containers are run one by one, a restart policy may start the same one
 * again (S-1 to S-7), and what is removed is gone. Nothing scales, updates or reconciles.
 */
export const docker: Platform = {
  name: 'docker',
  notInSpec: ['pullPolicy'],
  machines: 'one',
  detectors: ['docker diff', 'terraform plan'],
  initialState: () => null,
  copyState: (state) => state,
  alias: () => null,

  onStarted: engineStarted,
  /** Nobody misses it: what exists is what is wanted. */
  onRemoved(w, c) {
    w.services[c.service].wanted = membersOf(w, c.service).length;
  },

  onExit(w, c) {
    if (c.terminating && engineRestarted(w, c)) return;
    engineExited(w, c);
  },

  onTimer: () => 0,
  onHost: engineHost,
  evict: nowhere,

  command(w, command, cause): Answer | null {
    switch (command.verb) {
      case 'run':
        return run(w, command, cause);
      case 'compose-up':
      case 'compose-down':
        return { ok: false, text: `no configuration file provided: not found\n${INSTEAD}` };
      case 'service-scale':
      case 'service-update':
      case 'service-rollback':
        return notASwarm(INSTEAD);
      case 'deploy':
        return noRollOut(w, 'docker rm and docker run');
      default:
        return null;
    }
  },

  rescale: (w, service) => ({
    ok: true,
    text: `${w.services[service].def.name}: docker keeps no number of replicas; docker run and docker rm change how many there are`,
  }),
  redeploy: (w, service) => ({
    ok: true,
    text: `${w.services[service].def.name}: its containers stay as they were made; docker rm and docker run replace them one by one`,
  }),
};

/** `docker run -d [--name NAME] [--restart POLICY] IMAGE`: one more container of the service that has this image. */
function run(w: World, command: Extract<Command, { verb: 'run' }>, cause: number): Answer {
  const repository = (image: string): string => image.slice(0, image.length - tagPart(image).length);
  const service = w.services.findIndex(
    (s) => s.def.role === 'app' && repository(s.def.image) === repository(command.image),
  );
  if (service < 0)
    return {
      ok: false,
      text: `docker: Error response from daemon: pull access denied for ${repository(command.image)}, repository does not exist or may require 'docker login': denied`,
    };
  const s = w.services[service];
  const prefix = `${w.scenario.name}-${s.def.name}-`;
  const digits = command.name?.startsWith(prefix) === true ? command.name.slice(prefix.length) : '';
  const number = /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : undefined;
  const name = command.name ?? s.def.containerName ?? `${prefix}${s.nextNumber}`;
  const holder = w.containers.find((c) => c.phase !== 'removed' && c.name === name);
  if (holder !== undefined)
    return {
      ok: false,
      text: `docker: Error response from daemon: Conflict. The container name "/${name}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    };
  const { revision, def } = s;
  const template = { revision, image: command.image, environment: def.environment };
  const c = createContainer(w, service, cause, number, undefined, template);
  c.name = name;
  if (command.restart !== null) {
    c.restart = command.restart;
    c.restartMax = command.restartMax;
  }
  s.wanted = membersOf(w, service).length;
  const refused = startRefused(w, c);
  if (refused !== null) return { ok: false, text: `docker: ${refused}` };
  startProcess(w, c, cause);
  return { ok: true, text: name };
}

const tagPart = (image: string): string => {
  const at = image.lastIndexOf(':');
  return at > image.lastIndexOf('/') ? image.slice(at) : '';
};
