import type { Answer, Command } from '../model/command.ts';
import type { Container } from '../model/container.ts';
import { EV } from '../model/events.ts';
import {
  createContainer,
  planStart,
  removeContainer,
  startProcess,
  type Template,
} from '../model/lifecycle.ts';
import { removeServer, tellAdded } from '../model/pool.ts';
import { watchReadiness } from '../model/probes.ts';
import type { AppService } from '../model/scenario.ts';
import type { World } from '../model/world.ts';
import { cleanLayer } from './mechanisms/clean-layer.ts';
import * as deploys from './mechanisms/deploys.ts';
import { membersOf, serviceNamed, staying } from './mechanisms/members.ts';
import { finishRetired, retire } from './mechanisms/retire.ts';
import { awaitMinReady } from './mechanisms/rolling.ts';
import { DEADLINE, STAGE } from './mechanisms/timers.ts';
import type { Platform } from './platform.ts';

/** Codes of its timers, for a container: a step of a deploy may be possible; it is replaced; the balancer knows that it is gone. */
const LOOK = 1;
const REPLACE = 2;
const GONE = 3;

const stateOf = (w: World): deploys.Deploys => w.platformState as deploys.Deploys;
const advance = (w: World): void => deploys.advance(w, stateOf(w));

/**
 * A plain supervisor whose every rule is a key of the scenario: what it does when a process ends (`on-exit`), how it finds
 * out that one is ready, whom it tells, how it rolls. The measured herd was run by one like it.
 */
export const bare: Platform = {
  name: 'bare',
  notInSpec: ['rollout', 'pullPolicy'],
  machines: 'many',
  detectors: ['docker diff', 'docker compose up', 'terraform plan'],
  initialState: deploys.noDeploys,
  copyState: (state) => ({ ...(state as deploys.Deploys) }),
  alias: () => null,

  onStarted(w, c) {
    if (c.service === w.herd) watchReadiness(w, c);
    else c.ready = true;
  },
  onRemoved: (w) => advance(w),

  onAvailable(w, c) {
    if (c.ready) {
      // A container that was one of the balancer's servers all along is found again by its checks.
      if (c.server < 0 && deploys.admits(stateOf(w), c)) tell(w, c);
      if (c.replaces >= 0) removeServer(w, w.containers[c.replaces], c.entry);
      awaitMinReady(w, c, LOOK);
    }
    advance(w);
  },

  onExit(w, c) {
    if (c.terminating) {
      // The supervisor is through with a container when its process has ended and the balancer has been told.
      if (w.now < c.toldAt) {
        w.at(c.toldAt, EV.platform, c.id, GONE);
        return;
      }
      finishRetired(w, c, c.entry);
      if (c.afterStop === 'start') {
        c.afterStop = 'stay';
        startProcess(w, c, c.entry);
      }
      advance(w);
      return;
    }
    const rule = ruleFor(w, c);
    if (rule.do === 'restart') {
      if (rule.layer === 'wipe') cleanLayer(w, c);
      planStart(w, c, rule.delayMs);
    } else if (rule.do === 'replace') {
      w.after(rule.delayMs, EV.platform, c.id, REPLACE);
    }
    advance(w);
  },

  onTimer(w, a, b) {
    if (b === STAGE || b === DEADLINE) {
      if (b === DEADLINE) deploys.onDeadline(w, stateOf(w), a);
      else advance(w);
      return b;
    }
    const c = w.containers[a];
    if (b === GONE && c.phase === 'exited') finishRetired(w, c, c.entry);
    if (b === REPLACE && c.phase === 'exited' && !c.terminating) replace(w, c);
    advance(w);
    return b;
  },

  /** The supervisor sees a host go and come: it replaces elsewhere, or starts again what is there, as `on-exit` says. */
  onHost(w, host) {
    for (const c of w.containers) {
      if (c.host !== host.id) continue;
      if (c.phase === 'created' && host.up && !c.terminating) startProcess(w, c, host.entry);
      if (c.phase !== 'exited') continue;
      const rule = ruleFor(w, c);
      if (c.terminating) {
        if (!host.up) finishRetired(w, c, host.entry);
      } else if (!host.up && rule.do === 'replace') w.after(rule.delayMs, EV.platform, c.id, REPLACE);
      else if (host.up && rule.do === 'restart') {
        if (isSurplus(w, c)) clearAway(w, c);
        else planStart(w, c, rule.delayMs);
      }
    }
    advance(w);
  },

  onHostEmpty(w, host) {
    for (const c of w.containers)
      if (c.host === host.id && c.phase === 'exited' && !c.terminating && ruleFor(w, c).do === 'replace')
        replace(w, c);
  },

  evict(w, c, host, cause) {
    if (c.terminating) return { ok: false, text: `paddock: ${c.name} is leaving already` };
    // One of an earlier version is followed by its like: what becomes of that version is the deploy's business.
    const template = c.revision === w.services[c.service].revision ? undefined : c;
    const next = createContainer(w, c.service, cause, undefined, host.id, template);
    next.replaces = c.id;
    // Its successor runs before it goes: its end may be the next step of a deploy, which takes stock of what there is.
    startProcess(w, next, cause);
    retire(w, c, { cause, reason: 'evicted', after: 'remove' });
    return { ok: true, text: `${c.name} evicted: ${next.name} starts on ${host.name}` };
  },

  command: (w, command, cause) => command_(w, command, cause),
  redeploy: (w, service, cause) => update(w, service, w.services[service].image, cause),
  rescale(w, service, n, cause) {
    scale(w, service, n, cause);
    return { ok: true, text: `${w.services[service].def.name}: ${n} replicas` };
  },
};

