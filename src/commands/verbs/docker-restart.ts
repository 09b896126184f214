import { readArguments } from '../arguments.ts';
import { PATIENCE, patienceWords, readPatience } from '../patience.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker restart [-t SECONDS] CONTAINER...';

export const dockerRestart: VerbSpec = {
  words: 'docker restart',
  usage,
  about: 'Stops and starts the same container: its layer stays, its memory does not.',
  parse(words, end) {
    const args = readArguments(usage, words, [PATIENCE]);
    const timeoutMs = readPatience(args);
    return { verb: 'restart', tool: 'docker', targets: readTargets(usage, args.rest, end), timeoutMs };
  },
  format(command) {
    return command.verb === 'restart' && command.tool === 'docker'
      ? ['docker restart', ...patienceWords(command.timeoutMs), formatTargets(command.targets)].join(' ')
      : null;
  },
};
