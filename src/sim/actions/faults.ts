import type { Answer, Command } from '../model/command.ts';
import { alive, type Container } from '../model/container.ts';
import { EV } from '../model/events.ts';
import { fillDisk, freeDisk } from '../model/faults.ts';
import { exitProcess, startProcess } from '../model/lifecycle.ts';
import { freeze, thaw } from '../model/stopping.ts';
import { reloadBalancer } from '../model/names.ts';
import { admit, setServer } from '../model/pool.ts';
import { fillStore } from '../model/capacity.ts';
import { planFailover, promote, rejoin } from '../model/failover.ts';
import { recover } from '../model/faults.ts';
import { pauseStore, storeDef, storeEnded } from '../model/storing.ts';
import type { Store } from '../model/store.ts';
import type { World } from '../model/world.ts';
import { containersOf, resolve } from './targets.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** `paddock crash|hang|resume|oom|fill-disk|slow CONTAINER…`: what no tool does on purpose. */
export function containerFault(
  w: World,
  command: Of<'crash' | 'hang' | 'resume' | 'oom' | 'fill-disk' | 'slow'>,
  cause: number,
): Answer {
  const { found, unknown } = resolve(w, command.targets);
  const done: string[] = [];
  const errors = unknown.map((n) => `paddock: no container is called ${n}${containersOf(w, n)}`);
  for (const c of found) {
    if (!alive(c)) {
      errors.push(`paddock: ${c.name} is not running`);
      continue;
    }
    switch (command.verb) {
      case 'crash':
        exitProcess(w, c, { code: 1, reason: 'crashed', cause });
        break;
      case 'oom':
        exitProcess(w, c, { code: 137, reason: 'oom', cause });
        break;
      case 'hang':
        if (!freeze(w, c, cause)) errors.push(`paddock: ${c.name} hangs already`);
        break;
      case 'resume':
        c.slow = 1;
        if (!freeDisk(w, c, cause) && !thaw(w, c, cause)) {
          c.faultEntry = -1;
          c.clearedEntry = w.journal.add(w.now, 'container-resumed', cause, c.id);
        }
        break;
      case 'slow':
        slowDown(w, c, command.factor, cause);
        break;
      case 'fill-disk':
        if (!fillDisk(w, c, command.forMs, cause))
          errors.push(`paddock: the disk of ${c.name} is full already`);
        break;
    }
    done.push(c.name);
  }
  return { ok: errors.length === 0 || done.length > 0, text: [...done, ...errors].join('\n') };
}

/** Work takes `factor` times longer; 1 = as configured. A process that hangs is not slow before it goes on. */
function slowDown(w: World, c: Container, factor: number, cause: number): void {
  c.slow = factor;
  const entry = w.journal.add(w.now, 'fault', cause, c.id, -1, -1, factor, 'slow');
  if (factor === 1) c.clearedEntry = entry;
  if (!c.frozen) c.faultEntry = factor === 1 ? -1 : entry;
}

/** Why no replica can take over now, or null. */
function whyNoFailover(w: World, store: Store): string | null {
  if (storeDef(w, store).failover === 'none')
    return `has no replica; set services.${store.name}.x-paddock.failover first`;
  return store.standby ? null : 'has no replica that is up to date';
}

const gone = (store: Store): Answer => ({
  ok: false,
  text: `paddock: the container of ${store.name} is gone`,
});

