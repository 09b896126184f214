import type { Answer, Command } from '../model/command.ts';
import type { World } from '../model/world.ts';

/** A command of a tool that this platform does not have: what that tool says, and what there is instead. */
export function foreign(w: World, command: Command): Answer {
  if (!command.verb.startsWith('kubectl-'))
    return { ok: false, text: `${w.platform.name}: ${command.verb} is not a command of this platform` };
  return {
    ok: false,
    text: `The connection to the server localhost:8080 was refused - did you specify the right host or port?\nThere is no Kubernetes here: ${w.platform.name} is run with docker`,
  };
}
