/** Command object to console line. */
import type { Command } from '../sim/model/command.ts';
import { VERBS } from './registry.ts';

/** The line that a person would type; `parseCommand` of it gives the command back (a `set` without its scenario). */
export function formatCommand(command: Command): string {
  for (const spec of VERBS) {
    const line = spec.format(command);
    if (line !== null) return line;
  }
  throw new Error(`no verb formats '${command.verb}'`);
}
