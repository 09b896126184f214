import { behave, migrate, versionOf } from './behaviour.ts';
import { type Container, move, newContainer } from './container.ts';
import { FIND_OUT_MS, NO_IMAGE, bootFault, planCrash, pullFails } from './boot.ts';
import { EV } from './events.ts';
import { limitMemory } from './memory.ts';
import { tellKinds } from './kinds.ts';
import { onBalancerUp, takeAddress } from './names.ts';
import { portTaken } from './ports.ts';
import { buildFor, tagOf } from './images.ts';
import type { AppService } from './scenario.ts';
import { abandonWork, breakConnections, freezeWork } from './interrupting.ts';
import { attachHomes, endPlace } from './state.ts';
import { closeLinks, openLinks } from './links.ts';
import { planFailover, rejoin } from './failover.ts';
import { storeIn } from './store.ts';
import { storeEnded, storeUp } from './storing.ts';
import type { StoreEnd } from '../stores/store-kind.ts';
import { leaveVolumes, mountStore, openMounts } from './volumes.ts';
import { M } from '../metrics/columns.ts';
import type { Host, World } from './world.ts';

/** Outcome codes. */
const DONE = 0;
const STALE = 1;
const FAILED = 2;

/** Index of a tag in order of appearance. */
export function tagIndex(w: World, tag: string): number {
  const i = w.tags.indexOf(tag);
  return i >= 0 ? i : w.tags.push(tag) - 1;
}

/** What a container is made from. */
export interface Template {
  readonly revision: number;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where the service remembers its image's digest. */
  readonly build?: number;
}

/**
 * A new container of a service, not started: it takes the next number, unless one is given (Compose's recreate keeps it).
 * It is made from the definition as it is now, unless a `template` says otherwise.
 */
export function createContainer(
  w: World,
  service: number,
  cause: number,
  number?: number,
  host?: number,
  template?: Template,
): Container {
  const s = w.services[service];
  const n = number ?? s.nextNumber;
  if (n >= s.nextNumber) s.nextNumber = n + 1;
  const name = s.def.containerName ?? `${w.scenario.name}-${s.def.name}-${n}`;
  const c = newContainer(w.containers.length, service, n, name, w.now);
  c.image = template?.image ?? s.image;
  c.tag = tagOf(c.image);
  c.environment = template?.environment ?? s.def.environment;
  c.version = service === w.herd ? tagIndex(w, c.tag) : 0;
  const place = host ?? placeFor(w, service);
  c.pending = place < 0;
  c.host = Math.max(0, place);
  c.build = buildFor(w, service, c.host, c.image, template?.build);
  c.restart = s.def.restart;
  c.restartMax = s.def.restartMax;
  c.memoryMb = s.def.role === 'app' ? (s.def.memoryLimitMb ?? 0) : 0;
  c.revision = template?.revision ?? s.revision;
  openMounts(w, c);
  c.entry = w.journal.add(w.now, 'container-created', cause, c.id);
  w.containers.push(c);
  w.hosts[c.host].load++;
  if (service === w.herd) tellKinds(w, (kind) => kind.created?.(w, c));
  return c;
}

/** Whether a container may be started on a host: it is up, and not on its way down. */
export const accepts = (host: Host): boolean => host.up && !host.stopping;

/** Spreads the containers of apps over the hosts that are up; -1 = none has the ports free that it needs there. */
export function placeFor(w: World, service: number): number {
  const herdHosts = w.scenario.hosts;
  if (w.platform.machines === 'many' && w.services[service].def.role !== 'app') return herdHosts;
  const needsPort = w.platform.machines === 'many' && w.services[service].def.hostPorts.length > 0;
  let best = -1;
  for (let id = 0; id < herdHosts; id++) {
    if (!accepts(w.hosts[id]) || (needsPort && portTaken(w, service, w.hosts[id]))) continue;
    if (best < 0 || w.hosts[id].load < w.hosts[best].load) best = id;
  }
  return best < 0 && !needsPort ? 0 : best;
}

