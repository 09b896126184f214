import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock lose-host HOST';

export const paddockLoseHost: VerbSpec = {
  words: 'paddock lose-host',
  usage,
  about: 'Takes a host away for ever, with everything on it.',
  parse(words, end) {
    return { verb: 'lose-host', host: onlyWord(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'lose-host' ? toLine('paddock lose-host', command.host) : null;
  },
};
