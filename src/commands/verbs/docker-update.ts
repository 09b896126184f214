import { readArguments } from '../arguments.ts';
import { memoryText, readMemory } from '../memory.ts';
import { policyText, readPolicy } from '../restart-policy.ts';
import { formatTargets, readTargets } from '../targets.ts';
import { UsageError } from '../usage-error.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker update [--restart POLICY] [--memory SIZE] CONTAINER...';

export const dockerUpdate: VerbSpec = {
  words: 'docker update',
  usage,
  about:
    'Gives containers another restart policy or memory limit; image, environment, ports and mounts stay as created.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'restart', takes: 'value' },
      { name: 'memory', short: 'm', takes: 'value' },
    ]);
    const policy = args.value('restart');
    const memory = args.value('memory');
    if (!policy && !memory)
      throw new UsageError(
        `you must provide one or more flags when using this command (usage: ${usage})`,
        end,
      );
    return {
      verb: 'update',
      targets: readTargets(usage, args.rest, end),
      ...(policy ? readPolicy(policy) : { restart: null, restartMax: 0 }),
      ...(memory && { memoryMb: readMemory(memory) }),
    };
  },
  format(command) {
    if (command.verb !== 'update') return null;
    const { targets, restart, restartMax, memoryMb } = command;
    return [
      'docker update',
      ...(restart === null ? [] : ['--restart', policyText({ restart, restartMax })]),
      ...(memoryMb === undefined ? [] : ['--memory', memoryText(memoryMb)]),
      formatTargets(targets),
    ].join(' ');
  },
};
