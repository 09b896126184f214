import type { Answer, Command } from '../model/command.ts';
import type { Container } from '../model/container.ts';
import { EV } from '../model/events.ts';
import { createContainer, planStart, removeContainer, startProcess } from '../model/lifecycle.ts';
import { removeServer, tellAdded } from '../model/pool.ts';
import { watchReadiness } from '../model/probes.ts';
import { endPlace } from '../model/state.ts';
import type { AppService } from '../model/scenario.ts';
import type { World } from '../model/world.ts';
import { membersOf, serviceNamed, staying } from './mechanisms/members.ts';
import { finishRetired, retire } from './mechanisms/retire.ts';
import { type Rollout, awaitMinReady, roll } from './mechanisms/rolling.ts';
import type { Platform } from './platform.ts';

interface BareState {
  rollout: Rollout | null;
}

/**
 * A plain supervisor whose every rule is a key of the scenario: what it does when a process ends (`on-exit`), how it finds
 * out that one is ready, whom it tells, how it rolls. The measured herd was run by one like it.
 */
export const bare: Platform = {
  name: 'bare',
  initialState: (): BareState => ({ rollout: null }),
  copyState: (state) => ({ ...(state as BareState) }),
  alias: () => null,

  onStarted(w, c) {
    if (c.service === w.herd) watchReadiness(w, c);
    else c.ready = true;
  },
  onBooted() {},
  onHealth() {},
  onRemoved: (w) => advance(w),

  onAvailable(w, c) {
    if (c.ready) {
      // A container that was one of the balancer's servers all along is found again by its checks.
      if (c.server < 0) tellAdded(w, c, w.app.endpointDelayMs);
      if (c.replaces >= 0) removeServer(w, w.containers[c.replaces], c.entry);
      awaitMinReady(w, c);
    }
    advance(w);
  },

  onExit(w, c) {
    if (c.terminating) {
      // The supervisor is through with a container when its process has ended and the balancer has been told.
      if (w.now < c.toldAt) {
        w.at(c.toldAt, EV.platform, c.id, 3);
        return;
      }
      finishRetired(w, c, c.entry);
      if (c.afterStop === 'start') startProcess(w, c, c.entry);
      advance(w);
      return;
    }
    const def = w.services[c.service].def;
    const rule = def.role === 'app' ? def.onExit : { do: 'restart', delayMs: 500, layer: 'keep' };
    if (rule.do === 'restart') {
      if (rule.layer === 'wipe') wipeLayer(w, c);
      planStart(w, c, rule.delayMs);
    } else if (rule.do === 'replace') {
      w.after(rule.delayMs, EV.platform, c.id, 2);
    }
    advance(w);
  },

  onTimer(w, a, b) {
    const c = w.containers[a];
    if (b === 3 && c.phase === 'exited') finishRetired(w, c, c.entry);
    if (b === 2 && c.phase === 'exited' && !c.terminating) replace(w, c);
    advance(w);
    return b;
  },

  command: (w, command, cause) => command_(w, command, cause),
  redeploy: (w, service, cause) => update(w, service, w.services[service].image, cause),
  rescale(w, service, n, cause) {
    scale(w, service, n, cause);
    return { ok: true, text: `${w.services[service].def.name}: ${n} replicas` };
  },
};

/** The directory is emptied before the process is started again. */
function wipeLayer(w: World, c: Container): void {
  for (const place of c.layerPlaces) c.lostSessions += endPlace(w, place, c.entry);
  c.layerPlaces = [];
  c.edits = new Map();
}

function replace(w: World, old: Container): void {
  const c = createContainer(w, old.service, old.entry);
  c.replaces = old.id;
  removeContainer(w, old, c.entry, true);
  startProcess(w, c, c.entry);
}

function advance(w: World): void {
  const state = w.platformState as BareState;
  const rollout = state.rollout;
  // A step may end a process on the spot, which asks for the next step before this one is over: then that one finished it.
  if (rollout === null || !roll(w, rollout) || state.rollout !== rollout) return;
  state.rollout = null;
  w.journal.add(w.now, 'deploy-done', rollout.entry, -1, -1, -1, w.now - rollout.startedAt);
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
      return {
        ok: false,
        text: 'paddock: this supervisor goes by x-paddock.on-exit; a restart policy is not asked',
      };
    default:
      return null;
  }
}

function scale(w: World, service: number, n: number, cause: number): void {
  const s = w.services[service];
  s.wanted = n;
  const members = membersOf(w, service).filter(staying);
  for (let k = members.length; k < n; k++) startProcess(w, createContainer(w, service, cause), cause);
  // The newest go first.
  for (const c of members.reverse().slice(0, Math.max(0, members.length - n)))
    retire(w, c, { cause, reason: 'scaled in', after: 'remove' });
  w.version++;
}

function update(w: World, service: number, image: string | null, cause: number): Answer {
  const s = w.services[service];
  const state = w.platformState as BareState;
  if (image !== null) s.image = image;
  s.revision++;
  const def = s.def as AppService;
  const entry = w.journal.add(w.now, 'deploy-started', cause, -1, -1, -1, s.revision, s.image);
  state.rollout = {
    service,
    revision: s.revision,
    strategy: def.rollout.strategy === 'recreate' ? 'recreate' : 'rolling',
    patience: 'few',
    entry,
    startedAt: w.now,
  };
  advance(w);
  return { ok: true, text: `${s.def.name}: rolling out ${s.image}` };
}
