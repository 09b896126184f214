import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock crash CONTAINER...';

export const paddockCrash: VerbSpec = {
  words: 'paddock crash',
  usage,
  about: 'Ends the process with exit code 1, as an unhandled error would.',
  parse(words, end) {
    return { verb: 'crash', targets: readTargets(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'crash' ? `paddock crash ${formatTargets(command.targets)}` : null;
  },
};