/** A container that has not been started goes to another host. */
export function moveTo(w: World, c: Container, host: number): void {
  w.hosts[c.host].load--;
  w.hosts[host].load++;
  c.host = host;
}

/** Null = what runs in it is no app. */
export const appDef = (w: World, c: Container): AppService | null => {
  const def = w.services[c.service].def;
  return def.role === 'app' ? def : null;
};

/** Starts the process: memory is new, the layer is what it was (S-11). */
export function startProcess(w: World, c: Container, cause: number): void {
  if (!accepts(w.hosts[c.host])) {
    // It waits for its host, or for its platform to give it another.
    if (c.phase === 'waiting') move(c, 'exit', w.now);
    return;
  }
  const app = appDef(w, c);
  const version = app === null ? {} : versionOf(w, app, c);
  const unavailable = app !== null && pullFails(app, c.tag);
  let boot = app === null || unavailable ? 0 : (version.bootMs ?? app.bootMs);
  if (bootFault(w, c) !== null) boot = Math.max(boot, FIND_OUT_MS);
  move(c, 'start', w.now, w.now + boot);
  if (unavailable) {
    // Nothing was started that could be found or listen; nor does another attempt count as a restart.
    c.restarts = Math.max(0, c.restarts - 1);
    w.after(boot, EV.booted, c.id, c.inc);
    w.recountOne(c);
    return;
  }
  w.metrics.add(M.containersStarted, c.service === w.herd ? 1 : 0);
  c.entry = w.journal.add(w.now, 'container-started', cause, c.id, -1, -1, c.restarts);
  beginProcess(w, c);
  c.listening = app !== null && app.startup === 'early';
  w.after(boot, EV.booted, c.id, c.inc);
  w.platform.onStarted(w, c);
  w.recountOne(c);
}

/** What every start of a process has in common, the one at t = 0 included. */
export function beginProcess(w: World, c: Container): void {
  c.life++;
  c.lifeEntry = c.entry;
  c.faultEntry = -1;
  c.startedAt = w.now;
  c.exitCode = -1;
  c.reason = '';
  c.booted = false;
  c.frozen = false;
  c.slow = 1;
  c.terminating = false;
  c.ready = false;
  c.streak = 0;
  c.health =
    w.services[c.service].def.healthcheck === null || w.platform.ignoresHealthcheck === true
      ? null
      : 'starting';
  c.healthStreak = 0;
  if (c.service !== w.herd) {
    mountStore(w, c);
    return;
  }
  takeAddress(w, c);
  attachHomes(w, c);
  limitMemory(w, c);
  openLinks(w, c);
  behave(w, c);
  migrate(w, c);
  tellKinds(w, (kind) => kind.started?.(w, c));
}

export function onBooted(w: World, id: number, inc: number): number {
  const c = w.containers[id];
  if (c.inc !== inc) return STALE;
  const fault = bootFault(w, c);
  if (fault !== null) {
    const app = appDef(w, c);
    const noImage = app !== null && pullFails(app, c.tag);
    const entry = w.journal.add(w.now, 'boot-failed', c.entry, c.id, -1, -1, 0, fault);
    exitProcess(
      w,
      c,
      noImage ? { code: 125, reason: NO_IMAGE, cause: entry } : { code: 1, reason: 'crashed', cause: entry },
    );
    return FAILED;
  }
  move(c, 'booted', w.now);
  c.booted = true;
  c.listening = true;
  c.readyAt = w.now;
  w.journal.add(w.now, 'container-ready', c.entry, c.id);
  const store = storeIn(w, c);
  if (store !== undefined && !store.up) storeUp(w, store, c.entry);
  if (store !== undefined) rejoin(w, store, c.entry);
  onBalancerUp(w, c);
  planCrash(w, c);
  w.platform.onBooted?.(w, c);
  w.recountOne(c);
  return DONE;
}

/** How a process ended. */
export interface Exit {
  readonly code: number;
  /** One word for the picture: killed, crashed, stopped, oom, … */
  readonly reason: string;
  readonly cause: number;
}

