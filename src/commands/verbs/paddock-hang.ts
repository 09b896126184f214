import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock hang CONTAINER...';

export const paddockHang: VerbSpec = {
  words: 'paddock hang',
  usage,
  about: 'Freezes the process: it accepts connections and answers nothing.',
  parse(words, end) {
    return { verb: 'hang', targets: readTargets(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'hang' ? `paddock hang ${formatTargets(command.targets)}` : null;
  },
};
