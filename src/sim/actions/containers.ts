import type { Answer, Command } from '../model/command.ts';
import { alive, arm, type Container } from '../model/container.ts';
import { accepts, appDef, exitProcess, removeContainer, startProcess } from '../model/lifecycle.ts';
import { freeze, reactionToTerm, stopGracefully, thaw } from '../model/stopping.ts';
import { outOfMemory } from '../model/ends.ts';
import { changeLimit } from '../model/memory.ts';
import { reloadBalancer } from '../model/names.ts';
import { removeServer } from '../model/pool.ts';
import { runInside } from '../model/shell.ts';
import { startRefused } from '../platforms/mechanisms/ports.ts';
import type { World } from '../model/world.ts';
import { containersOf, resolve } from './targets.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

const missing = (w: World, names: readonly string[]): string[] =>
  names.map((n) => `Error response from daemon: No such container: ${n}${containersOf(w, n)}`);
const noServices = (names: readonly string[]): string[] => names.map((n) => `no such service: ${n}`);
const shortId = (c: Container): string =>
  (Math.imul(c.id + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0') + '4f1c';

/** `ok` when at least one container was affected, or nothing was wrong. */
const report = (done: readonly string[], errors: readonly string[]): Answer => ({
  ok: errors.length === 0 || done.length > 0,
  text: [...done, ...errors].join('\n'),
});

/** `docker kill`, `docker compose kill`: no grace (S-13), and the restart manager is cancelled first (S-4). */
export function kill(w: World, command: Of<'kill'>, cause: number): Answer {
  const compose = command.tool === 'compose';
  const { found, unknown } = resolve(w, command.targets, compose);
  const errors = compose ? noServices(unknown) : missing(w, unknown);
  const done: string[] = [];
  const victims = found.filter(alive);
  for (const c of found) {
    if (victims.includes(c) || compose) continue;
    errors.push(
      `Error response from daemon: cannot kill container: ${c.name}: container ${shortId(c)} is not running`,
    );
  }
  for (const c of victims) {
    // The end of one may have made the platform take another away.
    if (!alive(c)) continue;
    c.manualStop = true;
    c.disarmed ||= cancels(w, c, command.signal);
    signal(w, c, command.signal, cause);
    done.push(c.name);
  }
  return report(done, errors);
}

/** Without a STOPSIGNAL every signal cancels the restart manager; with one, only that and SIGKILL do (S-5). */
function cancels(w: World, c: Container, name: string): boolean {
  const { stopSignal } = w.services[c.service].def;
  return stopSignal === null || name === stopSignal || name === 'KILL';
}

/** Delivers a signal from outside the container. */
function signal(w: World, c: Container, name: string, cause: number): void {
  switch (name) {
    case 'KILL':
      exitProcess(w, c, { code: 137, reason: 'killed', cause });
      return;
    case 'STOP':
      freeze(w, c, cause);
      return;
    case 'CONT':
      thaw(w, c, cause);
      return;
    default: {
      // SIGTERM, SIGINT, SIGQUIT and its own STOPSIGNAL: what the process makes of it. It has no handler for any other.
      const reaction = reactionToTerm(appDef(w, c));
      const handled = ['TERM', 'INT', 'QUIT', w.services[c.service].def.stopSignal];
      if (!handled.includes(name)) {
        const entry = w.journal.add(w.now, 'container-signalled', cause, c.id, -1, -1, 1, name);
        // What nginx and HAProxy make of it. One that cannot look its servers up goes on as it was.
        if (name === 'HUP' && c.service === w.front) reloadBalancer(w, entry);
        return;
      }
      if (reaction === 'ignores') {
        w.journal.add(w.now, 'container-signalled', cause, c.id, -1, -1, 15, `${name} ignored`);
        return;
      }
      stopGracefully(w, c, {
        cause,
        prestopMs: 0,
        graceMs: Infinity,
        graceFromNow: true,
        reason: 'stopped',
        planned: false,
        signal: name,
      });
    }
  }
}

/** `docker stop`, `docker compose stop`: SIGTERM, the grace period, SIGKILL (S-12); it stays down (S-4). */
export function stop(w: World, command: Of<'stop'>, cause: number): Answer {
  const compose = command.tool === 'compose';
  const { found, unknown } = resolve(w, command.targets, compose);
  const done: string[] = [];
  for (const c of found) {
    c.manualStop = true;
    c.disarmed = true;
    if (alive(c)) {
      const graceMs = command.timeoutMs ?? w.services[c.service].def.stopGraceMs;
      stopGracefully(w, c, {
        cause,
        prestopMs: 0,
        graceMs,
        graceFromNow: true,
        reason: c.phase === 'stopping' ? c.reason : 'stopped',
        planned: false,
      });
    }
    done.push(compose ? `Container ${c.name}  Stopped` : c.name);
  }
  return report(done, compose ? noServices(unknown) : missing(w, unknown));
}

/** Starts a container that does not run, and arms it (S-6). Returns why the engine cannot, if it cannot: then nothing is changed. */
function startAgain(w: World, c: Container, cause: number): string | null {
  const refused = w.platform.machines === 'one' ? startRefused(w, c) : null;
  if (refused !== null) return refused;
  arm(c);
  startProcess(w, c, cause);
  return null;
}

/** `docker start`, `docker compose start`: the same container with its layer; arms the restart manager again (S-6, S-11). */
export function start(w: World, command: Of<'start'>, cause: number): Answer {
  const compose = command.tool === 'compose';
  const { found, unknown } = resolve(w, command.targets, compose);
  const done: string[] = [];
  const errors = compose ? noServices(unknown) : missing(w, unknown);
  for (const c of found) {
    // What is being taken away is not called back.
    if (compose && c.terminating) continue;
    if (!accepts(w.hosts[c.host])) {
      errors.push(`Error response from daemon: host ${w.hosts[c.host].name} is not reachable`);
      continue;
    }
    if (!alive(c)) {
      const refused = startAgain(w, c, cause);
      if (refused !== null) {
        errors.push(refused);
        continue;
      }
    }
    done.push(compose ? `Container ${c.name}  Started` : c.name);
  }
  return report(done, errors);
}

/** `docker restart`: stop and start of the same container. */
export function restart(w: World, command: Of<'restart'>, cause: number): Answer {
  const compose = command.tool === 'compose';
  const { found, unknown } = resolve(w, command.targets, compose);
  const done: string[] = [];
  const errors = compose ? noServices(unknown) : missing(w, unknown);
  for (const c of found) {
    // Its platform is taking it away already; a restart does not call it back.
    if (c.terminating) continue;
    if (alive(c)) {
      arm(c);
      c.afterStop = 'start';
      stopGracefully(w, c, {
        cause,
        prestopMs: 0,
        graceMs: command.timeoutMs ?? w.services[c.service].def.stopGraceMs,
        graceFromNow: true,
        reason: 'restarting',
      });
    } else {
      const refused = startAgain(w, c, cause);
      if (refused !== null) {
        errors.push(refused);
        continue;
      }
    }
    done.push(c.name);
  }
  return report(done, errors);
}

/** `docker rm`: a running one only with `-f`. */
export function rm(w: World, command: Of<'rm'>, cause: number): Answer {
  const { found, unknown } = resolve(w, command.targets);
  const done: string[] = [];
  const errors = missing(w, unknown);
  for (const c of found) {
    if (alive(c)) {
      if (!command.force) {
        errors.push(
          `Error response from daemon: cannot remove container "/${c.name}": container is running: stop the container before removing or force remove`,
        );
        continue;
      }
      c.manualStop = true;
      c.disarmed = true;
      c.terminating = true;
      c.afterStop = 'stay';
      exitProcess(w, c, { code: 137, reason: 'killed', cause });
    }
    removeServer(w, c, cause);
    removeContainer(w, c, cause, command.volumes);
    w.platform.onRemoved(w, c);
    done.push(c.name);
  }
  return report(done, errors);
}

/** The least that the engine takes for a limit, in MB. */
const LEAST_MEMORY_MB = 6;

/** `docker update`: limits and the restart policy, all that a container may change after it was made (S-27). */
export function update(w: World, command: Of<'update'>, cause: number): Answer {
  const { found, unknown } = resolve(w, command.targets);
  const { restart, restartMax, memoryMb } = command;
  if (memoryMb !== undefined && memoryMb < LEAST_MEMORY_MB)
    return {
      ok: false,
      text: `Error response from daemon: Minimum memory limit allowed is ${LEAST_MEMORY_MB}MB`,
    };
  for (const c of found) {
    if (restart !== null) {
      c.restart = restart;
      c.restartMax = restartMax;
    }
    const tooMuchMb = memoryMb === undefined ? null : changeLimit(w, c, memoryMb);
    if (tooMuchMb !== null) outOfMemory(w, c, tooMuchMb, cause);
  }
  return report(
    found.map((c) => c.name),
    missing(w, unknown),
  );
}

/** `docker exec`: a hand edit, a look, or a signal to PID 1 from inside (S-8). */
export function exec(w: World, command: Of<'exec'>, cause: number): Answer {
  const { found, unknown } = resolve(w, { kind: 'names', names: [command.target] });
  const c = found[0];
  if (c === undefined) return { ok: false, text: missing(w, unknown)[0] };
  if (!alive(c))
    return { ok: false, text: `Error response from daemon: container ${shortId(c)} is not running` };
  if (c.frozen)
    return {
      ok: false,
      text: `Error response from daemon: Container ${c.name} is paused, unpause the container before exec`,
    };
  const result = runInside(w, c, command.argv, cause);
  if (result.signal !== null) signalFromInside(w, c, result.signal, cause);
  return { ok: result.ok, text: result.text };
}

/** In a PID namespace PID 1 gets only the signals that it handles; SIGKILL from inside never arrives (S-8). */
export function signalFromInside(w: World, c: Container, name: string, cause: number): void {
  const app = appDef(w, c);
  if (
    name === 'TERM' &&
    app !== null &&
    app.pid1 !== 'shell' &&
    (app.sigterm !== 'none' || app.pid1 === 'init')
  )
    signal(w, c, 'TERM', cause);
}
