import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker service rollback SERVICE';

export const serviceRollback: VerbSpec = {
  words: 'docker service rollback',
  usage,
  about: 'Rolls a service back to what it was before its last update.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'detach', short: 'd', takes: 'nothing' }]);
    return { verb: 'service-rollback', service: onlyWord(usage, args.rest, end) };
  },
  format(command) {
    return command.verb === 'service-rollback' ? toLine('docker service rollback', command.service) : null;
  },
};
