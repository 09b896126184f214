import type { Answer, Command } from '../model/command.ts';
import { alive, type Container } from '../model/container.ts';
import {
  accepts,
  exitProcess,
  freeze,
  reactionToTerm,
  removeContainer,
  startProcess,
  stopGracefully,
  thaw,
} from '../model/lifecycle.ts';
import { removeServer } from '../model/pool.ts';
import { runInside } from '../model/shell.ts';
import type { World } from '../model/world.ts';
import { resolve } from './targets.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

const missing = (names: readonly string[]): string[] =>
  names.map((n) => `Error response from daemon: No such container: ${n}`);
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
  const errors = compose ? unknown.map((n) => `no such service: ${n}`) : missing(unknown);
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
    signal(w, c, command.signal, cause);
    done.push(c.name);
  }
  return report(done, errors);
}

/** Delivers a signal from outside the container. */
function signal(w: World, c: Container, name: string, cause: number): void {
  const def = w.services[c.service].def;
  const app = def.role === 'app' ? def : null;
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
      // SIGTERM, SIGINT, SIGQUIT: what the process makes of it; any other signal kills unless PID 1 ignores it.
      const reaction = reactionToTerm(app);
      if (name !== 'TERM' && name !== 'INT' && name !== 'QUIT') {
        w.journal.add(w.now, 'container-signalled', cause, c.id, -1, -1, 1, name);
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
      });
    }
  }
}

/** `docker stop`: SIGTERM, the grace period, SIGKILL (S-12); it stays down (S-4). */
export function stop(w: World, command: Of<'stop'>, cause: number): Answer {
  const { found, unknown } = resolve(w, command.targets);
  const done: string[] = [];
  for (const c of found) {
    c.manualStop = true;
    if (alive(c)) {
      const graceMs = command.timeoutMs ?? w.services[c.service].def.stopGraceMs;
      if (c.phase !== 'stopping')
        stopGracefully(w, c, {
          cause,
          prestopMs: 0,
          graceMs,
          graceFromNow: true,
          reason: 'stopped',
          planned: false,
        });
    }
    done.push(c.name);
  }
  return report(done, missing(unknown));
}

/** `docker start`: the same container with its layer; arms the restart manager again (S-6, S-11). */
export function start(w: World, command: Of<'start'>, cause: number): Answer {
  const { found, unknown } = resolve(w, command.targets);
  const done: string[] = [];
  const errors = missing(unknown);
  for (const c of found) {
    if (!accepts(w.hosts[c.host])) {
      errors.push(`Error response from daemon: host ${w.hosts[c.host].name} is not reachable`);
      continue;
    }
    if (!alive(c)) {
      c.manualStop = false;
      c.restarts = 0;
      c.backoff = 0;
      startProcess(w, c, cause);
    }
    done.push(c.name);
  }
  return report(done, errors);
}

/** `docker restart`: stop and start of the same container. */
export function restart(w: World, command: Of<'restart'>, cause: number): Answer {
  const compose = command.tool === 'compose';
  const { found, unknown } = resolve(w, command.targets, compose);
  const done: string[] = [];
  for (const c of found) {
    // Its platform is taking it away already; a restart does not call it back.
    if (c.terminating) continue;
    c.manualStop = false;
    c.restarts = 0;
    c.backoff = 0;
    if (alive(c)) {
      c.afterStop = 'start';
      stopGracefully(w, c, {
        cause,
        prestopMs: 0,
        graceMs: w.services[c.service].def.stopGraceMs,
        graceFromNow: true,
        reason: 'restarting',
      });
    } else startProcess(w, c, cause);
    done.push(c.name);
  }
  return report(done, compose ? unknown.map((n) => `no such service: ${n}`) : missing(unknown));
}

/** `docker rm`: a running one only with `-f`. */
export function rm(w: World, command: Of<'rm'>, cause: number): Answer {
  const { found, unknown } = resolve(w, command.targets);
  const done: string[] = [];
  const errors = missing(unknown);
  for (const c of found) {
    if (alive(c)) {
      if (!command.force) {
        errors.push(
          `Error response from daemon: cannot remove container "/${c.name}": container is running: stop the container before removing or force remove`,
        );
        continue;
      }
      c.manualStop = true;
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

/** `docker update --restart`: besides limits, the one thing that a container may change after it was made (S-27). */
export function update(w: World, command: Of<'update'>): Answer {
  const { found, unknown } = resolve(w, command.targets);
  for (const c of found) {
    c.restart = command.restart;
    c.restartMax = command.restartMax;
  }
  w.version++;
  return report(
    found.map((c) => c.name),
    missing(unknown),
  );
}

/** `docker exec`: a hand edit, a look, or a signal to PID 1 from inside (S-8). */
export function exec(w: World, command: Of<'exec'>, cause: number): Answer {
  const { found, unknown } = resolve(w, { kind: 'names', names: [command.target] });
  const c = found[0];
  if (c === undefined) return { ok: false, text: missing(unknown)[0] };
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
  const def = w.services[c.service].def;
  const app = def.role === 'app' ? def : null;
  if (
    name === 'TERM' &&
    app !== null &&
    app.pid1 !== 'shell' &&
    (app.sigterm !== 'none' || app.pid1 === 'init')
  )
    signal(w, c, 'TERM', cause);
}
