import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock reboot-host HOST';

export const paddockRebootHost: VerbSpec = {
  words: 'paddock reboot-host',
  usage,
  about: 'Stops a host and starts it again; its engine then starts what its restart policies say.',
  parse(words, end) {
    return { verb: 'reboot-host', host: onlyWord(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'reboot-host' ? toLine('paddock reboot-host', command.host) : null;
  },
};
