import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker inspect CONTAINER';

export const dockerInspect: VerbSpec = {
  words: 'docker inspect',
  usage,
  about: 'Prints what the engine knows about a container.',
  parse(words, end) {
    return { verb: 'inspect', target: onlyWord(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'inspect' ? toLine('docker inspect', command.target) : null;
  },
};
