import { readArguments } from '../arguments.ts';
import { noWords, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose ps [-a]';

/** The same command object as `docker ps`: one project is all there is. */
export const composePs: VerbSpec = {
  words: 'docker compose ps',
  usage,
  about: "Lists the project's containers; -a lists those that have ended too.",
  parse(words) {
    const args = readArguments(usage, words, [{ name: 'all', short: 'a', takes: 'nothing' }]);
    noWords(usage, args.rest);
    return { verb: 'ps', all: args.has('all') };
  },
  format: () => null,
};