/** What the end of its process means to a store: only a clean one leaves it the time to save (S-105). */
const storeEnd = (reason: string): StoreEnd =>
  reason === 'stopped' ? 'stopped' : reason === 'power lost' ? 'power' : 'killed';

/** The process ends: its connections break, its memory is gone, and its platform is told. */
export function exitProcess(w: World, c: Container, how: Exit): void {
  endProcess(w, c, how);
  breakConnections(w, c, c.entry);
  settleEnd(w, c, how);
  const host = w.hosts[c.host];
  // What ends because its host shuts down is nobody's surprise: the platform hears of the host.
  if (host.stopping) w.after(0, EV.hostQuiet, host.id, host.inc);
  else w.platform.onExit(w, c);
  w.recountOne(c);
}

/** Its host is gone: the process is over, but no connection breaks and nobody is told. */
export function vanishProcess(w: World, c: Container, cause: number): void {
  if (!c.frozen) freezeWork(w, c);
  abandonWork(w, c);
  const how = { code: 137, reason: 'host gone', cause };
  endProcess(w, c, how);
  // What was under way stays under way for whoever waits for it.
  c.frozen = true;
  settleEnd(w, c, how);
}

function endProcess(w: World, c: Container, how: Exit): void {
  move(c, 'exit', w.now);
  c.exitCode = how.code;
  c.reason = how.reason;
  c.endedAt = w.now;
  c.listening = false;
  c.booted = false;
  c.frozen = false;
  c.faultEntry = -1;
  c.ready = false;
  c.health = null;
  c.life++;
  c.entry = w.journal.add(w.now, 'container-exited', how.cause, c.id, -1, -1, how.code, how.reason);
}

/** What ends with the process: its memory, and the answers of the store that it was. */
function settleEnd(w: World, c: Container, how: Exit): void {
  if (c.service === w.herd) tellKinds(w, (kind) => kind.ended?.(w, c, c.entry, how.reason === 'stopped'));
  closeLinks(w, c);
  let lost = 0;
  for (const place of c.processPlaces) lost += endPlace(w, place, c.entry);
  c.processPlaces = [];
  c.lostSessions = lost;
  const store = storeIn(w, c);
  if (store !== undefined) {
    if (store.elsewhere) store.standby = false;
    else {
      w.journal.add(w.now, 'store-down', c.entry, c.id, -1, -1, store.id);
      storeEnded(w, store, storeEnd(how.reason), c.entry);
      planFailover(w, store);
    }
  }
  w.recountOne(c);
}

/** The container is removed with its layer; `volumes` = with its anonymous volumes too, which else stay behind (S-23). */
export function removeContainer(w: World, c: Container, cause: number, volumes = false): void {
  if (c.phase === 'removed') return;
  move(c, 'remove', w.now);
  w.hosts[c.host].load--;
  if (c.endedAt < 0) c.endedAt = w.now;
  const entry = w.journal.add(w.now, 'container-removed', cause, c.id);
  let lost = 0;
  for (const place of c.layerPlaces) lost += endPlace(w, place, entry);
  c.layerPlaces = [];
  if (c.logPlace >= 0) endPlace(w, c.logPlace, entry);
  c.logPlace = -1;
  lost += leaveVolumes(w, c, volumes, entry);
  c.lostSessions += lost;
  c.edits = new Map();
  w.recountOne(c);
}

/** A delayed start is due. */
export function onStartDue(w: World, id: number, inc: number): number {
  const c = w.containers[id];
  if (c.inc !== inc || c.phase !== 'waiting') return STALE;
  // The first start of a new container waits too, where its platform says so (S-45): that is no restart.
  if (c.startedAt >= 0) c.restarts++;
  startProcess(w, c, c.entry);
  return DONE;
}

/** Plans a start of an exited or created container. */
export function planStart(w: World, c: Container, delayMs: number): void {
  move(c, 'wait', w.now, w.now + delayMs);
  c.entry = w.journal.add(w.now, 'container-restart-planned', c.entry, c.id, -1, -1, delayMs);
  w.after(delayMs, EV.startDue, c.id, c.inc);
}
