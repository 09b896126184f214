import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock migrate SCHEMA';

export const paddockMigrate: VerbSpec = {
  words: 'paddock migrate',
  usage,
  about: 'Takes the database back to a schema that it had before; no platform does that by itself.',
  parse(words, end) {
    return { verb: 'migrate', schema: onlyWord(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'migrate' ? toLine('paddock migrate', command.schema) : null;
  },
};
