import { readArguments, type Flag } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker logs CONTAINER';

/** Accepted because people type them by habit: all there is so far is printed. */
const FLAGS: readonly Flag[] = [
  { name: 'follow', short: 'f', takes: 'nothing' },
  { name: 'timestamps', short: 't', takes: 'nothing' },
];

export const dockerLogs: VerbSpec = {
  words: 'docker logs',
  usage,
  about: 'Prints what the container wrote to stdout and stderr.',
  parse(words, end) {
    return { verb: 'logs', target: onlyWord(usage, readArguments(usage, words, FLAGS).rest, end) };
  },
  format(command) {
    return command.verb === 'logs' ? toLine('docker logs', command.target) : null;
  },
};
