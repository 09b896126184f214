import type { Container } from '../model/container.ts';
import { kindState, kindTimer } from '../model/kinds.ts';
import { nodeOf, storeNode } from '../model/legs.ts';
import { answers, barrier } from '../model/network.ts';
import { kindIndex } from '../model/state.ts';
import type { Store } from '../model/store.ts';
import { M } from '../metrics/columns.ts';
import type { World } from '../model/world.ts';
import type { Kind } from './kind.ts';

const LOGS = kindIndex('logs');
const SHIPPED = 0;
const AWAY = 1;
const STOPPED = 2;

interface LogState {
  /** A ship timer is pending. */
  armed: boolean;
}

/** Lines since the last time are in their place now. */
function write(w: World, c: Container): void {
  const lines = c.lines;
  const place = lines === 0 ? undefined : w.places.get(c.homes[LOGS]);
  c.lines = 0;
  if (place === undefined) return;
  if (c.diskEntry >= 0 && place.bound === 'layer') lose(w, lines, c.diskEntry, c.id, ': the disk was full');
  else place.lines += lines;
}

const collectorOf = (w: World): Store | undefined => w.stores.find((s) => s.kind.name === 'collector');

/** Whether somebody carries the lines of this herd to the collector: the process itself, or an agent that reads stdout. */
function ships(w: World): boolean {
  const home = w.app.state.logs;
  return (home === 'collector' || home === 'stdout') && collectorOf(w) !== undefined;
}

function ship(w: World, c: Container, collector: Store): void {
  const place = w.places.get(c.homes[LOGS]);
  if (place === undefined || place.lines === 0) return;
  if (answers(w, c, collector)) {
    w.metrics.add(M.logsShipped, place.lines);
    place.lines = 0;
    return;
  }
  const over = place.lines - w.app.kinds.logs.buffer;
  if (over > 0) {
    place.lines -= over;
    const because = barrier(w, nodeOf(c.id), storeNode(collector.id));
    lose(w, over, because >= 0 ? because : collector.entry, c.id, ': the buffer was full');
  }
}

function lose(w: World, lines: number, cause: number, container: number, how: string): void {
  w.metrics.add(M.logsLost, lines);
  w.journal.add(w.now, 'logs-lost', cause, container, -1, -1, lines, how);
}

/**
 * Every answer writes a line. Standard output goes to a file of the container, which `docker rm` takes away (S-25); files in
 * the container go with the place they are in, and nobody collects them; a process that ships its own lines loses those
 * that it has not sent when it is killed (S-132).
 */
export const logs: Kind = {
  kind: 'logs',
  active: (app) => app.state.logs !== 'none',
  initial: (): LogState => ({ armed: false }),
  copy: (state): LogState => ({ ...(state as LogState) }),
  flush: write,
  settle(w) {
    const state = kindState<LogState>(w, LOGS);
    if (state.armed || !ships(w)) return;
    state.armed = true;
    kindTimer(w, 'logs', w.app.kinds.logs.shipMs, 0);
  },
  timer(w) {
    const state = kindState<LogState>(w, LOGS);
    const collector = collectorOf(w);
    state.armed = ships(w);
    if (!state.armed || collector === undefined) return STOPPED;
    for (const c of w.containers) {
      if (c.service !== w.herd || c.phase === 'removed' || !w.hosts[c.host].up) continue;
      write(w, c);
      ship(w, c, collector);
    }
    kindTimer(w, 'logs', w.app.kinds.logs.shipMs, 0);
    return collector.up ? SHIPPED : AWAY;
  },
  ended(w, c, _entry, clean) {
    write(w, c);
    const collector = collectorOf(w);
    if (clean && collector !== undefined && w.app.state.logs === 'collector') ship(w, c, collector);
  },
  holds: (w, place) => (w.places.get(place)?.lines ?? 0) > 0,
  forgot(w, serial, entry) {
    const place = w.places.get(serial);
    if (place === undefined || place.lines === 0) return;
    lose(w, place.lines, entry, place.bound === 'store' ? -1 : place.owner, '');
    place.lines = 0;
  },
};
