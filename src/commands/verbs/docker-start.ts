import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker start CONTAINER...';

export const dockerStart: VerbSpec = {
  words: 'docker start',
  usage,
  about:
    'Starts a container that has ended: the same container, with its layer. Arms the restart policy again.',
  parse(words, end) {
    return { verb: 'start', targets: readTargets(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'start' && command.tool !== 'compose'
      ? `docker start ${formatTargets(command.targets)}`
      : null;
  },
};
