import { readArguments } from '../arguments.ts';
import { noWords, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker ps [-a]';

export const dockerPs: VerbSpec = {
  words: 'docker ps',
  usage,
  about: 'Lists running containers; -a lists those that have ended too.',
  parse(words) {
    const args = readArguments(usage, words, [{ name: 'all', short: 'a', takes: 'nothing' }]);
    noWords(usage, args.rest);
    return { verb: 'ps', all: args.has('all') };
  },
  format(command) {
    return command.verb === 'ps' ? `docker ps${command.all ? ' -a' : ''}` : null;
  },
};
