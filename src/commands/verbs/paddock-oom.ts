import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock oom CONTAINER...';

export const paddockOom: VerbSpec = {
  words: 'paddock oom',
  usage,
  about: 'Has the kernel kill PID 1 for lack of memory (exit code 137).',
  parse(words, end) {
    return { verb: 'oom', targets: readTargets(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'oom' ? `paddock oom ${formatTargets(command.targets)}` : null;
  },
};
