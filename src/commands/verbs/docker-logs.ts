import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker logs CONTAINER';

export const dockerLogs: VerbSpec = {
  words: 'docker logs',
  usage,
  about: 'Prints what the container wrote to stdout and stderr.',
  parse(words, end) {
    return { verb: 'logs', target: onlyWord(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'logs' ? toLine('docker logs', command.target) : null;
  },
};