/**
 * The balancer hears of a new container. A supervisor that probes counts on it from then on only, one that does not waits
 * for nothing.
 */
function tell(w: World, c: Container): void {
  const delay = w.app.endpointDelayMs;
  tellAdded(w, c, delay);
  if (delay <= 0 || w.app.readiness.kind !== 'probe') return;
  c.toldAt = w.now + delay;
  w.after(delay, EV.platform, c.id, LOOK);
}

/** Balancer and stores are started again where they are. */
function ruleFor(w: World, c: Container): AppService['onExit'] {
  const def = w.services[c.service].def;
  return def.role === 'app' ? def.onExit : { do: 'restart', delayMs: 500, layer: 'keep' };
}

/** A roll-out, or a command, has filled the place of a container that ended, or there is to be one less. */
function isSurplus(w: World, old: Container): boolean {
  const { wanted, revision } = w.services[old.service];
  const wantedRevision = templateFor(w, old)?.revision ?? revision;
  const alike = membersOf(w, old.service).filter((c) => staying(c) && c.revision === wantedRevision);
  return alike.length >= wanted;
}

function clearAway(w: World, old: Container): void {
  removeServer(w, old, old.entry);
  removeContainer(w, old, old.entry, true);
}

function replace(w: World, old: Container): void {
  if (isSurplus(w, old)) {
    clearAway(w, old);
    return;
  }
  const template = templateFor(w, old);
  const c = createContainer(w, old.service, old.entry, undefined, undefined, template);
  c.replaces = old.id;
  removeContainer(w, old, c.entry, true);
  startProcess(w, c, c.entry);
}

function command_(w: World, command: Command, cause: number): Answer | null {
  switch (command.verb) {
    case 'compose-up': {
      const lines: string[] = [];
      for (const [name, n] of Object.entries(command.scale)) {
        const service = serviceNamed(w, name);
        if (service < 0) return { ok: false, text: `no such service: ${name}` };
        scale(w, service, n, cause);
        lines.push(`${name}: ${n} replicas`);
      }
      if (command.forceRecreate) return update(w, w.herd, null, cause);
      return { ok: true, text: lines.join('\n') };
    }
    case 'service-scale': {
      const service = serviceNamed(w, command.service);
      if (service < 0) return { ok: false, text: `Error: No such service: ${command.service}` };
      scale(w, service, command.replicas, cause);
      return { ok: true, text: `${command.service} scaled to ${command.replicas}` };
    }
    case 'service-update': {
      const service = serviceNamed(w, command.service);
      if (service < 0) return { ok: false, text: `Error: No such service: ${command.service}` };
      return update(w, service, command.image, cause);
    }
    case 'update':
      if (command.restart === null) return null;
      return {
        ok: false,
        text: 'paddock: this supervisor goes by x-paddock.on-exit; a restart policy is not asked',
      };
    case 'service-rollback': {
      const service = serviceNamed(w, command.service);
      if (service < 0) return { ok: false, text: `Error: No such service: ${command.service}` };
      return deploys.control(w, stateOf(w), service, 'undo', cause);
    }
    case 'deploy': {
      const service = command.service === null ? w.herd : serviceNamed(w, command.service);
      if (service < 0) return { ok: false, text: `paddock: no service is called ${command.service}` };
      return deploys.control(w, stateOf(w), service, command.action, cause);
    }
    default:
      return null;
  }
}

/** While two versions stand side by side, a container is replaced by one of its own. */
function templateFor(w: World, old: Container): Template | undefined {
  const carrying = deploys.carries(stateOf(w), old.service);
  return carrying !== null && carrying.revision === old.revision ? carrying : undefined;
}

function scale(w: World, service: number, n: number, cause: number): void {
  const s = w.services[service];
  s.wanted = n;
  const template = deploys.carries(stateOf(w), service) ?? undefined;
  const members = membersOf(w, service).filter(
    (c) => staying(c) && (template === undefined || c.revision === template.revision),
  );
  for (let k = members.length; k < n; k++)
    startProcess(w, createContainer(w, service, cause, undefined, undefined, template), cause);
  // The newest go first.
  for (const c of members.reverse().slice(0, Math.max(0, members.length - n)))
    retire(w, c, { cause, reason: 'scaled in', after: 'remove' });
  advance(w);
}

function update(w: World, service: number, image: string | null, cause: number): Answer {
  deploys.begin(w, stateOf(w), service, image, cause);
  return { ok: true, text: `${w.services[service].def.name}: rolling out ${w.services[service].image}` };
}
