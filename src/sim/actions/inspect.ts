import type { Answer, Command } from '../model/command.ts';
import { alive, type Container } from '../model/container.ts';
import { layerDiff } from '../drift/layer.ts';
import { digestOf } from '../model/images.ts';
import type { World } from '../model/world.ts';
import { table } from './table.ts';
import { containersOf, isListed, resolve } from './targets.ts';

const seconds = (ms: number): string => {
  const s = Math.floor(ms / 1000);
  return s < 60
    ? `${s} seconds`
    : s < 3600
      ? `${Math.floor(s / 60)} minutes`
      : `${Math.floor(s / 3600)} hours`;
};

/** STATUS as `docker ps` prints it. */
function status(w: World, c: Container): string {
  if (c.phase === 'created' || c.phase === 'waiting')
    return c.exitCode >= 0 ? `Restarting (${c.exitCode})` : 'Created';
  if (c.phase === 'exited') return `Exited (${c.exitCode}) ${seconds(w.now - c.endedAt)} ago`;
  const health = c.health === null ? '' : c.health === 'starting' ? ' (health: starting)' : ` (${c.health})`;
  return `Up ${seconds(w.now - c.startedAt)}${health}`;
}

/** `docker ps`. */
export function ps(w: World, command: Extract<Command, { verb: 'ps' }>): Answer {
  const rows = w.containers
    .filter(
      (c) => c.phase !== 'removed' && (command.all || isListed(c)) && c.name.includes(command.name ?? ''),
    )
    .map((c) => [c.name, c.image, status(w, c)]);
  if (command.quiet) return { ok: true, text: rows.map(([name]) => name).join('\n') };
  return { ok: true, text: table([['NAMES', 'IMAGE', 'STATUS'], ...rows]) };
}

/** Its state in the engine's words; a frozen process is running to it. */
function conditionOf(c: Container): string {
  if (c.phase === 'exited' || c.phase === 'created') return c.phase;
  if (c.phase === 'waiting') return c.exitCode >= 0 ? 'restarting' : 'created';
  return 'running';
}

/** `docker logs|diff|inspect`. */
export function look(w: World, command: Extract<Command, { verb: 'logs' | 'diff' | 'inspect' }>): Answer {
  const { found } = resolve(w, { kind: 'names', names: [command.target] });
  const c = found[0];
  if (c === undefined)
    return {
      ok: false,
      text: `Error response from daemon: No such container: ${command.target}${containersOf(w, command.target)}`,
    };
  if (command.verb === 'diff') return { ok: true, text: layerDiff(w, c).join('\n') };
  if (command.verb === 'inspect') {
    return {
      ok: true,
      text: JSON.stringify(
        {
          Name: `/${c.name}`,
          Image: digestOf(c.image, c.build),
          State: {
            Status: conditionOf(c),
            // The engine counts one that it is about to start again as running.
            Running: alive(c) || conditionOf(c) === 'restarting',
            Restarting: conditionOf(c) === 'restarting',
            ExitCode: Math.max(0, c.exitCode),
            OOMKilled: c.reason === 'oom',
            ...(c.health !== null && { Health: { Status: c.health } }),
          },
          RestartCount: c.restarts,
          Config: {
            Image: c.image,
            Env: Object.entries(c.environment).map(([k, v]) => `${k}=${v}`),
          },
        },
        null,
        2,
      ),
    };
  }
  const lines: string[] = [];
  for (let i = 0; i < w.journal.length; i++) {
    const e = w.journal.read(i);
    if (e.container !== c.id) continue;
    if (e.kind === 'container-ready') lines.push(`${(e.t / 1000).toFixed(3)} listening`);
    else if (e.kind === 'container-signalled') lines.push(`${(e.t / 1000).toFixed(3)} got a signal`);
    else if (e.kind === 'request-failed')
      lines.push(`${(e.t / 1000).toFixed(3)} error on request ${e.request}`);
  }
  return { ok: true, text: lines.join('\n') };
}
