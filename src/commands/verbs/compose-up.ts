import { readArguments, type Flag } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { toLine, replicaCount, type VerbSpec } from '../verb-spec.ts';

const usage =
  'docker compose up [-d] [-V] [--force-recreate | --no-recreate] [--pull always] [--scale SERVICE=N]...';

const FLAGS: readonly Flag[] = [
  { name: 'detach', short: 'd', takes: 'nothing' },
  { name: 'renew-anon-volumes', short: 'V', takes: 'nothing' },
  { name: 'force-recreate', takes: 'nothing' },
  { name: 'no-recreate', takes: 'nothing' },
  { name: 'scale', takes: 'value' },
  { name: 'pull', takes: 'value' },
];

export const composeUp: VerbSpec = {
  words: 'docker compose up',
  usage,
  about:
    'Brings what runs in line with the file: creates, recreates what changed, scales, starts what has ended.',
  parse(words) {
    const args = readArguments(usage, words, FLAGS);
    const [service] = args.rest;
    if (service)
      throw new UsageError(
        `services cannot be named here: up brings up the whole file (usage: ${usage})`,
        service.column,
      );
    const scale: Record<string, number> = {};
    for (const word of args.values('scale')) {
      const [name, count, more] = word.text.split('=');
      if (!name || count === undefined || more !== undefined)
        throw new UsageError(`invalid --scale option "${word.text}": write SERVICE=N`, word.column);
      scale[name] = replicaCount(word, count);
    }
    if (args.has('force-recreate') && args.has('no-recreate'))
      throw new UsageError('--force-recreate and --no-recreate are incompatible', words[0]?.column ?? 1);
    const pull = args.value('pull');
    if (pull && !['always', 'missing'].includes(pull.text))
      throw new UsageError(`invalid --pull option "${pull.text}": write always or missing`, pull.column);
    return {
      verb: 'compose-up',
      scale,
      forceRecreate: args.has('force-recreate'),
      renewAnonVolumes: args.has('renew-anon-volumes'),
      ...(pull?.text === 'always' && { pull: 'always' as const }),
      ...(args.has('no-recreate') && { noRecreate: true as const }),
      ...(!args.has('detach') && { attached: true as const }),
    };
  },
  format(command) {
    if (command.verb !== 'compose-up') return null;
    const flags = [
      ...(command.attached ? [] : ['-d']),
      ...(command.renewAnonVolumes ? ['-V'] : []),
      ...(command.forceRecreate ? ['--force-recreate'] : []),
      ...(command.noRecreate ? ['--no-recreate'] : []),
      ...(command.pull ? ['--pull', command.pull] : []),
    ];
    return toLine(
      'docker compose up',
      ...flags,
      ...Object.entries(command.scale).flatMap(([name, count]) => ['--scale', `${name}=${count}`]),
    );
  },
};
