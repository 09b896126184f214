import { readArguments } from '../arguments.ts';
import { noWords, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose down [-v]';

export const composeDown: VerbSpec = {
  words: 'docker compose down',
  usage,
  about: 'Stops and removes the containers; -v removes named and anonymous volumes too.',
  parse(words) {
    const args = readArguments(usage, words, [{ name: 'volumes', short: 'v', takes: 'nothing' }]);
    noWords(usage, args.rest);
    return { verb: 'compose-down', volumes: args.has('volumes') };
  },
  format(command) {
    return command.verb === 'compose-down' ? `docker compose down${command.volumes ? ' -v' : ''}` : null;
  },
};
