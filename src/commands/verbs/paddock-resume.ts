import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock resume CONTAINER...';

export const paddockResume: VerbSpec = {
  words: 'paddock resume',
  usage,
  about: 'Undoes hang and slow.',
  parse(words, end) {
    return { verb: 'resume', targets: readTargets(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'resume' ? `paddock resume ${formatTargets(command.targets)}` : null;
  },
};
