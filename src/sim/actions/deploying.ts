import { migrateBack } from '../model/behaviour.ts';
import type { Answer, Command } from '../model/command.ts';
import { push, tagOf } from '../model/images.ts';
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

/** `docker push`: the registry serves another build under the name from now on; nobody who runs is told (C-11). */
export function pushImage(w: World, command: Of<'push'>, cause: number): Answer {
  const used = new Set(w.services.map((s) => s.image));
  if (!used.has(command.image))
    return {
      ok: false,
      text: `An image does not exist locally with the tag: ${command.image}\nIn use are: ${[...used].join(', ')}`,
    };
  push(w, command.image, command.like ?? tagOf(command.image), cause);
  return {
    ok: true,
    text: `The push refers to repository [${command.image}]: ${tagOf(command.image)} moved`,
  };
}
