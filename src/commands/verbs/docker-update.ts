import { readArguments } from '../arguments.ts';
import { policyText, readPolicy } from '../restart-policy.ts';
import { formatTargets, readTargets } from '../targets.ts';
import { UsageError } from '../usage-error.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker update --restart POLICY CONTAINER...';

export const dockerUpdate: VerbSpec = {
  words: 'docker update',
  usage,
  about:
    'Gives running containers another restart policy; image, environment, ports and mounts stay as created.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'restart', takes: 'value' }]);
    const policy = args.value('restart');
    if (!policy)
      throw new UsageError(
        `you must provide one or more flags when using this command (usage: ${usage})`,
        end,
      );
    return { verb: 'update', targets: readTargets(usage, args.rest, end), ...readPolicy(policy) };
  },
  format(command) {
    return command.verb === 'update'
      ? `docker update --restart ${policyText(command)} ${formatTargets(command.targets)}`
      : null;
  },
};
