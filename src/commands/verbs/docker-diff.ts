import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker diff CONTAINER';

export const dockerDiff: VerbSpec = {
  words: 'docker diff',
  usage,
  about:
    'Lists paths added (A), changed (C) or deleted (D) in the writable layer since the container was created.',
  parse(words, end) {
    return { verb: 'diff', target: onlyWord(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'diff' ? toLine('docker diff', command.target) : null;
  },
};
