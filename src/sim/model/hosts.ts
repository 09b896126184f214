import { EV } from './events.ts';
import { removeServer } from './pool.ts';
import { removeContainer, vanishProcess } from './lifecycle.ts';
import { stopGracefully } from './stopping.ts';
import { alive, type Container, move } from './container.ts';
import { settleNetwork } from './network.ts';
import { watchStreams } from './partitions.ts';
import { breakConnections } from './interrupting.ts';
import { endPlace } from './state.ts';
import { endVolumes } from './volumes.ts';
import type { Host, World } from './world.ts';

/** Outcome codes. */
const DONE = 0;
const STALE = 1;
const NOT_YET = 2;

/** A shutting-down engine gives its containers this long, whatever their own grace period says (S-26). */
const ENGINE_SHUTDOWN_MS = 15_000;

const onHost = (w: World, host: Host): Container[] =>
  w.containers.filter((c) => c.host === host.id && c.phase !== 'removed');

/** The host is gone for ever, with its disks: no reset from it, and nobody is told (R-1, A2). */
export function loseHost(w: World, host: Host, cause: number): void {
  host.entry = w.journal.add(w.now, 'host-lost', cause, -1, -1, -1, 0, host.name);
  host.lost = true;
  goDark(w, host);
}

/**
 * An orderly reboot: SIGTERM to everything on it, SIGKILL when patience is over (S-26), then silence for `rebootMs`. A host
 * that was lost is replaced by an empty one of its name.
 */
export function rebootHost(w: World, host: Host, cause: number): void {
  host.entry = w.journal.add(w.now, 'host-rebooting', cause, -1, -1, -1, 0, host.name);
  if (!host.up) {
    w.after(w.scenario.rebootMs, EV.hostBack, host.id, ++host.inc);
    return;
  }
  host.stopping = true;
  w.after(ENGINE_SHUTDOWN_MS, EV.hostDown, host.id, ++host.inc);
  for (const c of onHost(w, host)) {
    if (alive(c))
      stopGracefully(w, c, {
        cause: host.entry,
        prestopMs: 0,
        graceMs: Math.min(ENGINE_SHUTDOWN_MS, w.services[c.service].def.stopGraceMs),
        graceFromNow: true,
        reason: 'host reboot',
      });
    else if (c.phase === 'waiting') move(c, 'exit', w.now);
  }
  w.after(0, EV.hostQuiet, host.id, host.inc);
}

/** A process on a host that shuts down has ended: the last one takes the host with it. */
export function onHostQuiet(w: World, id: number, inc: number): number {
  const host = w.hosts[id];
  if (host.inc !== inc || !host.stopping) return STALE;
  return onHost(w, host).some(alive) ? NOT_YET : onHostDown(w, id, inc);
}

export function onHostDown(w: World, id: number, inc: number): number {
  const host = w.hosts[id];
  if (host.inc !== inc) return STALE;
  goDark(w, host);
  w.after(w.scenario.rebootMs, EV.hostBack, id, ++host.inc);
  return DONE;
}

/** No packet comes from it any more: what ran there is over, and nobody has been told. */
function goDark(w: World, host: Host): void {
  host.up = false;
  host.stopping = false;
  host.since = w.now;
  host.inc++;
  settleNetwork(w);
  for (const c of onHost(w, host)) {
    if (alive(c)) vanishProcess(w, c, host.entry);
    else if (c.phase === 'waiting') move(c, 'exit', w.now);
    // Its stop was the host's, not its platform's, unless it was to be taken away.
    if (c.afterStop !== 'remove') {
      c.terminating = false;
      c.afterStop = 'stay';
    }
    if (!host.lost) continue;
    for (const place of c.layerPlaces) c.lostSessions += endPlace(w, place, host.entry);
    c.layerPlaces = [];
    if (c.logPlace >= 0) endPlace(w, c.logPlace, host.entry);
    c.logPlace = -1;
    c.edits = new Map();
  }
  if (host.lost) endVolumes(w, host.id, host.entry);
  watchStreams(w);
  w.platform.onHost(w, host);
  w.recount();
}

/** It answers again, and resets what it knows nothing of; what becomes of its containers is the platform's business. */
export function onHostBack(w: World, id: number, inc: number): number {
  const host = w.hosts[id];
  if (host.inc !== inc) return STALE;
  host.up = true;
  host.since = w.now;
  settleNetwork(w);
  host.entry = w.journal.add(w.now, 'host-back', host.entry, -1, -1, -1, 0, host.name);
  const before = w.containers.filter((c) => c.host === id);
  if (host.lost) w.platform.onHostEmpty?.(w, host);
  for (const c of before) {
    breakConnections(w, c, host.entry);
    if (c.phase === 'removed') continue;
    if (host.lost || (c.terminating && c.afterStop === 'remove')) {
      removeServer(w, c, host.entry);
      removeContainer(w, c, host.entry, true);
    }
  }
  w.platform.onHost(w, host);
  host.lost = false;
  w.recount();
  return DONE;
}
