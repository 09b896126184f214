import type { Answer, Command } from '../model/command.ts';
import type { World } from '../model/world.ts';

/** A command of a tool that this platform does not have: what that tool says, and what there is instead. */
export function foreign(w: World, command: Command): Answer {
  if (command.verb === 'deploy')
    return {
      ok: false,
      text: `paddock: ${w.platform.name} has no roll-out that could be held; ${instead(w)}`,
    };
  if (!command.verb.startsWith('kubectl-'))
    return { ok: false, text: `${w.platform.name}: ${command.verb} is not a command of this platform` };
  return {
    ok: false,
    text: `The connection to the server localhost:8080 was refused - did you specify the right host or port?\nThere is no Kubernetes here: ${w.platform.name} is run with docker`,
  };
}

const instead = (w: World): string =>
  w.platform.keepsSpec === true
    ? 'there is kubectl rollout pause|resume|undo'
    : 'what replaces containers here is docker compose up';
