import type { Answer, Command } from '../model/command.ts';
import type { World } from '../model/world.ts';
import { migration, pushImage } from './deploying.ts';
import { drift } from './drift.ts';
import { exec, kill, restart, rm, start, stop, update } from './containers.ts';
import { balancerReload, balancerState, containerFault, storeFault } from './faults.ts';
import { foreign } from './foreign.ts';
import { engineAway, evict, hostFault } from './hosts.ts';
import { resolve } from './targets.ts';
import { look, ps } from './inspect.ts';
import { partition } from './partition.ts';
import { reconfigure } from './reconfigure.ts';

/** Outcome codes of a command, for the run hash. */
const DONE = 0;
const REFUSED = 1;

/** Verbs that only look: the journal does not call them the beginning of anything. */
const LOOKS: readonly Command['verb'][] = [
  'ps',
  'logs',
  'diff',
  'inspect',
  'drift',
  'kubectl-get',
  'kubectl-rollout-status',
  'kubectl-rollout-history',
];

export type Act = typeof act;

/** Carries out a command now, or refuses it in the words of the tool. */
export function act(w: World, command: Command, line: string): { answer: Answer; outcome: number } {
  if (LOOKS.includes(command.verb)) {
    const answer = engineAway(w, command) ?? w.platform.look?.(w, command) ?? commonLook(w, command);
    return { answer, outcome: answer.ok ? DONE : REFUSED };
  }
  const cause = w.journal.add(w.now, 'command', -1, -1, -1, -1, 0, line);
  const answer =
    engineAway(w, command) ??
    emptyList(w, command, line) ??
    w.platform.command(w, command, cause) ??
    common(w, command, cause);
  if (!answer.ok) w.journal.add(w.now, 'refused-command', cause, -1, -1, -1, 0, line);
  w.platform.agent?.watch(w, cause);
  w.recount();
  return { answer, outcome: answer.ok ? DONE : REFUSED };
}

/** A `$(docker ps …)` that lists nothing leaves the tool without its argument. */
function emptyList(w: World, command: Command, line: string): Answer | null {
  if (!('targets' in command) || command.targets.kind !== 'filter') return null;
  if (resolve(w, command.targets).found.length > 0) return null;
  return { ok: false, text: `"${line.slice(0, line.indexOf('$(')).trim()}" requires at least 1 argument` };
}

function rotate(w: World, command: Extract<Command, { verb: 'rotate' }>, cause: number): Answer {
  const k = w.kinds.findIndex((kind) => kind.kind === command.of);
  const on = (w.kindsOn & (1 << k)) !== 0;
  return (
    (on ? w.kinds[k]?.rotate?.(w, command, cause) : undefined) ?? {
      ok: false,
      text: `paddock: ${w.app.name} has no ${command.of}; write ${command.of}: { … } under its x-paddock`,
    }
  );
}

function commonLook(w: World, command: Command): Answer {
  switch (command.verb) {
    case 'ps':
      return ps(w, command);
    case 'logs':
    case 'diff':
    case 'inspect':
      return look(w, command);
    case 'drift':
      return drift(w, command);
    default:
      return foreign(w, command);
  }
}

/** Commands that mean the same on every platform. */
function common(w: World, command: Command, cause: number): Answer {
  switch (command.verb) {
    case 'kill':
      return kill(w, command, cause);
    case 'stop':
      return stop(w, command, cause);
    case 'start':
      return start(w, command, cause);
    case 'restart':
      return restart(w, command, cause);
    case 'rm':
      return rm(w, command, cause);
    case 'update':
      return update(w, command, cause);
    case 'exec':
      return exec(w, command, cause);
    case 'crash':
    case 'hang':
    case 'resume':
    case 'oom':
    case 'fill-disk':
    case 'slow':
      return containerFault(w, command, cause);
    case 'store':
      return storeFault(w, command, cause);
    case 'balancer':
      return balancerState(w, command, cause);
    case 'balancer-reload':
      return balancerReload(w, cause);
    case 'lose-host':
    case 'reboot-host':
      return hostFault(w, command, cause);
    case 'evict':
      return evict(w, command, cause);
    case 'push':
      return pushImage(w, command, cause);
    case 'migrate':
      return migration(w, command, cause);
    case 'partition':
    case 'heal':
      return partition(w, command, cause);
    case 'rotate':
      return rotate(w, command, cause);
    case 'set':
      return reconfigure(w, command, cause);
    case 'run':
      return {
        ok: false,
        text: `paddock: nothing on ${w.platform.name} would look after a container that docker run makes; scale the service instead`,
      };
    default:
      return foreign(w, command);
  }
}
