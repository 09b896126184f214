import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker rm [-f] [-v] CONTAINER...';

export const dockerRm: VerbSpec = {
  words: 'docker rm',
  usage,
  about: 'Removes a container and its layer; -f kills it first, -v removes its anonymous volumes too.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'force', short: 'f', takes: 'nothing' },
      { name: 'volumes', short: 'v', takes: 'nothing' },
    ]);
    return {
      verb: 'rm',
      targets: readTargets(usage, args.rest, end),
      force: args.has('force'),
      volumes: args.has('volumes'),
    };
  },
  format(command) {
    if (command.verb !== 'rm') return null;
    return `docker rm ${command.force ? '-f ' : ''}${command.volumes ? '-v ' : ''}${formatTargets(command.targets)}`;
  },
};
