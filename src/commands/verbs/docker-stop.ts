import { readArguments } from '../arguments.ts';
import { PATIENCE, patienceWords, readPatience } from '../patience.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker stop [-t SECONDS] CONTAINER...';

export const dockerStop: VerbSpec = {
  words: 'docker stop',
  usage,
  about: 'Sends SIGTERM, waits for the grace period (-1 = for ever), then sends SIGKILL.',
  parse(words, end) {
    const args = readArguments(usage, words, [PATIENCE]);
    const timeoutMs = readPatience(args);
    return { verb: 'stop', targets: readTargets(usage, args.rest, end), timeoutMs };
  },
  format(command) {
    if (command.verb !== 'stop' || command.tool === 'compose') return null;
    return ['docker stop', ...patienceWords(command.timeoutMs), formatTargets(command.targets)].join(' ');
  },
};
