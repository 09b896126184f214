import type { Answer, Command } from '../model/command.ts';
import { alive } from '../model/container.ts';
import { loseHost, rebootHost } from '../model/hosts.ts';
import { accepts } from '../model/lifecycle.ts';
import type { Host, World } from '../model/world.ts';
import { containerNamed } from './targets.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** Hosts of the scenario; the one that carries balancer and stores is nobody's to lose. */
const herdHosts = (w: World): Host[] => w.hosts.slice(0, w.scenario.hosts);

function hostNamed(w: World, name: string): Host | string {
  const hosts = herdHosts(w);
  return (
    hosts.find((h) => h.name === name) ??
    `paddock: no host is called ${name}; there is ${hosts.map((h) => h.name).join(', ')}`
  );
}

/** `paddock lose-host|reboot-host HOST`. */
export function hostFault(w: World, command: Of<'lose-host' | 'reboot-host'>, cause: number): Answer {
  const host = hostNamed(w, command.host);
  if (typeof host === 'string') return { ok: false, text: host };
  if (command.verb === 'lose-host') {
    if (host.lost) return { ok: false, text: `paddock: ${host.name} is lost already` };
    loseHost(w, host, cause);
    return { ok: true, text: host.name };
  }
  if (host.stopping || (!host.up && !host.lost))
    return { ok: false, text: `paddock: ${host.name} is rebooting already` };
  rebootHost(w, host, cause);
  return { ok: true, text: host.name };
}

/** `paddock evict CONTAINER --to HOST`. */
export function evict(w: World, command: Of<'evict'>, cause: number): Answer {
  const c = containerNamed(w, command.target);
  if (c === undefined) return { ok: false, text: `paddock: no container is called ${command.target}` };
  const host = hostNamed(w, command.to);
  if (typeof host === 'string') return { ok: false, text: host };
  if (w.services[c.service].def.role !== 'app')
    return { ok: false, text: `paddock: ${c.name} does not run on a host of the herd` };
  if (!alive(c)) return { ok: false, text: `paddock: ${c.name} is not running` };
  if (c.host === host.id && w.platform.machines === 'many')
    return { ok: false, text: `paddock: ${c.name} is on ${host.name} already` };
  if (!accepts(host)) return { ok: false, text: `paddock: ${host.name} is not up` };
  return w.platform.evict(w, c, host, cause);
}

/** What Docker's client says when the machine that its engine runs on does not answer; null = it does, or there are many. */
export function engineAway(w: World, command: Command): Answer | null {
  if (w.platform.machines === 'many' || accepts(w.hosts[0]) || !ENGINE_VERBS.includes(command.verb))
    return null;
  return {
    ok: false,
    text: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  };
}

/** Verbs that need an engine to answer them. */
const ENGINE_VERBS: readonly Command['verb'][] = [
  'kill',
  'stop',
  'start',
  'restart',
  'rm',
  'run',
  'update',
  'exec',
  'ps',
  'logs',
  'diff',
  'inspect',
  'compose-up',
  'compose-down',
];