/** `paddock store NAME down|up|pause|kill|restart|fill|slow [--for 5s] [--signal TERM]`; `power-off` is the loss of its machine (S-106). */
export function storeFault(w: World, command: Of<'store'>, cause: number): Answer {
  const store = w.stores.find((s) => s.name === command.store || s.kind.name === command.store);
  if (store === undefined) {
    const names = w.stores.map((s) => s.name);
    return {
      ok: false,
      text:
        names.length === 0
          ? 'paddock: this scenario has no store'
          : `paddock: no store is called ${command.store}; there is ${names.join(', ')}`,
    };
  }
  const clean = command.signal === 'TERM';
  const down = (): void => {
    const entry = w.journal.add(w.now, 'store-down', cause, -1, -1, -1, store.id);
    storeEnded(w, store, clean ? 'stopped' : 'killed', entry);
    planFailover(w, store);
  };
  /** A replica that has taken over is no container of the herd: what ends it is like `down`. */
  const isReplica = store.elsewhere && store.up;
  switch (command.action) {
    case 'down':
      if (!store.up) return { ok: false, text: `paddock: ${store.name} is down already` };
      down();
      break;
    case 'up':
      if (
        store.up &&
        !store.paused &&
        store.slow === 1 &&
        store.filler === 0 &&
        (store.standby || !store.elsewhere)
      )
        return { ok: false, text: `paddock: ${store.name} is up already` };
      if (!recover(w, store, cause)) return gone(store);
      break;
    case 'pause':
      if (!store.up) return { ok: false, text: `paddock: ${store.name} is down` };
      pauseStore(w, store, w.journal.add(w.now, 'store-paused', cause, -1, -1, -1, store.id));
      planFailover(w, store);
      break;
    case 'failover': {
      const refused = whyNoFailover(w, store);
      if (refused !== null) return { ok: false, text: `paddock: ${store.name} ${refused}` };
      promote(w, store, cause);
      rejoin(w, store, cause);
      break;
    }
    case 'power-off':
    case 'kill': {
      if (isReplica) {
        down();
        break;
      }
      const c = w.containers.find((k) => k.service === store.service && alive(k));
      if (c === undefined) return { ok: false, text: `paddock: ${store.name} is down already` };
      if (command.action === 'power-off') exitProcess(w, c, { code: 137, reason: 'power lost', cause });
      else exitProcess(w, c, { code: clean ? 0 : 137, reason: clean ? 'stopped' : 'killed', cause });
      break;
    }
    case 'restart': {
      if (isReplica) {
        down();
        recover(w, store, cause);
        break;
      }
      const c = w.containers.find((k) => k.service === store.service && alive(k));
      if (c === undefined) {
        if (recover(w, store, cause)) break;
        return gone(store);
      }
      c.terminating = true;
      c.afterStop = 'stay';
      exitProcess(w, c, {
        code: 0,
        reason: clean || command.signal !== 'KILL' ? 'stopped' : 'killed',
        cause,
      });
      startProcess(w, c, cause);
      break;
    }
    case 'slow':
      store.slow = command.factor ?? 50;
      store.inc++;
      store.entry = w.journal.add(w.now, 'fault', cause, -1, -1, -1, store.id, `${store.name} is slow`);
      break;
    case 'fill':
      if (fillStore(w, store, cause)) break;
      return {
        ok: false,
        text: `paddock: ${store.name} has no limit to fill; set services.${store.name}.x-paddock.maxmemory first`,
      };
  }
  if (command.forMs !== null) w.after(command.forMs, EV.faultOver, store.id, store.inc);
  return { ok: true, text: store.name };
}

/** `paddock balancer drain|maint|ready CONTAINER…`: the runtime API of the balancer (S-90). */
export function balancerState(w: World, command: Of<'balancer'>, cause: number): Answer {
  if (w.front < 0) return { ok: false, text: 'paddock: this scenario has no balancer' };
  const { found, unknown } = resolve(w, command.targets);
  const done: string[] = [];
  const errors = unknown.map((n) => `No such server: ${n}${containersOf(w, n)}`);
  for (const c of found) {
    const s = c.server >= 0 ? w.proxy.servers[c.server] : undefined;
    if (s === undefined || s.state === 'absent') {
      errors.push(`No such server: ${c.name}`);
      continue;
    }
    if (command.action === 'ready') {
      if (s.state === 'drain' && w.balancer.firstCheckSuffices !== true) setServer(w, s, 'up', cause);
      else admit(w, c, cause);
    } else setServer(w, s, command.action, cause);
    done.push(c.name);
  }
  return { ok: errors.length === 0 || done.length > 0, text: [...done, ...errors].join('\n') };
}

/** `paddock balancer reload`: its settings and the names in them are read anew (S-40). */
export function balancerReload(w: World, cause: number): Answer {
  if (w.front < 0) return { ok: false, text: 'paddock: this scenario has no balancer' };
  if (w.balancer.runsIn !== 'container')
    return { ok: false, text: `paddock: ${w.lb.kind} is told of every change and has nothing to reload` };
  if (!w.frontUp) return { ok: false, text: `paddock: ${w.lb.name} does not run` };
  const fault = reloadBalancer(w, cause);
  return fault === null
    ? { ok: true, text: `${w.lb.name} reloaded` }
    : { ok: false, text: `${w.lb.kind}: ${fault}; it goes on as it was` };
}
