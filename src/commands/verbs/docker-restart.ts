import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker restart CONTAINER...';

export const dockerRestart: VerbSpec = {
  words: 'docker restart',
  usage,
  about: 'Stops and starts the same container: its layer stays, its memory does not.',
  parse(words, end) {
    return {
      verb: 'restart',
      tool: 'docker',
      targets: readTargets(usage, readArguments(usage, words, []).rest, end),
    };
  },
  format(command) {
    return command.verb === 'restart' && command.tool === 'docker'
      ? `docker restart ${formatTargets(command.targets)}`
      : null;
  },
};
