import { migrateBack } from '../model/behaviour.ts';
import type { Answer, Command } from '../model/command.ts';
import type { World } from '../model/world.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** `paddock migrate SCHEMA`: what a rollback of the image does not do. */
export function migration(w: World, command: Of<'migrate'>, cause: number): Answer {
  if (migrateBack(w, command.schema, cause)) return { ok: true, text: `schema ${command.schema}` };
  const known = w.code.migrations.map((m) => m.schema || "''").join(', ');
  return {
    ok: false,
    text: `paddock: the database never had schema ${command.schema}; it had ${known}`,
  };
}
